/// What a LaTeX command means in an answer.
enum Command: Sendable {
  /// It only changes the looks.
  case ignored
  /// A blank.
  case space
  /// The group after it is prose.
  case text
  /// The group after it is mathematics in another font.
  case font
  /// A token of this kind.
  case token(Token.Kind)
  /// A function name.
  case function(Function)
  /// A Greek letter or another name.
  case name
  /// The group after it is dropped.
  case dropped

  /// The meaning of a command's name, without its backslash.
  static func named(_ name: some Collection<UInt8>) -> Command? {
    table[Symbol(name: name)]
  }

  private static let table: [Symbol: Command] = {
    var table: [Symbol: Command] = [:]
    func add(_ names: String, _ command: Command) {
      for name in names.utf8.split(separator: 0x20) { table[Symbol(name: name)] = command }
    }
    add("left right displaystyle textstyle scriptstyle limits nolimits big Big bigg Bigg", .ignored)
    add("bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle mathstrut strut", .ignored)
    add("quad qquad enspace thinspace medspace thickspace space hfill nobreakspace", .space)
    add("text textrm textbf textit textsf texttt textup mbox hbox emph textnormal", .text)
    add(
      "mathrm mathbf mathit mathsf mathtt boldsymbol bm operatorname rm bf it boxed fbox underline",
      .font)
    add("mathcal mathfrak vec hat bar tilde ensuremath pmb", .font)
    add("frac dfrac tfrac cfrac", .token(.fraction))
    add("sqrt", .token(.root))
    add("binom dbinom tbinom", .token(.binomial))
    add("over", .token(.over))
    add("choose", .token(.choose))
    add("overline overrightarrow overleftrightarrow", .token(.overline))
    add("cdot times ast", .token(.times))
    add("div", .token(.divide))
    add("pm", .token(.plusMinus))
    add("mp", .token(.minusPlus))
    add("le leq leqslant", .token(.lessOrEqual))
    add("ge geq geqslant", .token(.greaterOrEqual))
    add("lt", .token(.less))
    add("gt", .token(.greater))
    add("ne neq", .token(.notEqual))
    add("approx equiv simeq", .token(.equals))
    add("in", .token(.member))
    add("cup", .token(.cup))
    add("cap", .token(.cap))
    add("setminus backslash", .token(.setMinus))
    add("land wedge", .token(.and))
    add("lor vee", .token(.or))
    add("lbrace", .token(.openSet))
    add("rbrace", .token(.closeSet))
    add("langle", .token(.openAngle))
    add("rangle", .token(.closeAngle))
    add("lparen", .token(.openParen))
    add("rparen", .token(.closeParen))
    add("lbrack", .token(.openBracket))
    add("rbrack", .token(.closeBracket))
    add("lfloor", .token(.openFloor))
    add("rfloor", .token(.closeFloor))
    add("lceil", .token(.openCeiling))
    add("rceil", .token(.closeCeiling))
    add("lvert rvert vert mid", .token(.bar))
    add("lVert rVert Vert", .token(.doubleBar))
    add("circ degree", .token(.degree))
    add("pi", .token(.pi))
    add("infty", .token(.infinity))
    add("emptyset varnothing", .token(.emptySet))
    add("ldots dots cdots dotsc", .token(.ellipsis))
    add("prime", .token(.prime))
    add("colon", .token(.colon))
    add("pmod bmod mod", .token(.remainder))
    add("begin", .token(.beginMatrix))
    add("end", .token(.endMatrix))
    add("mathbb", .token(.reals))
    add("alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa", .name)
    add("lambda mu nu xi rho varrho sigma tau upsilon phi varphi chi psi omega ell hbar", .name)
    add("Pr Re Im det dim ker arg", .name)
    add("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega angle triangle", .name)
    add("phantom hphantom vphantom tag label color textcolor hspace vspace mkern", .dropped)
    add("tiny small normalsize large Large LARGE huge Huge nonumber qed square", .ignored)
    for function in ["sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan"] {
      table[Symbol(name: function.utf8)] = Function(name: function.utf8).map(Command.function)
    }
    for function in ["sinh", "cosh", "tanh", "ln", "log", "lg", "exp", "gcd", "max", "min"] {
      table[Symbol(name: function.utf8)] = Function(name: function.utf8).map(Command.function)
    }
    return table
  }()
}
