internal import ArgumentParser
internal import Foundation
internal import TandemLM
internal import TandemMath

/// Which model computes, and how.
struct ModelOptionGroup: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A folder with config.json and safetensors files, of the families Qwen2, Qwen3 or Llama.",
      valueName: "dir"))
  var model: String

  @Option(help: ArgumentHelp("A LoRA adapter's folder, as PEFT writes it.", valueName: "dir"))
  var adapter: String?

  @Flag(help: "Add the adapter to the weights once, instead of computing it beside them.")
  var merge = false

  @Option(
    help: "How weights are kept: as stored, or rounded; int8 is the smallest and least exact.")
  var weights: Model.Weights = .stored

  @Option(
    help: ArgumentHelp(
      "What activations are multiplied as; bfloat16 is about twice as fast and less exact.",
      discussion: "bfloat16 needs weights in bfloat16."))
  var products: Products = .float32

  @Option(
    help: ArgumentHelp(
      "How many threads work at once.",
      discussion: "The default is one a core. The output does not depend on it."))
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  /// The kinds of products.
  enum Products: String, CaseIterable, ExpressibleByArgument {
    case float32, bfloat16
  }

  func validate() throws {
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1.") }
    guard !merge || adapter != nil else { throw ValidationError("--merge needs --adapter.") }
  }

  /// Loads the model, with the adapter merged or apart.
  func load() throws -> (model: Model, adapter: Adapter?) {
    let adapter = try self.adapter.map {
      try Adapter(folder: $0, for: ModelConfiguration(folder: model))
    }
    let loaded = try Model(
      folder: model, weights: weights, precision: products == .float32 ? .float32 : .bfloat16,
      merging: merge ? adapter : nil, threads: threads)
    return (loaded, merge ? nil : adapter)
  }
}

extension Model.Weights: ExpressibleByArgument {}
