internal import ArgumentParser
internal import TandemRecords
internal import TandemStages

/// Samples the cold round.
struct ColdCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cold",
    abstract: "Sample every model's own traces of every problem.",
    discussion: """
      Every model of the team writes -k traces of each problem, on this machine's processor. Every \
      token is kept with its logarithm of probability, under the full softmax and under the \
      distribution that sampled. What a trace holds depends on its seed alone, which follows from \
      --seed, problem, model and sample: not on threads, --batch or what else is sampled.

        tandem cold run --model a=models/qwen-a --model b=models/qwen-b -k 2
        tandem cold run --model models/qwen-a --adapter qwen-a=run/adapters/qwen-a

      A sample is in the rollout cache as soon as it ends. Interrupted, the same command goes on; a \
      larger -k or more problems compute only what is new. Several processes may share a cache.
      """)

  @OptionGroup var target: RunArgument

  @Option(
    name: [.customShort("k"), .customLong("samples")],
    help: "How many traces of each model and problem.")
  var samples: Int = 2

  @OptionGroup var sampling: SamplingArguments
  @OptionGroup var work: WorkOptions

  func validate() throws {
    guard (1...100_000).contains(samples) else { throw ValidationError("-k must be 1 to 100000.") }
  }

  func run() throws {
    let options = try sampling.options(samples: samples)
    try SamplingRun(
      round: .cold, run: target.folder, options: options, sampling: sampling, work: work)()
  }
}
