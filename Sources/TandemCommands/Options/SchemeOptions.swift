internal import ArgumentParser
internal import TandemMethod
internal import TandemRecords

/// The terms of a reward and their weights: a preset, and what departs from it.
struct SchemeOptions: ParsableArguments {
  @Option(help: "The formulas: tandem, or core-paper for the published ones.")
  var preset: RewardPreset = .tandem

  @Option(help: "The epoch of core-paper's schedules: the pipeline round of these traces.")
  var epoch: Int = 1

  @Option(
    name: .customLong("weight"),
    help: ArgumentHelp(
      "The weight of a term; can be given several times.",
      discussion: "Terms: \(RewardTerms.all.map(\.name).joined(separator: ", ")).",
      valueName: "term=value"))
  var weights: [TermWeight] = []

  @Option(help: "What the overlap of a wrong answer with the gold answer earns, 0 to below 1.")
  var alpha: Double?

  @Option(help: "The formula of the exploration term: log-det or max-min.")
  var exploration: RewardScheme.Exploration?

  @Flag(inversion: .prefixedNo, help: "Let wrong traces earn nothing for being different.")
  var diversityGate: Bool?

  @Option(help: "The correctness that a partner must reach to count in the cross-model term.")
  var partnerGate: Double?

  @Option(help: "Tokens beyond which a trace is too long, for the term `length`.")
  var lengthLimit: Int?

  /// The scheme that the options describe.
  var scheme: RewardScheme {
    var scheme = RewardScheme(preset, epoch: epoch)
    for weight in weights { scheme.weights[keyPath: weight.path] = weight.value }
    if let alpha { scheme.alpha = alpha }
    if let exploration { scheme.exploration = exploration }
    if let diversityGate { scheme.isDiversityGated = diversityGate }
    if let partnerGate { scheme.partnerGate = partnerGate }
    if let lengthLimit { scheme.lengthLimit = lengthLimit }
    return scheme
  }

  func validate() throws {
    guard epoch >= 1 else { throw ValidationError("--epoch must be at least 1.") }
    guard alpha.map({ (0..<1).contains($0) }) ?? true else {
      throw ValidationError("--alpha must be 0 or more and below 1.")
    }
    guard partnerGate.map({ (0...2).contains($0) }) ?? true else {
      throw ValidationError("--partner-gate must be 0 to 2.")
    }
    guard lengthLimit.map({ (1...1 << 30).contains($0) }) ?? true else {
      throw ValidationError("--length-limit must be 1 or more.")
    }
    guard Set(weights.map(\.name)).count == weights.count else {
      throw ValidationError("--weight names a term twice.")
    }
  }
}

/// A term with its weight, as `term=value`.
struct TermWeight: ExpressibleByArgument {
  let name: String
  let path: any WritableKeyPath<RewardTerms, Double> & Sendable
  let value: Double

  /// Beyond this a weight is a slip, and sums would lose digits.
  private static let limit = 1000.0

  init?(argument: String) {
    let halves = argument.split(separator: "=", maxSplits: 1)
    guard halves.count == 2, let value = Double(halves[1]), abs(value) <= Self.limit,
      let term = RewardTerms.all.first(where: { $0.name == halves[0] })
    else { return nil }
    (name, path, self.value) = (term.name, term.path, value)
  }
}

extension RewardPreset: ExpressibleByArgument {}
extension RewardScheme.Exploration: ExpressibleByArgument {}
