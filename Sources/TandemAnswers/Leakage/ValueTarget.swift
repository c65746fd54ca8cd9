internal import TandemRecords

/// A gold answer that is an expression, equation, list, interval, matrix and the like.
///
/// Parts of the text that could be it are parsed and compared as answers are.
struct ValueTarget {
  private let gold: AnswerKey.Value
  private let tree: Tree
  private let key: AnswerKey
  private let spelling: [UInt8]
  let isList: Bool
  private let needs: Set<UInt64>
  private let length: Int
  private let shape: Shape
  private let approximate: Double?
  private let isTuple: Bool
  private let series: NumberSeries?
  /// Whether numbers, or roots of numbers, are in every spelling.
  private let hasNumbers: Bool
  private let hasRoots: Bool
  /// The digits of a numeral in a stated base.
  private let digits: [UInt8]

  init?(_ text: String, _ value: AnswerKey.Value, _ key: AnswerKey) {
    guard let tree = value.parsed.tree, tree.kind(tree.root) != .text else { return nil }
    gold = value
    self.tree = tree
    self.key = key
    let reading = LeakReading(text)
    spelling = reading.spelling(0..<reading.tokens.count)
    length = reading.tokens.count
    let numeral = reading.tokens.first { $0.kind == .number || $0.kind == .identifier }
    digits = numeral.map { Array(reading.bytes[$0.range]) } ?? []
    let root = tree.kind(tree.root)
    switch root {
    case .group, .set, .list, .matrix, .member, .union, .intersection, .difference, .ratio, .based,
      .time, .emptySet, .reals:
      isList = true
    case .relation:
      isList = (0..<tree.count(tree.root) - 1).contains { tree.relation(tree.root, $0) != .equal }
    default: isList = false
    }
    isTuple = root == .group
    series = isList ? NumberSeries(reading, isOrdered: isTuple) : nil
    hasNumbers = value.variables.isEmpty && tree.nodes.contains { $0.kind == .number }
    hasRoots = !isList && value.variables.isEmpty && tree.nodes.contains { $0.kind == .root }
    shape = Shape(tree)
    var needs: Set<UInt64> = []
    for token in reading.tokens where token.kind == .word && token.range.count == 1 && !isList {
      needs.insert(token.code)
    }
    // The value alone of a named answer is one too.
    if root == .relation, case .symbol = tree.kind(tree.child(tree.root, 0)) { needs = [] }
    self.needs = needs
    if value.variables.isEmpty, !isList,
      let number = Evaluation(tree: tree, isComplex: false).value(tree.root), number.isReal
    {
      approximate = number.re
    } else {
      approximate = nil
    }
  }

  func search(_ reading: LeakReading, into leaks: inout [Leak]) {
    if let approximate {
      for mention in reading.reader.mentions where mention.digits >= 7 && mention.isValue {
        guard let found = mention.double, abs(found - approximate) <= 5e-7 * abs(approximate) else {
          continue
        }
        leaks.append(Leak(tokens: mention.tokens, severity: .equivalent, rule: "decimal"))
      }
    }
    series?.search(reading, into: &leaks)
    if tree.kind(tree.root) == .based { return searchNumeral(reading, into: &leaks) }
    let runs = MathRuns(reading)
    var seen: Set<Range<Int>> = []
    var known: [ArraySlice<UInt8>: (severity: Severity, rule: String)?] = [:]
    for part in isList ? runs.lists : runs.values where seen.insert(part).inserted {
      guard part.count <= 4 * length + 24, holdsNeeds(part, reading) else { continue }
      // The same spelling comes up again and again.
      let bytes = reading.bytes[reading.byteRange(part)]
      let found = known[bytes] ?? compare(part, reading)
      known[bytes] = .some(found)
      if let found {
        leaks.append(Leak(tokens: part, severity: found.severity, rule: found.rule))
      }
    }
  }

  /// A numeral with its base as an index or in words; without one it is the numeral all the same.
  private func searchNumeral(_ reading: LeakReading, into leaks: inout [Leak]) {
    let reader = reading.reader
    for index in reading.tokens.indices {
      let token = reading.tokens[index]
      guard token.kind == .number || token.kind == .identifier,
        reading.bytes[token.range].elementsEqual(digits)
      else { continue }
      var next = index + 1
      if reader.kind(next) == .openParen { next += 1 }
      if reader.kind(next) == .word, reader.role(next + 1) == .base { next += 1 }
      var end = index + 1
      if reader.role(next) == .base || reader.kind(next) == .underscore {
        next += 1
        if reader.kind(next) == .openBrace { next += 1 }
        guard let base = reader.read(next), base.numerator == Int(tree.payload(tree.root)) else {
          continue
        }
        end = base.tokens.upperBound
        if reader.kind(end) == .closeBrace { end += 1 }
      }
      let isLiteral = reading.spelling(index..<end) == spelling
      leaks.append(
        Leak(tokens: index..<end, severity: isLiteral ? .literal : .equivalent, rule: "base"))
    }
  }

