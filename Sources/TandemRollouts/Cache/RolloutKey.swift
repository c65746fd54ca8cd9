internal import TandemRecords

/// The address of a rollout: the digest of everything that decides it.
package struct RolloutKey: Hashable, Sendable {
  /// The bytes of a SHA-256.
  package let bytes: [UInt8]

  /// Raised, together with the version of the tables, whenever the digest is made in another way.
  private static let form = "tandem rollout 1"

  /// The address of a request's sample.
  ///
  /// Every field is preceded by its length, numbers are bit patterns, so that no two requests read the same. The prompt
  /// counts as its tokens where they are known, else as its text.
  package init(_ request: RolloutRequest) {
    var digest = FieldDigest()
    digest.add(Self.form)
    digest.add(request.engine.engine)
    digest.add(request.engine.model)
    digest.add(request.engine.adapter ?? "")
    digest.add(request.engine.tokenizer ?? "")
    if let ids = request.prompt.ids {
      digest.add("ids")
      digest.add(ids)
    } else {
      digest.add("text")
      digest.add(request.prompt.text)
    }
    let sampling = request.sampling
    for value in [
      sampling.temperature, sampling.topP, sampling.minP, sampling.repetitionPenalty,
    ] {
      // Zero has two bit patterns and one meaning.
      digest.add(value == 0 ? 0 : value.bitPattern)
    }
    digest.add(UInt64(bitPattern: Int64(sampling.topK)))
    digest.add(UInt64(bitPattern: Int64(sampling.maxTokens)))
    digest.add(UInt64(sampling.stopStrings.count))
    for text in sampling.stopStrings { digest.add(text) }
    digest.add(sampling.stopTokenIDs)
    digest.add(UInt64(bitPattern: Int64(request.seed)))
    digest.add(UInt64(bitPattern: Int64(request.sample)))
    bytes = digest.finish()
  }

  /// A stored address; nil unless it has 32 bytes.
  init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// In lower-case hexadecimal digits.
  package var hex: String { bytes.hex }
}

/// SHA-256 over fields of known length.
private struct FieldDigest: ~Copyable {
  private var hash = SHA256()

  mutating func add(_ number: UInt64) {
    withUnsafeBytes(of: number.littleEndian) { hash.update($0) }
  }

  mutating func add(_ text: String) {
    var text = text
    add(UInt64(text.utf8.count))
    text.withUTF8 { hash.update(UnsafeRawBufferPointer($0)) }
  }

  mutating func add(_ ids: [Int32]) {
    add(UInt64(ids.count))
    let bytes = ids.map(\.littleEndian)
    bytes.withUnsafeBytes { hash.update($0) }
  }

  consuming func finish() -> [UInt8] { hash.finish() }
}
