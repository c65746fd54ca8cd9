package import TandemTokenizer

/// How a prompt is made of a text.
package enum PromptFormat: Hashable, Sendable {
  /// As the model's folder says: its chat template, else plain questions and answers.
  case automatic
  /// The text is the prompt, special tokens spelled out.
  case text
  case chat(ChatFormat)
}
