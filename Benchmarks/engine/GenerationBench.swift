import Glibc
import TandemLM
import TandemMath

/// Tokens a second of processor time of a whole model, one thread: a prompt of 512, then decoding of 1 and of 16 samples.
///
/// Loading is left out. One JSON object a line, for `generating/compare.py`.
struct GenerationBench {
  let folder: String
  let weights: Model.Weights
  let precision: Precision

  func run() throws {
    let model = try Model(folder: folder, weights: weights, precision: precision, threads: 1)
    let size = model.configuration.vocabularySize
    let prompt = (0..<512).map { Int32($0 * 7919 % size) }
    var scorer = try Scorer(
      model: model, cacheBytes: 64 << 20, tokensPerStep: prompt.count, threads: 1)
    _ = try scorer.score(prompt, from: 511)
    report(
      "prompt", tokens: prompt.count,
      seconds: try Self.seconds { _ = try scorer.score(prompt, from: 511) })
    for batch in [1, 16] {
      let length = 32
      var generator = try Generator(
        model: model,
        options: GeneratorOptions(
          maximumBatch: batch, tokensPerStep: 256, cacheBytes: 300 << 20, threads: 1))
      let request = GenerationRequest(
        id: 0, prompt: Array(prompt.prefix(32)), sampling: .greedy, seeds: Array(0..<batch),
        stopIDs: [], maximumTokens: length)
      let seconds = try Self.seconds { _ = try generator.generate([request]) }
      report("decode \(batch)", tokens: batch * length, seconds: seconds)
    }
  }

  private func report(_ name: String, tokens: Int, seconds: Double) {
    print(
      #"{"name": "\#(name)", "tokens_per_cpu_second": \#(rounded(Double(tokens) / seconds))}"#)
  }

  /// The processor time that some work takes.
  private static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = clock()
    try work()
    return Double(clock() - start) / Double(CLOCKS_PER_SEC)
  }
}
