/// Reads tokens into a ``Tree`` by recursive descent.
///
/// Lists bind loosest, then relations, unions, sums, products, powers. Limits end it with the name
/// of the limit; what is no mathematics ends it with `other`, and is plain text to the caller.
struct Parser {
  let bytes: [UInt8]
  var tokens: [Token]
  var position = 0
  var tree = Tree()
  var depth = 0
  /// Sets around the current position, in which a colon or bar may mean "such that".
  var setDepth = 0
  /// The names that the other side uses, when they are known.
  let expected: Set<Symbol>?

  /// The tree of an answer.
  ///
  /// - Parameters:
  ///   - expected: the names of the gold answer; runs of other letters are units or words
  ///   - splitsCommas: whether `1,234` is a list of two numbers
  static func parse(
    _ bytes: [UInt8], _ range: Range<Int>, expected: Set<Symbol>? = nil, splitsCommas: Bool = false
  ) throws(Obstacle) -> Tree {
    if range.count > Limit.maximumLength { throw .limit(.length) }
    let tokens = try Lexer.tokens(bytes, range, splitsCommas: splitsCommas)
    var parser = Parser(bytes: bytes, tokens: tokens, expected: expected)
    parser.skipLeadIn()
    let root = try parser.infix(parser.list())
    while [.comma, .semicolon, .colon].contains(parser.kind) { parser.position += 1 }
    guard parser.kind == .end else { throw .other }
    parser.tree.root = root
    if parser.tree.height > Limit.maximumHeight { throw .limit(.depth) }
    try parser.tree.expandPlusMinus()
    return parser.tree
  }

  private init(bytes: [UInt8], tokens: [Token], expected: Set<Symbol>?) {
    self.bytes = bytes
    self.tokens = tokens
    self.expected = expected
  }

  var token: Token { tokens[position] }
  var kind: Token.Kind { tokens[position].kind }

  func kind(ahead offset: Int) -> Token.Kind {
    position + offset < tokens.count ? tokens[position + offset].kind : .end
  }

  mutating func advance() {
    if position + 1 < tokens.count { position += 1 }
  }

  mutating func take(_ kind: Token.Kind) -> Bool {
    guard self.kind == kind else { return false }
    advance()
    return true
  }

  mutating func require(_ kind: Token.Kind) throws(Obstacle) {
    if !take(kind) { throw .other }
  }

  mutating func enter() throws(Obstacle) {
    depth += 1
    if depth > Limit.maximumDepth { throw .limit(.depth) }
  }

  /// `a \over b` and `n \choose k`, which take all of their group.
  mutating func infix(_ left: Int) throws(Obstacle) -> Int {
    let kind: Tree.Kind
    switch self.kind {
    case .over: kind = .quotient
    case .choose: kind = .binomial
    default: return left
    }
    advance()
    return tree.add(kind, [left, try list()])
  }

  /// Passes over "approximately", "=" and the like before a value.
  private mutating func skipLeadIn() {
    while true {
      if kind == .equals || kind == .colon {
        advance()
      } else if kind == .word, Words.isLeadIn(bytes[token.start..<token.end]) {
        advance()
      } else if kind == .letter, bytes[token.start] | 0x20 == UInt8(ascii: "a"),
        kind(ahead: 1) == .word, let word = tokens.dropFirst(position + 1).first,
        Words.denominator(bytes[word.start..<word.end])
          ?? Words.number(bytes[word.start..<word.end])
          ?? Words.scale(bytes[word.start..<word.end])
          != nil
      {
        // "a half", "a hundred", "a dozen"
        advance()
      } else if let place = introductionEnd {
        position = place
      } else {
        return
      }
    }
  }

  /// The place behind "the final answer:" and the like.
  private var introductionEnd: Int? {
    var offset = 0
    while kind(ahead: offset) == .word {
      let word = tokens[position + offset]
      guard Words.introducesValue(bytes[word.start..<word.end]) else { return nil }
      offset += 1
    }
    guard offset > 0, kind(ahead: offset) == .colon || kind(ahead: offset) == .equals else {
      return nil
    }
    return position + offset + 1
  }

  // MARK: Lists and relations

  /// Members between commas, semicolons, "and" and "or".
  mutating func list() throws(Obstacle) -> Int {
    try list(of: [.comma, .semicolon, .and, .or])
  }

  /// Members between some of the separators; a lone member is itself, "or" gives payload 1.
  mutating func list(of separators: [Token.Kind]) throws(Obstacle) -> Int {
    try enter()
    defer { depth -= 1 }
    let first = try relation()
    guard separators.contains(kind) else { return first }
    var members = [first]
    var isAlternative = false
    while separators.contains(kind) {
      let before = position
      while separators.contains(kind) {
        isAlternative = isAlternative || kind == .or
        advance()
      }
      if endsList {
        position = before
        break
      }
      members.append(try relation())
      if members.count > Limit.maximumTerms { throw .limit(.terms) }
    }
    return members.count == 1
      ? first : tree.add(.list, members, payload: isAlternative ? 1 : 0)
  }

  private var endsList: Bool {
    switch kind {
    case .end, .closeParen, .closeBracket, .closeSet, .closeBrace, .closeAngle: true
    default: false
    }
  }

  private static func relation(_ kind: Token.Kind) -> Tree.Relation? {
    switch kind {
    case .equals: .equal
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .notEqual: .notEqual
    default: nil
    }
  }

  /// Whether the sign here is one of approximation.
  private var isApproximate: Bool {
    bytes.holds("\\approx", at: token.start) || bytes.holds("\\simeq", at: token.start)
      || bytes.holds("\u{2248}", at: token.start) || bytes.holds("\u{2243}", at: token.start)
  }

  /// A chain such as `a <= x < b`, or `x \in S`.
  private mutating func relation() throws(Obstacle) -> Int {
    let first = try union()
    if take(.member) {
      return tree.add(.member, [first, try union()])
    }
    var members = [first]
    var signs: UInt64 = 0
    while let sign = Self.relation(kind) {
      let mark: UInt64 = isApproximate ? 8 : 0
      advance()
      signs |= (sign.rawValue | mark) << UInt64(4 * (members.count - 1))
      members.append(try union())
      if members.count > 15 { throw .limit(.terms) }
    }
    if take(.remainder) {
      let start = token.start
      _ = try sum()
      let name = Words.folded(bytes, start..<tokens[max(0, position - 1)].end)
      let last = members.removeLast()
      members.append(tree.add(.quantity, text: Unit.modulus + name, [last]))
    }
    return members.count == 1 ? members[0] : tree.add(.relation, members, payload: signs)
  }

  private mutating func union() throws(Obstacle) -> Int {
    var left = try ratio()
    while true {
      let kind: Tree.Kind
      switch self.kind {
      case .cup: kind = .union
      case .cap: kind = .intersection
      case .setMinus: kind = .difference
      default: return left
      }
      advance()
      let right = try ratio()
      if kind == .union, tree.kind(left) == .union {
        left = tree.add(.union, tree.children(left) + [right])
      } else {
        left = tree.add(kind, [left, right])
      }
      if tree.count(left) > Limit.maximumTerms { throw .limit(.terms) }
    }
  }

  private mutating func ratio() throws(Obstacle) -> Int {
    let first = try sum()
    guard kind == .colon, kind(ahead: 1) != .end else { return first }
    if setDepth > 0 { return first }
    if let time = clockTime(first) { return time }
    var members = [first]
    while kind == .colon, kind(ahead: 1) != .end {
      advance()
      members.append(try sum())
      if members.count > Limit.maximumTerms { throw .limit(.terms) }
    }
    return tree.add(.ratio, members)
  }
}
