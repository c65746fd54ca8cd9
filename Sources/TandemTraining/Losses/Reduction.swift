/// How the losses of tokens become the loss of an update.
package enum Reduction: String, Hashable, Sendable, CaseIterable {
  /// The mean over traces of the mean over tokens.
  case trace
  /// The mean over all tokens.
  case token
  /// The mean over traces of the sum over tokens, divided by the greatest number of tokens that may be generated.
  case constant

  /// What the loss of every token of a trace is multiplied with, the trace's weight apart.
  ///
  /// - Parameters:
  ///   - tokens: tokens of the trace that count.
  ///   - update: the whole update, whatever micro-batch the trace is in.
  func share(tokens: Int, of update: UpdateSize) -> Double {
    switch self {
    case .trace: 1 / (Double(max(tokens, 1)) * Double(max(update.traces, 1)))
    case .token: 1 / Double(max(update.tokens, 1))
    case .constant: 1 / (Double(max(update.longest, 1)) * Double(max(update.traces, 1)))
    }
  }
}

/// What the losses of an update are divided by.
struct UpdateSize: Hashable {
  var traces: Int
  /// Tokens that count.
  var tokens: Int
  /// The greatest number of tokens that may be generated.
  var longest: Int
}
