/// What the caller wants of a completion after one of its tokens.
package enum GenerationDecision: Hashable, Sendable {
  /// To go on.
  case goOn
  /// To end here, with only so many of its tokens.
  case stop(keep: Int)
}
