/// Brackets, matrices and absolute values.
extension Parser {
  /// A bracketed value, tuple, interval, set or matrix.
  mutating func brackets() throws(Obstacle) -> Int {
    let opening = kind
    advance()
    if opening == .openSet { return try set() }
    var members: [Int] = []
    while !isClosing {
      members.append(try member())
      if members.count > Limit.maximumTerms { throw .limit(.terms) }
      guard kind == .comma || kind == .semicolon else { break }
      advance()
    }
    let closing = kind
    guard isClosing, closing != .closeSet, closing != .closeBrace else { throw .other }
    advance()
    guard let first = members.first else { throw .other }
    if members.count == 1, opening != .openAngle {
      return first
    }
    if opening == .openBracket, closing == .closeBracket, let rows = rows(members) {
      return rows
    }
    let pair = Tree.Bracket.pair(shape(opening), shape(closing))
    return tree.add(.group, members, payload: pair)
  }

  private var isClosing: Bool {
    switch kind {
    case .closeParen, .closeBracket, .closeSet, .closeAngle, .closeBrace: true
    default: false
    }
  }

  private func shape(_ kind: Token.Kind) -> UInt64 {
    switch kind {
    case .openBracket, .closeBracket: Tree.Bracket.square
    case .openAngle, .closeAngle: Tree.Bracket.angle
    default: Tree.Bracket.round
    }
  }

  /// One member between the commas of a bracket.
  private mutating func member() throws(Obstacle) -> Int {
    let saved = position
    let node = try list(of: [.and, .or])
    if position == saved { throw .other }
    return node
  }

  /// `[[1, 2], [3, 4]]` is a matrix.
  private mutating func rows(_ members: [Int]) -> Int? {
    let square = Tree.Bracket.pair(Tree.Bracket.square, Tree.Bracket.square)
    guard let first = members.first else { return nil }
    let width = tree.count(first)
    for member in members
    where tree.kind(member) != .group || tree.payload(member) != square
      || tree.count(member) != width
    {
      return nil
    }
    let entries = members.flatMap { tree.children($0) }
    return tree.add(.matrix, entries, payload: UInt64(members.count))
  }

  /// Braces: listed members, or a name and the condition on it.
  private mutating func set() throws(Obstacle) -> Int {
    setDepth += 1
    defer { setDepth -= 1 }
    if take(.closeSet) { return tree.add(.emptySet) }
    let first = try list()
    if take(.bar) || take(.colon) {
      let condition = try list()
      try require(.closeSet)
      return condition
    }
    try require(.closeSet)
    return tree.add(.set, tree.kind(first) == .list ? tree.children(first) : [first])
  }

  /// `\begin{pmatrix} ... \end{pmatrix}` and its relatives.
  mutating func matrix() throws(Obstacle) -> Int {
    let name = token.payload
    guard Self.matrixNames.contains(name) else { throw .other }
    advance()
    var entries: [Int] = []
    var rows = 0
    var width: Int?
    while kind != .endMatrix {
      var count = 0
      repeat {
        entries.append(try list(of: []))
        count += 1
        if entries.count > Limit.maximumTerms { throw .limit(.terms) }
      } while take(.ampersand)
      if let width, width != count { throw .other }
      width = count
      rows += 1
      if !take(.newRow) { break }
    }
    guard kind == .endMatrix, token.payload == name, rows > 0 else { throw .other }
    advance()
    return tree.add(.matrix, entries, payload: UInt64(rows))
  }

  /// A matrix whose entries are multiplied by a number.
  mutating func scaled(_ matrix: Int, by factor: Int) -> Int {
    var entries: [Int] = []
    for entry in tree.children(matrix) { entries.append(tree.add(.product, [factor, entry])) }
    return tree.add(.matrix, entries, payload: tree.payload(matrix))
  }

  /// Whether a node can stand for a number.
  func isNumber(_ node: Int) -> Bool {
    switch tree.kind(node) {
    case .number, .symbol, .sum, .negative, .product, .quotient, .power, .root, .call, .mixed: true
    default: false
    }
  }

  private static let matrixNames: Set<UInt64> = {
    let names = ["pmatrix", "bmatrix", "matrix", "array", "smallmatrix", "Bmatrix"]
    return Set(names.map { Symbol(name: $0.utf8).code })
  }()

  mutating func absoluteValue() throws(Obstacle) -> Int {
    let closing = kind
    advance()
    let inner = try sum()
    try require(closing)
    return tree.add(.call, inner, payload: Function.abs.rawValue)
  }
}
