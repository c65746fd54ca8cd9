/// Sums over the tokens of one update.
struct UpdateTally: Hashable {
  private(set) var loss = 0.0
  private(set) var rescueLoss = 0.0
  private(set) var sequences = 0
  /// Tokens that count.
  private(set) var tokens = 0
  private(set) var clipped = 0
  private(set) var entropy = 0.0
  private(set) var ratios = RatioTally()
  private(set) var divergence = 0.0
  private(set) var referenced = 0

  /// Adds the loss of a sequence.
  mutating func add(loss: Double, isRescue: Bool, entropies: ArraySlice<Float>, clipped: Int) {
    self.loss += loss
    if isRescue { rescueLoss += loss }
    sequences += 1
    tokens += entropies.count
    self.clipped += clipped
    for value in entropies { entropy += Double(value) }
  }

  /// Adds the ratios of a sequence's tokens.
  mutating func addRatios(_ logRatios: [Double]) {
    for value in logRatios { ratios.add(logRatio: value) }
  }

  /// Adds one token's divergence from the reference.
  mutating func addDivergence(_ value: Double) {
    divergence += value
    referenced += 1
  }
}

/// Sums over ratios q of probabilities.
struct RatioTally: Hashable {
  private(set) var count = 0
  private(set) var sum = 0.0
  private(set) var squares = 0.0
  private(set) var least = Double.infinity
  private(set) var greatest = 0.0
  /// Ratios that are not within 0.9 and 1.1.
  private(set) var outside = 0
  /// The sum of q - 1 - ln q: k3 of the divergence from the model that sampled.
  private(set) var divergence = 0.0

  /// Adds a token.
  mutating func add(logRatio: Double) {
    let ratio = logRatio.exponential
    count += 1
    sum += ratio
    squares += ratio * ratio
    least = min(least, ratio)
    greatest = max(greatest, ratio)
    if !(0.9...1.1).contains(ratio) { outside += 1 }
    divergence += ratio - 1 - logRatio
  }

  /// The mean ratio; nil without tokens.
  var mean: Double? { count == 0 ? nil : sum / Double(count) }

  /// (sum q)^2 / (N sum q^2), the share of samples that are worth a whole one, in (0, 1]; nil without tokens.
  var effectiveShare: Double? {
    count == 0 || squares == 0 ? nil : sum * sum / (Double(count) * squares)
  }
}
