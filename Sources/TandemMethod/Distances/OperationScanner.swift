/// Finds the operation signature of a text in one pass.
///
/// The work is linear in the text's length: what begins at a place is looked up along a tree of
/// phrases no deeper than the longest one.
struct OperationScanner: Sendable {
  /// The scanner of ``OperationPatterns``.
  static let shared = OperationScanner(
    phrases: OperationPatterns.phrases.flatMap { entry in entry.phrases.map { (entry.kind, $0) } },
    symbols: OperationPatterns.symbols.map { ($0.kind, $0.sign, $0.place) })

  private struct Symbol {
    let signature: OperationSignature
    let bytes: [UInt8]
    let place: OperationPatterns.Place
  }

  /// A place in the tree: what is said by a text that ends here, or that goes on from here.
  private struct Node {
    var next = [Int](repeating: 0, count: OperationScanner.alphabet)
    var whole = OperationSignature()
    var prefix = OperationSignature()
  }

  /// Letters, digits, blank, backslash.
  private static let alphabet = 38
  private var nodes = [Node()]
  /// By first byte.
  private var symbols = [[Symbol]](repeating: [], count: 256)

  init(
    phrases: [(OperationKind, String)], symbols: [(OperationKind, String, OperationPatterns.Place)]
  ) {
    for (kind, phrase) in phrases { insert(phrase, OperationSignature(kind)) }
    for (kind, sign, place) in symbols {
      let bytes = Array(sign.utf8)
      guard let first = bytes.first else { continue }
      self.symbols[Int(first)].append(
        Symbol(signature: OperationSignature(kind), bytes: bytes, place: place))
    }
  }

  private mutating func insert(_ phrase: String, _ signature: OperationSignature) {
    var node = 0
    var isPrefix = false
    for byte in phrase.utf8 {
      guard let letter = Self.letter(byte) else {
        isPrefix = byte == UInt8(ascii: "*")
        continue
      }
      if nodes[node].next[letter] == 0 {
        nodes[node].next[letter] = nodes.count
        nodes.append(Node())
      }
      node = nodes[node].next[letter]
    }
    if isPrefix { nodes[node].prefix.formUnion(signature) }
    nodes[node].whole.formUnion(signature)
  }

  private static func letter(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x61...0x7A: Int(byte) - 0x61
    case 0x41...0x5A: Int(byte) - 0x41
    case 0x30...0x39: Int(byte) - 0x30 + 26
    case 0x20: 36
    case 0x5C: 37
    default: nil
    }
  }

  /// The kinds of step in a text.
  func signature(of text: some Sequence<UInt8>) -> OperationSignature {
    let bytes = Array(text)
    var found = OperationSignature()
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if Self.isWord(byte) || byte == UInt8(ascii: "\\") {
        found.formUnion(phrase(in: bytes, at: index))
        index += 1
        while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
        continue
      }
      let fitting = symbols[Int(byte)].first { fits($0, bytes, index) }
      if let fitting { found.formUnion(fitting.signature) }
      index += fitting?.bytes.count ?? 1
    }
    return found
  }

  /// The signature of the longest phrase that begins at a place.
  private func phrase(in bytes: [UInt8], at start: Int) -> OperationSignature {
    var (node, index) = (0, start)
    var found = OperationSignature()
    // A command ends at its last letter, a word at its last letter or digit.
    let isCommand = bytes[start] == UInt8(ascii: "\\")
    while index < bytes.count {
      // Blanks are as wide as one; a word goes on for as long as letters do.
      var letter = Self.letter(bytes[index])
      var next = index + 1
      if Self.isBlank(bytes[index]) {
        letter = 36
        while next < bytes.count, Self.isBlank(bytes[next]) { next += 1 }
      }
      guard let letter, nodes[node].next[letter] != 0 else { break }
      node = nodes[node].next[letter]
      index = next
      if !nodes[node].prefix.isEmpty { found = nodes[node].prefix }
      let isEnd =
        index == bytes.count
        || !(isCommand ? Self.isLetter(bytes[index]) : Self.isWord(bytes[index]))
      if isEnd, !nodes[node].whole.isEmpty { found = nodes[node].whole }
    }
    return found
  }

  // MARK: Signs

  private func fits(_ symbol: Symbol, _ bytes: [UInt8], _ index: Int) -> Bool {
    let end = index + symbol.bytes.count
    guard end <= bytes.count, bytes[index..<end].elementsEqual(symbol.bytes) else { return false }
    switch symbol.place {
    case .anywhere: return true
    case .notBeforeDigit: return end == bytes.count || !Self.isDigit(bytes[end])
    case .betweenTerms:
      return endsTerm(bytes, before: index, words: true)
        && startsTerm(bytes, at: end, words: true)
    case .betweenNumbers:
      return endsTerm(bytes, before: index, words: false)
        && startsTerm(bytes, at: end, words: false)
    }
  }

  /// A few blanks may stand between a sign and its terms; more are layout, and would cost time.
  private static let reach = 4

  private func endsTerm(_ bytes: [UInt8], before index: Int, words: Bool) -> Bool {
    var place = index - 1
    while place >= 0, bytes[place] == 0x20, index - place <= Self.reach { place -= 1 }
    guard place >= 0 else { return false }
    let byte = bytes[place]
    if Self.isLetter(byte) {
      return words || place == 0 || !Self.isLetter(bytes[place - 1])
    }
    return Self.isDigit(byte) || byte >= 0x80 || Self.closing.contains(byte)
  }

  private func startsTerm(_ bytes: [UInt8], at index: Int, words: Bool) -> Bool {
    var place = index
    while place < bytes.count, bytes[place] == 0x20, place - index < Self.reach { place += 1 }
    guard place < bytes.count else { return false }
    let byte = bytes[place]
    if Self.isLetter(byte) {
      return words || place + 1 == bytes.count || !Self.isLetter(bytes[place + 1])
    }
    return Self.isDigit(byte) || byte >= 0x80 || Self.opening.contains(byte)
  }

  private static let closing = Array(")]}%$!".utf8)
  private static let opening = Array("([{\\$.-".utf8)

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  private static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
  }
}

extension OperationSignature {
  /// The kinds of step that occur in a text.
  package init(of text: String) {
    self = OperationScanner.shared.signature(of: text.utf8)
  }
}
