/// Character references of HTML.
enum Entities {
  /// The longest name that is looked at, with room for leading zeros of a number.
  private static let longest = 12

  /// The character that a reference at `&` stands for, and where it ends.
  static func read(_ bytes: [UInt8], at index: Int) -> (scalar: UInt32, end: Int)? {
    var end = index + 1
    while end < bytes.count, end - index <= longest, bytes[end] != UInt8(ascii: ";") { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: ";") else { return nil }
    let name = bytes[(index + 1)..<end]
    if name.first == UInt8(ascii: "#") {
      let digits = name.dropFirst()
      let isHex = digits.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
      let text = String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self)
      guard let value = UInt32(text, radix: isHex ? 16 : 10), Unicode.Scalar(value) != nil else {
        return nil
      }
      return (value, end + 1)
    }
    guard let scalar = names[String(decoding: name, as: UTF8.self)] else { return nil }
    return (scalar, end + 1)
  }

  private static let names: [String: UInt32] = [
    "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0xA0,
    "thinsp": 0x2009, "ensp": 0x20, "emsp": 0x20, "minus": 0x2212, "times": 0xD7, "divide": 0xF7,
    "frac12": 0xBD, "frac14": 0xBC, "frac34": 0xBE, "deg": 0xB0, "plusmn": 0xB1, "ndash": 0x2013,
    "mdash": 0x2014, "le": 0x2264, "ge": 0x2265, "ne": 0x2260, "radic": 0x221A, "pi": 0x3C0,
    "infin": 0x221E, "sup1": 0xB9, "sup2": 0xB2, "sup3": 0xB3, "percnt": 0x25, "dollar": 0x24,
    "equals": 0x3D, "plus": 0x2B, "num": 0x23, "lpar": 0x28, "rpar": 0x29, "comma": 0x2C,
    "period": 0x2E, "colon": 0x3A, "sol": 0x2F, "hellip": 0x2026, "zwnj": 0x200C, "zwj": 0x200D,
    "shy": 0xAD, "middot": 0xB7, "sdot": 0x22C5, "euro": 0x20AC, "pound": 0xA3, "cent": 0xA2,
    "lbrace": 0x7B, "rbrace": 0x7D, "lbrack": 0x5B, "rbrack": 0x5D, "bsol": 0x5C,
    "lowbar": 0x5F, "ast": 0x2A, "asymp": 0x2248, "cup": 0x222A, "isin": 0x2208,
  ]
}
