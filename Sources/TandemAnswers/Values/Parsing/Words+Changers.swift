/// Words behind a number that make another number of it, so that they are no unit.
extension Words {
  /// Whether a word behind a number makes another number of it, as in "5 squared".
  static func changesValue(_ word: ArraySlice<UInt8>) -> Bool {
    let lower = word.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    return changers.contains(Symbol(name: lower)) || isPart(lower)
  }

  /// Whether a word directly behind a number continues it, as in "5 thirty".
  static func continuesNumber(_ word: ArraySlice<UInt8>) -> Bool {
    number(word) != nil
  }

  /// "sixteenths", "twentieth", "millionths": the part of one that an ordinal names.
  private static func isPart(_ word: [UInt8]) -> Bool {
    var stem = word[...]
    if stem.last == UInt8(ascii: "s") { stem.removeLast() }
    guard stem.suffix(2).elementsEqual("th".utf8) else { return false }
    stem.removeLast(2)
    if number(stem) != nil { return true }
    guard stem.suffix(2).elementsEqual("ie".utf8) else { return false }
    return number(stem.dropLast(2) + [UInt8(ascii: "y")]) != nil
  }

  private static let changers: Set<Symbol> = {
    let lists = [
      "squared cubed doubled tripled halved factorial factorials reciprocal reciprocals inverse",
      "half halves third thirds quarter quarters fifth fifths eighth eighths ninth ninths twelfth",
      "twelfths dozen dozens tens hundreds thousands millions billions trillions score scores",
      "gross grand myriad myriads lakh lakhs crore crores kilo mega mn bn tn mil mill point",
      "percent percents percentage pct permille permil ppm ppb ppt basis bps",
      "plus minus negative times divided multiplied over under below less fewer more mod modulo",
      "not wrong incorrect false",
    ]
    return Set(lists.flatMap { $0.split(separator: " ") }.map { Symbol(name: $0.utf8) })
  }()
}
