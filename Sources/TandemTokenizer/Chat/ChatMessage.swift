/// One turn of a conversation.
package struct ChatMessage: Hashable, Sendable {
  /// Who speaks.
  package enum Role: String, Hashable, Sendable, CaseIterable {
    case system, user, assistant
  }

  /// Who speaks.
  package var role: Role
  /// What is said.
  package var content: String

  /// A turn.
  package init(_ role: Role, _ content: String) {
    self.role = role
    self.content = content
  }
}
