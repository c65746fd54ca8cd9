/// What the commands of LaTeX mean to the search for an answer.
enum LeakCommand {
  /// Looks only; its braces mean nothing.
  case wrapper
  case space
  /// The group behind it is no part of the text: labels and numbers of equations.
  case dropped
  case environment
  case box
  case token(LeakToken.Kind)

  /// The fractions, which the readers of values know by their code.
  static let fraction = LeakWord.code("frac")
  static let fractions: Set<UInt64> = Set(
    ["frac", "dfrac", "tfrac", "cfrac"].map { LeakWord.code($0) })
  static let binomials: Set<UInt64> = Set(["binom", "dbinom", "tbinom"].map { LeakWord.code($0) })
  static let squareRoot = LeakWord.code("sqrt")

  static func meaning(_ code: UInt64) -> LeakCommand? { table[code] }

  private static let table: [UInt64: LeakCommand] = {
    var table: [UInt64: LeakCommand] = [:]
    func add(_ names: String, _ command: LeakCommand) {
      for name in names.split(separator: " ") { table[LeakWord.code(String(name))] = command }
    }
    add(
      "left right displaystyle textstyle scriptstyle limits big bigg bigl bigr biggl biggr",
      .wrapper)
    add("middle text textrm textbf textit textsf texttt textup mbox hbox emph textnormal", .wrapper)
    add(
      "mathrm mathbf mathit mathsf mathtt boldsymbol bm operatorname rm bf it sout cancel", .wrapper
    )
    add("underline large small tiny normalsize huge color textcolor vec hat", .wrapper)
    add("quad qquad enspace thinspace medspace thickspace space hfill nobreakspace", .space)
    add("tag label ref eqref cite hspace vspace phantom", .dropped)
    add("begin end", .environment)
    add("boxed fbox", .box)
    add("cdot times ast", .token(.times))
    add("div", .token(.divide))
    add("le leq leqslant ge geq geqslant lt gt ne neq in", .token(.relation))
    add("approx equiv simeq", .token(.equals))
    add("implies rightarrow longrightarrow iff therefore because", .token(.semicolon))
    add("cup cap setminus", .token(.cup))
    add("lbrace", .token(.openSet))
    add("rbrace", .token(.closeSet))
    add("lparen langle", .token(.openParen))
    add("rparen rangle", .token(.closeParen))
    add("lbrack", .token(.openBracket))
    add("rbrack", .token(.closeBracket))
    add("circ degree", .token(.degree))
    add("pi", .token(.pi))
    add("infty", .token(.infinity))
    add("euro pounds", .token(.currency))
    return table
  }()
}
