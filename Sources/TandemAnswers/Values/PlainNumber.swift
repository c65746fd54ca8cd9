/// Whole numbers in plain digits, the commonest answers, read without a parser.
enum PlainNumber {
  /// The value of digits with at most a minus sign before them.
  static func value(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var index = range.lowerBound
    guard index < range.upperBound, range.count <= 20 else { return nil }
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    guard index < range.upperBound, bytes[index] &- 0x30 < 10 else { return nil }
    var result = 0
    var digits = 0
    while index < range.upperBound {
      let byte = bytes[index]
      guard byte &- 0x30 < 10 else { return nil }
      digits += 1
      if digits > 18 { return nil }
      result = result * 10 + Int(byte &- 0x30)
      index += 1
    }
    return isNegative ? -result : result
  }
}
