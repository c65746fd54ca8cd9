/// Turns as plain text: for every role what comes in front of the content and behind it.
package struct PlainTemplate: Hashable, Sendable {
  /// What stands around the content of a turn.
  package struct Frame: Hashable, Sendable {
    /// What comes in front.
    package var before: String
    /// What comes behind.
    package var after: String

    /// A frame.
    package init(before: String = "", after: String = "") {
      self.before = before
      self.after = after
    }
  }

  /// Around what the system says.
  package var system = Frame(after: "\n\n")
  /// Around a question.
  package var user = Frame(before: "Question: ", after: "\n")
  /// Around an answer.
  package var assistant = Frame(before: "Answer: ", after: "\n\n")
  /// What comes in front of the model's own text; no space at its end, which belongs to the first token.
  package var generationPrompt = "Answer:"

  /// `Question: ...`, `Answer: ...`, one a line.
  package init() {}

  func turn(_ message: ChatMessage) -> String {
    let frame =
      switch message.role {
      case .system: system
      case .user: user
      case .assistant: assistant
      }
    return frame.before + message.content + frame.after
  }
}