  private var rule: String { isList ? "list" : "expression" }

  /// Whether a part has what the gold answer cannot be without, found without parsing it.
  private func holdsNeeds(_ part: Range<Int>, _ reading: LeakReading) -> Bool {
    if hasNumbers || hasRoots {
      var isNumeric = !hasNumbers
      var isRooted = !hasRoots
      for token in reading.tokens[part] {
        switch token.kind {
        case .number, .vulgar, .clock, .identifier, .infinity, .pi: isNumeric = true
        case .root, .command, .caret, .superscript: isRooted = true
        case .word where token.range.count > 1: isRooted = true
        default: break
        }
      }
      guard isNumeric && isRooted else { return false }
    }
    if reading.tokens[part.lowerBound].isScript { return false }
    if !isList, part.count == 1, reading.tokens[part.lowerBound].kind == .number { return false }
    guard !needs.isEmpty else { return true }
    var rest = needs
    for index in part where reading.tokens[index].kind == .word {
      rest.remove(reading.tokens[index].code)
      if rest.isEmpty { return true }
    }
    return false
  }

  private func compare(
    _ part: Range<Int>, _ reading: LeakReading
  ) -> (severity: Severity, rule: String)? {
    let range = reading.byteRange(part)
    if reading.spelling(part) == spelling {
      return (.literal, rule)
    }
    for form in forms(part, Array(reading.bytes[range])) {
      let answer = ParsedAnswer(form, 0..<form.count, expected: gold.variables)
      guard Judgement.compare(answer, gold, key).outcome == .equal, let found = answer.tree else {
        continue
      }
      if !isList, isDecimal(found) { continue }
      let isSame = isList || shape.isRespelled(as: Shape(found))
      return (isSame ? .equivalent : .derivable, rule)
    }
    return nil
  }

  /// Rounded decimals are judged by their digits alone.
  private func isDecimal(_ found: Tree) -> Bool {
    Comparison.decimal(found, found.root)?.isDecimal ?? false
  }

  /// The readings of a part: as it stands, and a list in the brackets of the gold answer.
  private func forms(_ part: Range<Int>, _ bytes: [UInt8]) -> [[UInt8]] {
    var forms = [bytes]
    switch tree.kind(tree.root) {
    case .group, .list, .set:
      var inner = bytes
      if let first = bytes.first, let last = bytes.last, bytes.count > 2,
        first == UInt8(ascii: "(") && last == UInt8(ascii: ")")
          || first == UInt8(ascii: "[") && last == UInt8(ascii: "]")
      {
        if isTuple { return forms }
        inner = Array(bytes[1..<(bytes.count - 1)])
        forms.append(inner)
      }
      // Named values have the order of their names, not of the text.
      if isTuple, tree.payload(tree.root) == 0, !inner.contains(UInt8(ascii: "=")) {
        forms.append([UInt8(ascii: "(")] + Self.joined(inner) + [UInt8(ascii: ")")])
      } else if tree.kind(tree.root) == .set {
        forms.append(Array("\\{".utf8) + Self.joined(inner) + Array("\\}".utf8))
      }
    case .matrix:
      if bytes.first == UInt8(ascii: "["), bytes.dropFirst().first == UInt8(ascii: "[") {
        var rows: [UInt8] = []
        for byte in bytes {
          switch byte {
          case UInt8(ascii: "["): if !rows.isEmpty { rows.append(contentsOf: "\\\\".utf8) }
          case UInt8(ascii: "]"), 0x20: break
          case UInt8(ascii: ","): if rows.last != 0x2C { rows.append(0x2C) }
          default: rows.append(byte)
          }
        }
        rows = Self.columns(rows)
        forms.append(
          Array("\\begin{pmatrix}".utf8) + rows + Array("\\end{pmatrix}".utf8))
      }
    default: break
    }
    return forms
  }

  /// Commas for the words that join a list.
  private static func joined(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes.holds(" and ", at: index) || bytes.holds(" or ", at: index) {
        if result.last != UInt8(ascii: ",") { result.append(UInt8(ascii: ",")) }
        index += bytes[index + 1] == UInt8(ascii: "a") ? 5 : 4
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  /// Commas inside rows are columns; those before a row are dropped.
  private static func columns(_ rows: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for (index, byte) in rows.enumerated() {
      if byte == UInt8(ascii: ",") {
        if index + 1 < rows.count, rows[index + 1] != UInt8(ascii: "\\") {
          result.append(UInt8(ascii: "&"))
        }
      } else {
        result.append(byte)
      }
    }
    return result
  }
}
