/// The numbers of a text, each in one spelling: `1,080`, `1{,}080` and `1080` are the same, and so
/// are `2.50` and `2.5`.
///
/// Signs, fractions and numbers in words are not looked at.
struct Numbers {
  /// A hash for each, in the order of the text.
  private(set) var hashes: [UInt64] = []

  init(_ scalars: [Unicode.Scalar]) {
    var index = 0
    while index < scalars.count {
      guard scalars[index].digit != nil else {
        index += 1
        continue
      }
      var whole = Self.digits(scalars, &index)
      let canBeGrouped = whole.count <= 3
      while canBeGrouped, let next = Self.group(scalars, behind: index) {
        whole += next.digits
        index = next.end
      }
      var fraction: [UInt64] = []
      if index + 1 < scalars.count, scalars[index] == ".", scalars[index + 1].digit != nil {
        index += 1
        fraction = Self.digits(scalars, &index)
        while fraction.last == 0 { fraction.removeLast() }
      }
      let leading = whole.prefix { $0 == 0 }.count
      let point: UInt64 = 10
      hashes.append(StableHash.of(whole[leading...] + [point] + fraction, seed: 1))
    }
  }

  private static func digits(_ scalars: [Unicode.Scalar], _ index: inout Int) -> [UInt64] {
    var digits: [UInt64] = []
    while index < scalars.count, let digit = scalars[index].digit {
      digits.append(digit)
      index += 1
    }
    return digits
  }

  /// The three digits behind a thousands separator.
  private static func group(_ scalars: [Unicode.Scalar], behind index: Int)
    -> (digits: [UInt64], end: Int)?
  {
    let rest = scalars[index...]
    let separators: [[Unicode.Scalar]] = [[","], ["{", ",", "}"], [",", "\\", "!"]]
    guard let separator = separators.last(where: { rest.starts(with: $0) }) else { return nil }
    var end = index + separator.count
    let digits = Self.digits(scalars, &end)
    return digits.count == 3 ? (digits, end) : nil
  }
}

extension Unicode.Scalar {
  /// The value of a decimal digit of any script.
  fileprivate var digit: UInt64? {
    if isASCII { return ("0"..."9").contains(self) ? UInt64(value - 0x30) : nil }
    guard properties.generalCategory == .decimalNumber, let value = properties.numericValue else {
      return nil
    }
    return UInt64(exactly: value)
  }
}
