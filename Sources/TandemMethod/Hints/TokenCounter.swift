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

  /// Bytes of UTF-8 that an estimated token has.
  package static let bytesPerToken = 3

  /// A token for every three bytes, rounded up: no fewer than the tokenizers of Qwen and Llama make of mathematical
  /// English, which hold 3.3 bytes and more.
  package static let estimate = TokenCounter()

  private init() {
    isEstimate = true
    counted = { ($0.utf8.count + Self.bytesPerToken - 1) / Self.bytesPerToken }
  }

  /// The number of tokens of a text.
  package func count(_ text: String) -> Int { counted(text) }
}
