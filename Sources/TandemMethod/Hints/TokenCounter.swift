/// Counts the tokens of a text as a student reads it.
package struct TokenCounter: Sendable {
  /// Whether the counts are estimates.
  package let isEstimate: Bool
  private let counted: @Sendable (String) -> Int

  /// A counter that is exact.
  package init(_ count: @escaping @Sendable (String) -> Int) {
    isEstimate = false
    counted = count
  }

  /// What plans and notes say of ``estimate``.
  package static let estimateName = "estimate of digits, signs and sixths of words"

  /// A token for every digit, sign and line end, for six letters of a word or the rest of it, and two for a character
  /// beyond ASCII.
  ///
  /// On published solutions of GSM8K and MATH it is 6 and 15 % above what Qwen's tokenizers count, and at most a fifth
  /// below.
  package static let estimate = TokenCounter()

  private init() {
    isEstimate = true
    counted = { text in
      var (count, letters) = (0, 0)
      var wasNewline = false
      for byte in text.utf8 {
        let isLetter = (byte | 0x20) &- 0x61 < 26
        if isLetter, letters % 6 == 0 { count += 1 }
        letters = isLetter ? letters + 1 : 0
        switch byte {
        case 0x20, 0x09, 0x0D: break
        case 0x0A: if !wasNewline { count += 1 }
        case 0x80...: if byte & 0xC0 == 0xC0 { count += 2 }
        default: if !isLetter { count += 1 }
        }
        wasNewline = byte == 0x0A
      }
      return count
    }
  }

  /// The number of tokens of a text.
  package func count(_ text: String) -> Int { counted(text) }
}
