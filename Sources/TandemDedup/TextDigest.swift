internal import TandemRecords

/// A digest by which texts are the same up to case, spacing, punctuation and markup.
///
/// The first 128 bits of SHA-256 over the tokens; a text without any counts as it stands.
struct TextDigest: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  init(_ tokens: TextTokens, of text: String) {
    var digest = SHA256()
    if tokens.tokens.isEmpty {
      Array(text.utf8).withUnsafeBytes { digest.update($0) }
    } else {
      let hashes = tokens.tokens.map { $0.hash.littleEndian }
      hashes.withUnsafeBytes { digest.update($0) }
    }
    let bytes = digest.finish()
    high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes.dropFirst(8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
