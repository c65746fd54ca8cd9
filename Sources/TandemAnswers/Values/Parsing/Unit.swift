/// A unit or counted noun behind a value, being read word by word into one spelling.
struct Unit {
  private var parts: [UInt8] = []
  private var pendingExponent = 1

  var isEmpty: Bool { parts.isEmpty }

  /// Whether a divisor is still to come.
  var expectsWord: Bool { isEmpty || parts.last == UInt8(ascii: "/") }

  /// What the name of a modulus begins with, as in "5 mod 7".
  static let modulus = Array("modulo ".utf8)

  /// Whether "square" or a divisor still waits for its unit.
  var isUnfinished: Bool { pendingExponent > 1 || isRate && expectsWord }

  /// Whether "per" has been read.
  private(set) var isRate = false

  /// The unit in its one spelling: `centimeter^2`, `mile/hour`, `child ticket`.
  var name: [UInt8] { parts }

  /// Takes the next word.
  mutating func take(_ word: ArraySlice<UInt8>) {
    let lower = word.filter { $0 != UInt8(ascii: ".") }.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    switch Symbol(name: lower) {
    case Self.square, Self.squareShort: pendingExponent = 2
    case Self.cubic, Self.cubicShort: pendingExponent = 3
    case Self.per, Self.a, Self.an: divide()
    case Self.of, Self.the, Self.total, Self.many, Self.different: break
    default:
      if let last = parts.last, last != UInt8(ascii: "/") { parts.append(0x20) }
      if let unit = Self.canonical(word) {
        parts.append(contentsOf: unit.utf8)
      } else {
        parts.append(contentsOf: Self.singular(lower))
      }
      if pendingExponent > 1 { raise(Rational(pendingExponent)) }
      pendingExponent = 1
    }
  }

  mutating func raise(_ exponent: Rational) {
    if exponent.isOne { return }
    parts.append(UInt8(ascii: "^"))
    parts.append(contentsOf: exponent.description.utf8)
  }

  mutating func divide() {
    isRate = true
    if !parts.isEmpty, parts.last != UInt8(ascii: "/") { parts.append(UInt8(ascii: "/")) }
  }

  private static let square = Symbol(name: "square".utf8)
  private static let squareShort = Symbol(name: "sq".utf8)
  private static let cubic = Symbol(name: "cubic".utf8)
  private static let cubicShort = Symbol(name: "cu".utf8)
  private static let per = Symbol(name: "per".utf8)
  private static let a = Symbol(name: "a".utf8)
  private static let an = Symbol(name: "an".utf8)
  private static let of = Symbol(name: "of".utf8)
  private static let the = Symbol(name: "the".utf8)
  private static let total = Symbol(name: "total".utf8)
  private static let many = Symbol(name: "many".utf8)
  private static let different = Symbol(name: "different".utf8)

  private static func singular(_ word: [UInt8]) -> [UInt8] {
    guard word.count > 3, word.last == UInt8(ascii: "s"), word[word.count - 2] != word.last
    else { return word }
    if word.hasSuffix("ies") { return word.dropLast(3) + [UInt8(ascii: "y")] }
    if word.hasSuffix("ches") || word.hasSuffix("shes") || word.hasSuffix("xes") {
      return word.dropLast(2)
    }
    return word.dropLast()
  }

  // MARK: Measures

  /// The full name of a measure in any of its spellings; nil for other words.
  static func canonical(_ word: ArraySlice<UInt8>) -> String? {
    let bare = word.filter { $0 != UInt8(ascii: ".") }
    if let name = measures[Symbol(name: bare)] { return name }
    guard bare.count > 2 else { return nil }
    return measures[Symbol(name: bare.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 })]
  }

  /// The unit that a code of a currency stands for.
  static func currency(_ word: ArraySlice<UInt8>) -> String? {
    currencies[Symbol(name: word)]
  }

  private static let currencies: [Symbol: String] = [
    Symbol(name: "USD".utf8): "dollar", Symbol(name: "EUR".utf8): "euro",
    Symbol(name: "GBP".utf8): "pound",
  ]

  /// Whether a word is "per" in any case.
  static func isPer(_ word: ArraySlice<UInt8>) -> Bool {
    Symbol(name: word.map { $0 | 0x20 }) == per
  }

  /// Whether a word is "cent" in any case.
  static func isCent(_ word: ArraySlice<UInt8>) -> Bool {
    Symbol(name: word.map { $0 | 0x20 }) == Symbol(name: "cent".utf8)
  }

  /// Whether a unit in its one spelling is a measure and not a counted noun.
  static func isMeasure(_ name: [UInt8]) -> Bool {
    let stem = name.prefix { $0 != UInt8(ascii: "^") && $0 != UInt8(ascii: "/") }
    return names.contains(Symbol(name: stem))
  }

  private static let spellings: [(String, String)] = [
    ("millimeter", "mm millimetre"), ("centimeter", "cm centimetre"), ("meter", "m metre"),
    ("kilometer", "km kilometre"), ("inch", "in inches"), ("foot", "ft feet"), ("yard", "yd yds"),
    ("mile", "mi"), ("milligram", "mg"), ("gram", "g gm gms gr"), ("kilogram", "kg kgs kilos"),
    ("pound", "lb lbs"), ("ounce", "oz"), ("ton", "tonne"), ("milliliter", "ml mL millilitre"),
    ("liter", "l L litre"), ("gallon", "gal"), ("quart", "qt"), ("pint", "pt"), ("cup", ""),
    ("second", "s sec secs"), ("minute", "min mins"), ("hour", "h hr hrs"), ("day", ""),
    ("week", "wk wks"), ("month", ""), ("year", "yr yrs"), ("dollar", "usd USD buck"),
    ("cent", "¢"), ("euro", "eur"), ("degree", "deg"), ("radian", "rad"), ("mile/hour", "mph"),
    ("kilometer/hour", "kph kmh"), ("unit", ""), ("acre", ""), ("hectare", "ha"),
    ("joule", "J"), ("newton", "N"), ("watt", "W"), ("volt", "V"), ("ampere", "amp"),
    ("kelvin", "K"), ("mole", "mol"), ("hertz", "Hz"), ("pascal", "Pa"), ("kilojoule", "kJ"),
    ("electronvolt", "eV"), ("nanometer", "nm"), ("kilowatt", "kW"), ("byte", ""),
    ("kilobyte", "kb"), ("megabyte", "mb"), ("gigabyte", "gb"),
  ]

  private static let measures: [Symbol: String] = {
    var measures: [Symbol: String] = [:]
    for (name, others) in spellings {
      for spelling in [name] + others.split(separator: " ").map(String.init) {
        measures[Symbol(name: spelling.utf8)] = name
        if spelling.utf8.count > 2 { measures[Symbol(name: (spelling + "s").utf8)] = name }
      }
    }
    return measures
  }()

  private static let names: Set<Symbol> = Set(
    spellings.map { name, _ in
      Symbol(name: name.utf8.prefix { $0 != UInt8(ascii: "/") })
    })
}

extension [UInt8] {
  fileprivate func hasSuffix(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    return self.count >= count
      && text.withUTF8Buffer { buffer in suffix(count).elementsEqual(buffer) }
  }
}
