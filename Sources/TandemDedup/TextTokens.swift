/// A text as lower-case words and mathematical symbols; spacing, punctuation and markup are gone.
///
/// Words are runs of Unicode letters, digits and combining marks. The text is taken as it is
/// encoded, without normalisation to composed characters.
package struct TextTokens: Sendable {
  /// A word, a symbol or a LaTeX command.
  struct Token: Hashable, Sendable {
    /// The hash of its text in one spelling.
    var hash: UInt64
    /// Its code points in the text, 0-based.
    var start: Int
    var end: Int
    var isWord: Bool
  }

  /// In the order of the text.
  let tokens: [Token]
  /// The hash of its numbers and symbols, whatever their order.
  let figures: UInt64

  /// Splits a text.
  package init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var reader = Reader(scalars: scalars)
    reader.readAll()
    tokens = reader.tokens
    var figures = Numbers(scalars).hashes
    for token in tokens where !token.isWord { figures.append(token.hash) }
    figures.sort()
    self.figures = StableHash.of(figures)
  }

  /// The words alone.
  var words: [Token] { tokens.filter(\.isWord) }
}

/// Takes a text apart, code point by code point.
private struct Reader {
  let scalars: [Unicode.Scalar]
  var tokens: [TextTokens.Token] = []
  private var index = 0

  init(scalars: [Unicode.Scalar]) {
    self.scalars = scalars
    tokens.reserveCapacity(scalars.count / 4)
  }

  mutating func readAll() {
    while index < scalars.count {
      if scalars[index].isInWord {
        readWord()
      } else if scalars[index] == "\\" {
        readCommand()
      } else {
        if let symbol = symbol() { addSymbol(String(symbol), from: index, to: index + 1) }
        index += 1
      }
    }
  }

  private mutating func readWord() {
    let start = index
    var hash = StableHash()
    while index < scalars.count, scalars[index].isInWord {
      scalars[index].addLowercase(to: &hash)
      index += 1
    }
    tokens.append(.init(hash: hash.value, start: start, end: index, isWord: true))
  }

  /// A backslash with the letters behind it, or with the one sign that it quotes.
  private mutating func readCommand() {
    let start = index
    index += 1
    while index < scalars.count, scalars[index].isASCII, scalars[index].properties.isAlphabetic {
      index += 1
    }
    let name = String(String.UnicodeScalarView(scalars[(start + 1)..<index]))
    if name.isEmpty {
      index = min(index + 1, scalars.count)
    } else if name == "begin" || name == "end" {
      if let close = scalars[index...].prefix(24).firstIndex(of: "}") { index = close }
    } else if let meaning = LaTeXCommand.meaning(name) {
      addSymbol(meaning, from: start, to: index)
    }
  }

  private mutating func addSymbol(_ name: String, from start: Int, to end: Int) {
    var hash = StableHash(seed: 1)
    for scalar in name.unicodeScalars { hash.add(UInt64(scalar.value)) }
    tokens.append(.init(hash: hash.value, start: start, end: end, isWord: false))
  }

  /// The mathematical symbol at this place, in one spelling; nil for what is none there.
  ///
  /// Dashes, `*` and `/` are symbols unless a word of two letters or more follows, as in
  /// `one-third` and `km/hour`.
  private func symbol() -> Unicode.Scalar? {
    switch scalars[index] {
    case "^", "(", ")", "[", "]": return scalars[index]
    case "~": return nil
    case "\u{2212}": return "-"
    case "-", "\u{2013}", "*", "/":
      var next = index + 1
      while next < scalars.count, scalars[next] == " " { next += 1 }
      let following = scalars[next...].prefix(2)
      let isProse = following.count == 2 && following.allSatisfy(\.properties.isAlphabetic)
      guard !following.isEmpty, !isProse else { return nil }
      return scalars[index] == "\u{2013}" ? "-" : scalars[index]
    case let scalar:
      return scalar.properties.generalCategory == .mathSymbol ? scalar : nil
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is a letter, a digit or a mark upon one.
  var isInWord: Bool {
    if isASCII {
      switch self {
      case "a"..."z", "A"..."Z", "0"..."9": return true
      default: return false
      }
    }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      return true
    default: return false
    }
  }

  fileprivate func addLowercase(to hash: inout StableHash) {
    if isASCII {
      hash.add(UInt64(("A"..."Z").contains(self) ? value | 0x20 : value))
    } else {
      for scalar in properties.lowercaseMapping.unicodeScalars { hash.add(UInt64(scalar.value)) }
    }
  }
}
