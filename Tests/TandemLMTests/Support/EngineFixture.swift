import Foundation
import TandemJSON
import TandemTestSupport
import Testing

@testable import TandemLM

/// The reference models beside the package, with what transformers computes from them.
enum EngineFixture {
  static let root = SharedData.path + "/fixtures/engine"
  static let isPresent = FileManager.default.fileExists(atPath: root + "/meta.json")
  static let absence: Comment =
    "../shared/fixtures/engine is absent: this test needs the reference models beside the package"
  static let names = [
    "qwen2-tied-f32", "qwen2-untied-bf16-sharded", "qwen3-tied-bf16", "qwen3-untied-f32-sharded",
    "llama-untied-f32", "llama-rope3-tied-bf16",
  ]

  static func folder(_ name: String) -> String { root + "/" + name }

  static func model(_ name: String, merging adapter: Adapter? = nil) throws -> Model {
    try Model(folder: folder(name) + "/model", merging: adapter)
  }

  static func adapter(_ name: String) throws -> Adapter {
    try Adapter(
      folder: folder(name) + "/adapter",
      for: ModelConfiguration(folder: folder(name) + "/model"))
  }

  /// One entry of `forward.json`.
  struct Forward {
    var tokens: [Int32]
    var logprobs: [Double]
    var coldLogprobs: [Double]
    var entropy: [Double]
    var greedy: [Int32]
    var greedyLogprobs: [Double]
    var adapterLogprobs: [Double]
    var adapterGreedy: [Int32]

    init(_ object: JSONObject) throws {
      func numbers(_ name: String) throws -> [Double] {
        try #require(object[name]?.array, "\(name)").compactMap(\.double)
      }
      tokens = try numbers("tokens").map { Int32($0) }
      logprobs = try numbers("logprobs_t1.0")
      coldLogprobs = try numbers("logprobs_t0.7")
      entropy = try numbers("entropy_t1.0")
      greedy = try numbers("greedy").map { Int32($0) }
      greedyLogprobs = try numbers("greedy_logprobs")
      adapterLogprobs = try numbers("adapter_logprobs_t1.0")
      adapterGreedy = try numbers("adapter_greedy").map { Int32($0) }
    }
  }

  static func forwards(_ name: String) throws -> [Forward] {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder(name) + "/forward.json"))
    let entries = try #require(try JSONValue(parsing: Array(bytes)).array)
    return try entries.map { try Forward(try #require($0.object)) }
  }

  static func references(_ name: String) throws -> SafetensorsFile {
    try SafetensorsFile(folder(name) + "/forward.safetensors")
  }
}
