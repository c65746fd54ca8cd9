/// What a user should know about a run that goes on all the same; one line.
package enum TrainingWarning: Hashable, Sendable, CustomStringConvertible {
  case noSignal(examples: Int)
  case truncated(examples: Int, of: Int)
  case stale(share: Double, limit: Double)
  case mismatch(shareOutside: Double)
  case beyondPositions(longest: Int, positions: Int)

  package var description: String {
    switch self {
    case .noSignal(let examples):
      "no signal: all \(examples) advantages are zero, so that only the divergence from the reference is trained"
    case .truncated(let examples, let total):
      "\(examples) of \(total) completions were cut off at the limit of tokens; their ends are trained as they are"
    case .stale(let share, let limit):
      "the effective sample size is \(share.rounded(3)), below \(limit): the traces fit the model badly; one more such step ends the run"
    case .mismatch(let share):
      "\((share * 100).rounded(1)) % of the tokens have a ratio outside 0.9 to 1.1 before the first step: the stored logprobs are of another model, mode or temperature; --behaviour recompute makes them anew"
    case .beyondPositions(let longest, let positions):
      "the longest sequence has \(longest) tokens, more than the \(positions) positions that the model was made for"
    }
  }
}

extension Double {
  /// The number with so many decimal places.
  func rounded(_ places: Int) -> String {
    let scale = 10.0.power(places)
    return ((self * scale).rounded() / scale).description
  }
}
