import Foundation
import TandemJSON
import TandemLM
import TandemRecords
import TandemShards
import TandemTestSupport
import Testing

@testable import TandemTraining

struct TrainingJobTests {
  /// A job on a tiny model with random examples.
  private struct Bench {
    let folder: WorkFolder
    let model: TinyModel
    var options = TrainingOptions(objective: .policyGradient)
    var examples = ExampleSamples.examples(problems: 7, seed: 1)
    var threads = 1

    /// A frozen head of larger weights lets an adapter be as sure as it likes.
    init(_ architecture: ModelConfiguration.Architecture = .qwen2, largeHead: Bool = false) throws {
      folder = try WorkFolder()
      model = try TinyModel(
        architecture, tied: !largeHead, seed: 2, in: folder, headScale: largeHead ? 2 : 0.3)
      options.batch = 2
      options.tokenBudget = 24
      options.saveEvery = 3
      options.learningRate.peak = 1e-3
      options.minESS = 0
      options.adapter?.rank = 4
    }

    func job(_ name: String) throws -> TrainingJob {
      let path = try folder.write(ExampleSamples.text(examples), to: "examples.jsonl")
      let data = try TrainingData(
        files: [path],
        for: TrainingData.Purpose(
          objective: options.objective, behaviour: options.behaviour,
          usesRatios: options.usesRatios, vocabularySize: model.configuration.vocabularySize))
      return TrainingJob(
        model: model.folder, modelName: "tiny", output: folder.path(name), options: options,
        data: data, workers: Workers(threads: threads))
    }

    /// The files of a finished run.
    func run(_ name: String) throws -> FolderContent {
      let job = try job(name)
      _ = try job.run { _ in }
      return try FolderContent(of: job.output)
    }
  }

