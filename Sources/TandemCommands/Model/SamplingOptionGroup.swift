internal import ArgumentParser
internal import TandemLM

/// How tokens are drawn.
struct SamplingOptionGroup: ParsableArguments {
  @Option(help: "What logits are divided by; 0 takes the most probable token.")
  var temperature = 0.7

  @Option(help: "Keep only so many of the most probable tokens; 0 keeps all.")
  var topK = 0

  @Option(help: "Keep only the most probable tokens that hold this share together.")
  var topP = 0.9

  @Option(help: "Keep only tokens with at least this share of the most probable one's probability.")
  var minP = 0.0

  @Option(help: "Make tokens that occurred less probable, above 1.")
  var repetitionPenalty = 1.0

  @Option(help: "The seed of the draws.")
  var seed = 1

  /// The parameters, which the engine checks.
  var parameters: SamplingParameters {
    SamplingParameters(
      temperature: temperature, topK: topK, topP: topP, minP: minP,
      repetitionPenalty: repetitionPenalty)
  }
}
