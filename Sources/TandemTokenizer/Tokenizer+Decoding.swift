extension Tokenizer {
  /// The text of ids; bytes that are not UTF-8 become U+FFFD, ids without a token nothing.
  ///
  /// - Parameter skipSpecialTokens: whether markup is left out.
  package func decode(_ ids: [Int32], skipSpecialTokens: Bool = false) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(ids.count * 4)
    var isFirst = true
    for id in ids {
      if decoding.append(id, skipSpecial: skipSpecialTokens, isFirst: isFirst, to: &bytes) {
        isFirst = false
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A decoder that takes one id at a time.
  package func streamingDecoder(skipSpecialTokens: Bool = false) -> StreamingDecoder {
    StreamingDecoder(table: decoding, skipsSpecial: skipSpecialTokens)
  }
}

/// Decodes ids as they come; what it gives, put together, is what decoding all at once gives.
package struct StreamingDecoder: Sendable {
  let table: DecodingTable
  let skipsSpecial: Bool
  private var pending: [UInt8] = []
  private var isFirst = true

  init(table: DecodingTable, skipsSpecial: Bool) {
    self.table = table
    self.skipsSpecial = skipsSpecial
  }

  /// Takes an id and gives the text that is certain now; a character cut between tokens waits for its rest.
  package mutating func append(_ id: Int32) -> String {
    if table.append(id, skipSpecial: skipsSpecial, isFirst: isFirst, to: &pending) {
      isFirst = false
    }
    let ready = pending.count - Self.cutLength(pending)
    defer { pending.removeFirst(ready) }
    return String(decoding: pending[..<ready], as: UTF8.self)
  }

  /// Gives what waits, as U+FFFD where it is cut.
  package mutating func finish() -> String {
    defer { pending.removeAll() }
    return String(decoding: pending, as: UTF8.self)
  }

  /// How many bytes at the end begin a character that more bytes could complete.
  private static func cutLength(_ bytes: [UInt8]) -> Int {
    for length in 1...3 where length <= bytes.count {
      let byte = bytes[bytes.count - length]
      if byte & 0xC0 == 0x80 { continue }
      let needed = byte < 0xC2 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 1
      return needed > length ? length : 0
    }
    return 0
  }
}
