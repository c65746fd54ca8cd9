internal import TandemTokenizer

/// Finds stop strings in a text that comes token by token, wherever tokens cut it.
struct StopScanner {
  private let stops: [[UInt8]]
  /// Bytes that a stop string which is not complete yet can begin with.
  private let reach: Int
  private var decoder: StreamingDecoder
  private var tail: [UInt8] = []

  /// A scanner for strings of at least one byte.
  init(_ stops: [String], tokenizer: Tokenizer) {
    self.stops = stops.map { Array($0.utf8) }
    reach = (self.stops.map(\.count).max() ?? 1) - 1
    decoder = tokenizer.streamingDecoder(skipSpecialTokens: true)
  }

  /// Takes the next token; true once a stop string is complete.
  mutating func append(_ id: Int32) -> Bool {
    tail += Array(decoder.append(id).utf8)
    if stops.contains(where: { Self.firstIndex(of: $0, in: tail) != nil }) { return true }
    tail.removeFirst(max(0, tail.count - reach))
    return false
  }

  /// The text in front of the stop string that begins first.
  static func cut(_ text: String, at stops: [String]) -> String {
    let bytes = Array(text.utf8)
    let first = stops.compactMap { firstIndex(of: Array($0.utf8), in: bytes) }.min()
    return first.map { String(decoding: bytes[..<$0], as: UTF8.self) } ?? text
  }

  private static func firstIndex(of mark: [UInt8], in bytes: [UInt8]) -> Int? {
    guard let start = mark.first, mark.count <= bytes.count else { return nil }
    return (0...bytes.count - mark.count).first { index in
      bytes[index] == start && bytes[index..<index + mark.count].elementsEqual(mark)
    }
  }
}
