/// What a LaTeX command stands for when texts are compared.
enum LaTeXCommand {
  /// Commands that only change how a formula looks.
  private static let typography: Set<String> = [
    "Big", "Bigg", "Biggl", "Biggr", "Bigl", "Bigr", "big", "bigg", "biggl", "biggr", "bigl",
    "bigr", "bf", "bm", "boldsymbol", "bullet", "displaystyle", "emph", "hfill", "hspace", "it",
    "item", "label", "large", "left", "limits", "mathbf", "mathit", "mathrm", "mathsf", "mbox",
    "newline", "noindent", "nolimits", "operatorname", "par", "phantom", "qquad", "quad", "right",
    "rm", "scriptstyle", "small", "textbf", "textit", "textnormal", "textrm", "textsf",
    "textstyle", "texttt", "text", "underline", "vspace",
  ]

  /// Spellings of one thing.
  private static let synonyms: [String: String] = [
    "ast": "*", "cdot": "\u{22C5}", "cfrac": "frac", "dbinom": "binom", "dfrac": "frac",
    "div": "\u{F7}", "ge": "\u{2265}", "geq": "\u{2265}", "geqslant": "\u{2265}", "gt": ">",
    "le": "\u{2264}", "leq": "\u{2264}", "leqslant": "\u{2264}", "lt": "<", "ne": "\u{2260}",
    "neq": "\u{2260}", "pm": "\u{B1}", "tbinom": "binom", "tfrac": "frac", "times": "\u{D7}",
  ]

  /// The name to compare; nil for mere typography.
  static func meaning(_ name: String) -> String? {
    typography.contains(name) ? nil : synonyms[name, default: name]
  }
}