  @Test func `Two threads and computing layers again change no bit`() throws {
    var bench = try Bench()
    let expected = try bench.run("one")
    bench.threads = 2
    #expect(try bench.run("two").differences(from: expected).isEmpty)
    bench.options.recomputesLayers = true
    #expect(try bench.run("again").differences(from: expected).isEmpty)
    #expect(
      Set(expected.files.keys) == [
        "README.md", "adapter_config.json", "adapter_model.safetensors", "metrics.jsonl",
        "training.json",
      ])
  }

  @Test(arguments: [BehaviourMode.raw, .none])
  func `A run that ends at any step goes on to the same bits`(mode: BehaviourMode) throws {
    var bench = try Bench(.qwen3)
    bench.examples = ExampleSamples.examples(problems: 7, seed: 1, mode: mode)
    let expected = try bench.run("whole")
    // What stands on disk after each step is what a process that was killed leaves.
    let job = try bench.job("watched")
    var snapshots: [String] = []
    _ = try job.run { event in
      guard case .step(let metrics) = event else { return }
      let copy = bench.folder.path("killed-\(metrics.step)")
      try? FileManager.default.copyItem(atPath: job.output, toPath: copy)
      snapshots.append("killed-\(metrics.step)")
    }
    #expect(snapshots.count == 8)
    for name in snapshots {
      #expect(try bench.run(name).differences(from: expected).isEmpty, "\(name)")
    }
  }

  @Test func `A run that is interrupted keeps its state and goes on`() throws {
    let bench = try Bench()
    let expected = try bench.run("whole")
    var job = try bench.job("parts")
    for pause in [1, 4, 5] {
      var taken = 0
      #expect(throws: Interrupted.self) {
        try job.run(isCancelled: { taken == pause }) { event in
          if case .step = event { taken += 1 }
        }
      }
      job = try bench.job("parts")
      if taken + pause > 6 { break }
    }
    #expect(try bench.run("parts").differences(from: expected).isEmpty)
  }

  @Test func `A finished run has nothing left to do, and another is refused by name`() throws {
    var bench = try Bench()
    _ = try bench.run("out")
    #expect(try bench.job("out").run { _ in }.wasDone)
    bench.options.learningRate.peak = 5e-4
    let error = try #require(throws: TrainingError.self) { try bench.job("out").run { _ in } }
    #expect(error.message.contains("learning rate was 0.001 and is now 0.0005"))
  }

  @Test func `A checkpoint of other data, base or options is refused by name`() throws {
    let bench = try Bench()
    var taken = 0
    #expect(throws: Interrupted.self) {
      try bench.job("out").run(isCancelled: { taken == 2 }) { if case .step = $0 { taken += 1 } }
    }
    func refusal(_ change: (inout Bench) throws -> Void) throws -> String {
      var other = bench
      try change(&other)
      return try #require(throws: TrainingError.self) { try other.job("out").run { _ in } }.message
    }
    #expect(
      try refusal { $0.examples[3].advantage = 9 }.hasPrefix("is of another run: data was"))
    #expect(try refusal { $0.options.seed = 5 }.contains("seed was 0 and is now 5"))
    #expect(try refusal { $0.options.adapter?.rank = 5 }.contains("trained was rank 4"))
    let config = bench.model.folder + "/config.json"
    let text = try String(contentsOfFile: config, encoding: .utf8)
    try AtomicFile.write(text + "\n", to: config)
    #expect(try refusal { _ in }.contains("base model was"))
  }

  @Test func `Epochs take every problem once, the last step what is left`() throws {
    let plan = UpdatePlan(problems: 7, batch: 3, seed: 4)
    #expect(plan.stepsPerEpoch == 3)
    for epoch in 0..<3 {
      let order = plan.order(ofEpoch: epoch)
      let taken = (0..<3).flatMap { plan.places(at: epoch * 3 + $0).map { order[$0] } }
      #expect(taken.sorted() == Array(0..<7))
    }
    #expect(plan.order(ofEpoch: 0) != plan.order(ofEpoch: 1))
  }

  @Test func `Fine-tuning learns eight texts by heart`() throws {
    var bench = try Bench(.llama, largeHead: true)
    bench.examples = ExampleSamples.examples(problems: 8, traces: 1, seed: 3)
    for index in bench.examples.indices {
      bench.examples[index].weight = 1
      // The first token tells them apart.
      bench.examples[index].promptIDs = [Int32(index)]
    }
    bench.options = TrainingOptions(objective: .sft)
    bench.options.adapter = AdapterPlan(rank: 16, alpha: 64)
    bench.options.learningRate = LearningRate(peak: 0.01)
    bench.options.steps = 150
    bench.options.batch = 8
    bench.options.tokenBudget = 1000
    let job = try bench.job("out")
    _ = try job.run { _ in }
    var learned = job
    learned.initialAdapter = job.output
    let decoder = try learned.makeDecoder()
    let pass = LogprobPass(decoder: decoder, data: job.data, tokenBudget: job.options.tokenBudget)
    let logprobs = pass(usesAdapter: true, try decoder.workspace(job.workspaceSize()))
    let least = logprobs.joined().min() ?? -.infinity
    #expect(least.exponential > 0.99)
  }

  @Test func `Policy gradient finds the better of many arms`() throws {
    var bench = try Bench(largeHead: true)
    bench.options.loss = .reinforce
    bench.options.learningRate = LearningRate(peak: 0.03, shape: .constant, warmup: 0)
    bench.options.steps = 60
    bench.options.batch = 1
    bench.options.tokenBudget = 1000
    // Every arm is tried once a step, so that reward minus mean is its advantage.
    let best: Int32 = 5
    bench.examples = (0..<24).map { (arm: Int32) in
      var example = ExampleSamples.examples(problems: 1, traces: 1, seed: 1)[0]
      example.id = "e-\(arm)"
      example.promptIDs = [1]
      example.completionIDs = [arm]
      example.behaviourLogprobsE4 = [-30_000]
      example.advantage = arm == best ? 23.0 / 24 : -1.0 / 24
      return example
    }
    let job = try bench.job("out")
    _ = try job.run { _ in }
    var learned = job
    learned.initialAdapter = job.output
    let decoder = try learned.makeDecoder()
    let pass = LogprobPass(decoder: decoder, data: job.data, tokenBudget: job.options.tokenBudget)
    let logprobs = pass(usesAdapter: true, try decoder.workspace(job.workspaceSize()))
    #expect(logprobs[Int(best)][0].exponential > 0.95)
  }

  @Test func `Loss that is not finite stops, names the example and keeps the checkpoint`() throws {
    var bench = try Bench()
    bench.examples[5].advantage = 1e300
    bench.examples[5].weight = 1e300
    let error = try #require(throws: TrainingError.self) { try bench.job("out").run { _ in } }
    #expect(error.message.contains("example e-1-2"))
  }

  @Test func `Stale traces warn once, then stop`() throws {
    var bench = try Bench()
    bench.options.minESS = 0.99
    var warnings: [TrainingWarning] = []
    let error = try #require(throws: TrainingError.self) {
      try bench.job("out").run { if case .warning(let warning) = $0 { warnings.append(warning) } }
    }
    #expect(error.message.contains("step 2: the effective sample size"))
    #expect(
      warnings.contains { if case .stale = $0 { true } else { false } }
        && warnings.contains { if case .mismatch = $0 { true } else { false } })
  }

  @Test func `All advantages zero is said`() throws {
    var bench = try Bench()
    for index in bench.examples.indices { bench.examples[index].advantage = 0 }
    var warnings: [TrainingWarning] = []
    _ = try bench.job("out").run { if case .warning(let warning) = $0 { warnings.append(warning) } }
    #expect(warnings.contains(.noSignal(examples: 21)))
  }
}
