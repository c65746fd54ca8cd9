internal import TandemRecords

/// A penalty in [-1, 0]: -1 for a trace that was cut off, falling from 0 to -1 over the last quarter before the
/// limit for others.
///
/// The soft part has the form of DAPO's over-length penalty (arXiv 2503.14476, equation 13). A trace of unknown length
/// that was not cut off has none.
enum LengthTerm {
  static func value(_ sample: RewardSample, limit: Int) -> Double {
    if sample.isTruncated { return -1 }
    guard let tokens = sample.tokens, limit > 0 else { return 0 }
    let margin = Double(limit) / 4
    return -min(max((Double(tokens) - Double(limit) + margin) / margin, 0), 1)
  }
}
