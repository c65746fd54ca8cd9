package import TandemJSON
package import TandemLM
package import TandemMath
package import TandemPrompts
internal import TandemRecords
internal import TandemTokenizer

/// A checkpoint on this machine's processor.
///
/// Its folder's digests are taken at once; the weights are read when there is something to sample, and held no longer.
package struct EmbeddedEngine: Engine {
  /// How the engine works.
  package struct Options: Hashable, Sendable {
    /// How weights are kept; a loss of bits is another engine to the cache.
    package var weights = Model.Weights.stored
    /// What activations are multiplied as; another one is another engine too.
    package var precision = Precision.float32
    /// Samples that grow at the same time.
    package var batch = 16
    package var threads = 1

    package init() {}
  }

  package let identity: EngineIdentity
  package let stopTokenIDs: [Int32]
  let folder: String
  let adapterFolder: String?
  let configuration: ModelConfiguration
  let options: Options
  private let prompts: PromptEncoder
  private let files: [DigestedFiles]

  /// Opens a model's folder, with an adapter's.
  ///
  /// - Parameter memory: remembers digests, so that gigabytes are not read at every start.
  /// - Throws: `ModelError`, `TokenizerError` or ``RolloutError`` that names the file.
  package init(
    folder: String, adapter: String? = nil, format: PromptFormat = .automatic,
    options: Options = Options(), memory: (any DigestedFiles.Memory)? = nil
  ) throws {
    self.folder = folder
    self.options = options
    adapterFolder = adapter
    configuration = try ModelConfiguration(folder: folder)
    prompts = try PromptEncoder(
      try Tokenizer(folder: folder), folder: folder, format: format)
    let model = try DigestedFiles(folder, names: try Self.modelFiles(folder), memory: memory)
    let words = try DigestedFiles(folder, names: Self.tokenizerFiles(folder), memory: memory)
    // Read once here, so that a wrong one is found before anything is sampled.
    if let adapter { _ = try Adapter(folder: adapter, for: configuration) }
    let change = try adapter.map {
      try DigestedFiles($0, names: Self.adapterFiles, memory: memory)
    }
    files = [model, words] + (change.map { [$0] } ?? [])
    identity = EngineIdentity(
      engine: Self.name(options), model: model.digest, adapter: change?.digest,
      tokenizer: words.digest)
    let ends = [prompts.tokenizer.eosID, prompts.stopID]
    let size = configuration.vocabularySize
    stopTokenIDs = Set(configuration.endIDs + ends.compactMap { $0 })
      .filter { $0 >= 0 && Int($0) < size }.sorted()
  }

  var tokenizer: Tokenizer { prompts.tokenizer }

  package func confirmIdentity() throws {
    for files in files { try files.confirm() }
  }

  package func sample(_ queue: some RolloutQueue) throws {
    var run = try EmbeddedRun(self, queue: queue)
    try run()
  }

  /// Raised whenever samples change though the request does not.
  private static let version = 1

  private static func name(_ options: Options) -> String {
    "embedded/\(version)" + (options.weights == .stored ? "" : "+\(options.weights.rawValue)")
      + (options.precision == .float32 ? "" : "+bfloat16-products")
  }
}

// MARK: - Prompts

extension EmbeddedEngine {
  package func prompt(_ text: String) throws -> RolloutPrompt {
    let prompt = prompts.prompt(of: text)
    return RolloutPrompt(text: prompt.text, ids: prompt.ids)
  }

  package var promptFormat: JSONValue {
    guard let format = prompts.chat else { return "text" }
    if let named = ChatFormat.named.first(where: { $0.format == format }) {
      return .string(named.name)
    }
    if case .chatML(let system?) = format { return ["chatml": .string(system)] }
    return "other"
  }
}

// MARK: - Files

extension EmbeddedEngine {
  private static let adapterFiles = ["adapter_config.json", "adapter_model.safetensors"]

  /// The configuration, the files of weights, and the index where it says which these are.
  private static func modelFiles(_ folder: String) throws -> [String] {
    let weights = try Checkpoint(folder: folder).files.map {
      String($0.path.dropFirst(folder.count + 1))
    }
    let index = weights == ["model.safetensors"] ? [] : ["model.safetensors.index.json"]
    return ["config.json"] + index + weights
  }

  private static func tokenizerFiles(_ folder: String) -> [String] {
    let isWhole = FileStamp("\(folder)/tokenizer.json") != nil
    let names = isWhole ? ["tokenizer.json"] : ["vocab.json", "merges.txt"]
    return (names + ["tokenizer_config.json"]).filter { FileStamp("\(folder)/\($0)") != nil }
  }
}
