import TandemTestSupport

/// Texts that are hard to split and to normalise.
enum RandomText {
  private static let pieces = [
    "'s", "'S", "'ll", "'LL", "'lL", "'re", "'Ve", "'m", "'D", "'\u{17F}", "'", "''", "'x", "l'l",
    " ", "  ", "   ", "\t", "\n", "\r\n", "\r", "\n\n", " \n", "\u{A0}", "\u{3000}", "\u{2028}",
    "\u{85}",
    "\u{180E}", "\u{200B}", "\u{FEFF}", "a", "Abc", "the", " the", "the ", "12", "1234567", "٣",
    "Ⅷ", "½", "x2",
    ".", "...", "?!", ".\n", "!\r\n\n", "-", "_", "$\\frac{1}{2}$", "\\", "e\u{301}", "é",
    "n\u{303}",
    "\u{301}", "\u{323}\u{307}", "\u{307}\u{323}", "q\u{307}\u{323}", "\u{1E69}", "\u{212B}",
    "\u{2126}",
    "\u{1100}\u{1161}\u{11A8}", "가", "각", "\u{0958}", "\u{1D15E}", "\u{FB01}", "日本語", "中文",
    "Привет",
    "שלום", "مرحبا", "ไทย", "नमस्ते", "👩‍👩‍👧", "🇩🇪", "👍🏽", "\u{8D3}\u{323}", "a\u{1DF6}\u{323}", "\u{897}",
    "\u{10D69}",
    "\u{11F02}", "\u{1C89}", "\u{2EBF0}", "\u{323B0}", "\u{88F}", "<|im_start|>", "<|im_end|>",
    "<|endoftext|>",
    "<|im_", "<tool_call>", "</think>", "<think>", "<|fim_prefix|>", "<", "|>", "\u{0}", "\u{7F}",
    "\u{10FFFF}", "\u{E0100}",
  ]

  /// A text of up to `length` parts: hard pieces, scalars of any plane, scalars of one block.
  static func text(length: Int, using random: inout SplitMix) -> String {
    var scalars = String.UnicodeScalarView()
    let style = Int.random(in: 0..<4, using: &random)
    let block = UInt32.random(in: 0..<0x320, using: &random) << 8
    for _ in 0..<Int.random(in: 0...length, using: &random) {
      switch style == 3 ? Int.random(in: 0..<3, using: &random) : style {
      case 0: scalars += (pieces.randomElement(using: &random) ?? "").unicodeScalars
      case 1: append(UInt32.random(in: 0..<0x11_0000, using: &random), to: &scalars)
      default: append(block + UInt32.random(in: 0..<0x100, using: &random), to: &scalars)
      }
    }
    return String(scalars)
  }

  private static func append(_ value: UInt32, to scalars: inout String.UnicodeScalarView) {
    if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
  }
}
