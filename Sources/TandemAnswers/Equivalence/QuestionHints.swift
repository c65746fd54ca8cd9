internal import Glibc

/// What a question says about the form of its answer.
struct QuestionHints: Sendable {
  /// Whether it asks for a percentage.
  var asksForPercent = false
  /// Whether it speaks of remainders, so that a modulus says nothing new.
  var asksForRemainder = false
  /// The digits after the point that it asks for; negative for tens, hundreds, ...
  var decimals: Int?
  /// The significant digits that it asks for.
  var significantDigits: Int?

  /// The names that it lists together, which say in what order values are asked for.
  var nameLists: [[Symbol]] = []

  /// Whether a whole number can be a rounded value.
  var asksForRounding: Bool { (decimals ?? 1) <= 0 || significantDigits != nil }

  init(_ question: String?) {
    guard let question, Self.mayHint(question) else { return }
    let text = Words.folded(Array(question.utf8), 0..<question.utf8.count)
    let words = text.split { byte in
      !(byte &- 0x61 < 26 || byte &- 0x30 < 10)
    }
    asksForPercent = Self.asks(words)
    asksForRemainder = words.contains { Self.remainderWords.contains(Symbol(name: $0)) }
    decimals = Self.decimals(words)
    significantDigits = Self.significantDigits(words)
    nameLists = Self.nameLists(question)
  }

  /// The digits after the point that it asks for in a value of this size.
  func decimals(for value: Double) -> Int? {
    if let decimals { return decimals }
    guard let significantDigits, value.isFinite, value != 0 else { return nil }
    return significantDigits - 1 - Int(log10(abs(value)).rounded(.down))
  }

  /// "to 3 significant figures".
  private static func significantDigits(_ words: [ArraySlice<UInt8>]) -> Int? {
    for index in words.indices.dropFirst()
    where words[index].elementsEqual("significant".utf8) {
      if let count = count(words[index - 1]), count > 0 { return count }
    }
    return nil
  }

  /// A small number in a digit or word.
  private static func count(_ word: ArraySlice<UInt8>) -> Int? {
    if let number = Words.number(word) { return number < 20 ? number : nil }
    guard word.count == 1, let digit = word.first.flatMap(Integer.digit), digit < 10 else {
      return nil
    }
    return digit
  }

  private static func asks(_ words: [ArraySlice<UInt8>]) -> Bool {
    let marks: Set<Symbol> = [
      Symbol(name: "percent".utf8), Symbol(name: "percentage".utf8), Symbol(name: "cent".utf8),
    ]
    for index in words.indices where marks.contains(Symbol(name: words[index])) {
      if words[index].elementsEqual("cent".utf8),
        index == 0 || !words[index - 1].elementsEqual("per".utf8)
      {
        continue
      }
      // "what percent", "as a percent", "find the percentage", "percent increase".
      let before = words[max(0, index - 4)..<index]
      if before.contains(where: { word in Self.askingWords.contains(Symbol(name: word)) }) {
        return true
      }
    }
    return false
  }

  private static let remainderWords: Set<Symbol> = {
    let words = [
      "mod", "pmod", "bmod", "modulo", "remainder", "remainders", "residue", "congruent",
    ]
    return Set(words.map { Symbol(name: $0.utf8) })
  }()

  private static let askingWords: Set<Symbol> = {
    let words = ["what", "as", "find", "which", "many", "determine", "compute", "express"]
    return Set(words.map { Symbol(name: $0.utf8) })
  }()

  private static let places: [Symbol: Int] = {
    let table: [(String, Int)] = [
      ("tenth", 1), ("hundredth", 2), ("thousandth", 3), ("tenths", 1), ("hundredths", 2),
      ("thousandths", 3), ("integer", 0), ("whole", 0), ("unit", 0), ("one", 0), ("cent", 2),
      ("penny", 2), ("dollar", 0), ("ten", -1), ("hundred", -2), ("thousand", -3),
      ("degree", 0), ("percent", 0), ("number", 0),
    ]
    var places: [Symbol: Int] = [:]
    for (word, place) in table { places[Symbol(name: word.utf8)] = place }
    return places
  }()

  private static func decimals(_ words: [ArraySlice<UInt8>]) -> Int? {
    for index in words.indices {
      if words[index].elementsEqual("nearest".utf8), index + 1 < words.count {
        if let place = places[Symbol(name: words[index + 1])] { return place }
      }
      if words[index].elementsEqual("decimal".utf8), index > 0, index + 1 < words.count,
        words[index + 1].starts(with: "place".utf8)
      {
        if let count = count(words[index - 1]) { return count }
      }
    }
    return nil
  }
}
