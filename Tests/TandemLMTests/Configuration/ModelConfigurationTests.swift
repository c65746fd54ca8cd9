import Foundation
import TandemJSON
import TandemTestSupport
import Testing

@testable import TandemLM

struct ModelConfigurationTests {
  private static let base: JSONObject = JSONObject([
    .init(key: "model_type", value: "llama"), .init(key: "vocab_size", value: 512),
    .init(key: "hidden_size", value: 64), .init(key: "intermediate_size", value: 96),
    .init(key: "num_hidden_layers", value: 2), .init(key: "num_attention_heads", value: 4),
    .init(key: "num_key_value_heads", value: 2),
    .init(key: "rms_norm_eps", value: .number("1e-05")),
  ])

  private static func read(_ changes: [(String, JSONValue?)]) throws -> ModelConfiguration {
    var object = base
    for (key, value) in changes { object[key] = value }
    return try ModelConfiguration(ConfigurationFields(object, file: "config.json"))
  }

  @Test func readsWhatIsThere() throws {
    let configuration = try Self.read([
      ("eos_token_id", [511, 510, 511]), ("bos_token_id", 509), ("tie_word_embeddings", true),
      ("attention_bias", true), ("mlp_bias", true), ("max_position_embeddings", 8192),
    ])
    #expect(configuration.architecture == .llama)
    #expect(configuration.headSize == 16)
    #expect(configuration.normEpsilon == 1e-5)
    #expect(configuration.endIDs == [511, 510] && configuration.beginID == 509)
    #expect(configuration.tiedEmbeddings && configuration.queryBias && configuration.outputBias)
    #expect(configuration.feedForwardBias && !configuration.queryNorm)
    #expect(configuration.maximumPositions == 8192 && configuration.rotaryTheta == 10_000)
    #expect(configuration.cacheBytesPerToken == 2 * 4 * 2 * 2 * 16)
  }

  @Test func familiesDiffer() throws {
    let qwen2 = try Self.read([("model_type", "qwen2"), ("attention_bias", true)])
    #expect(qwen2.queryBias && !qwen2.outputBias && !qwen2.queryNorm)
    let qwen3 = try Self.read([("model_type", "qwen3")])
    #expect(!qwen3.queryBias && qwen3.queryNorm && qwen3.headSize == 128)
    let alone = try Self.read([("num_key_value_heads", .null)])
    #expect(alone.keyValueHeadCount == 4)
  }

  @Test func endIDsComeFromBothFiles() throws {
    let folder = try WorkFolder()
    var object = Self.base
    object["eos_token_id"] = 7
    _ = try folder.write(JSONValue.object(object).json, to: "config.json")
    #expect(try ModelConfiguration(folder: folder.path).endIDs == [7])
    _ = try folder.write(#"{"eos_token_id": [9, 7]}"#, to: "generation_config.json")
    #expect(try ModelConfiguration(folder: folder.path).endIDs == [7, 9])
    _ = try folder.write(#"{"eos_token_id": 512}"#, to: "generation_config.json")
    #expect(throws: ModelError.self) { try ModelConfiguration(folder: folder.path) }
  }

  @Test func slidingWindowsMatterOnlyWhereUsed() throws {
    let window: [(String, JSONValue?)] = [
      ("model_type", "qwen2"), ("sliding_window", 128), ("max_position_embeddings", 4096),
    ]
    _ = try Self.read(window + [("use_sliding_window", false)])
    _ = try Self.read(window + [("use_sliding_window", true), ("max_window_layers", 2)])
    _ = try Self.read(
      window + [
        ("use_sliding_window", true), ("layer_types", ["full_attention", "full_attention"]),
      ])
    _ = try Self.read(
      window + [
        ("use_sliding_window", true), ("max_window_layers", 0), ("max_position_embeddings", 128),
      ])
    for used in [
      ("max_window_layers", 1 as JSONValue),
      ("layer_types", ["full_attention", "sliding_attention"]),
    ] {
      do {
        _ = try Self.read(window + [("use_sliding_window", true), used])
        Issue.record("\(used.0) was read")
      } catch let error as ModelError {
        #expect(error.description.contains("use_sliding_window"))
      }
    }
  }

  @Test(
    arguments: [
      ("model_type", "gpt2"), ("model_type", nil), ("model_type", 3), ("vocab_size", nil),
      ("vocab_size", 0), ("vocab_size", -1), ("vocab_size", .number("1e300")),
      ("vocab_size", .number("99999999999999999999")), ("vocab_size", "512"),
      ("hidden_size", 1_099_511_627_776), ("hidden_size", .number("64.5")), ("hidden_size", 66),
      ("intermediate_size", 0), ("num_hidden_layers", 1_073_741_824), ("num_attention_heads", 0),
      ("num_attention_heads", 3), ("num_key_value_heads", 3), ("num_key_value_heads", 0),
      ("head_dim", 15), ("head_dim", 1_048_576), ("rms_norm_eps", 0), ("rms_norm_eps", "x"),
      ("rms_norm_eps", -1), ("tie_word_embeddings", 1), ("eos_token_id", 512),
      ("eos_token_id", [1, -2]), ("eos_token_id", ["</s>"]), ("hidden_act", "gelu"),
      ("quantization_config", ["quant_method": "gptq"]), ("attention_bias", "no"),
      ("architectures", ["LlamaForSequenceClassification"]), ("max_position_embeddings", 0),
    ] as [(String, JSONValue?)])
  func refuses(_ field: String, _ value: JSONValue?) throws {
    do {
      _ = try Self.read([(field, value)])
      Issue.record("\(field) \(value?.json ?? "absent") was read")
    } catch let error as ModelError {
      #expect(error.description.hasPrefix("config.json: "), "\(error)")
      #expect(!error.description.contains("\n"))
    }
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func fixturesAreRead() throws {
    for name in EngineFixture.names {
      let configuration = try ModelConfiguration(folder: EngineFixture.folder(name) + "/model")
      #expect(configuration.vocabularySize == 512, "\(name)")
    }
  }

  @Test func flippedBytesNeverTrap() throws {
    let text = Array(
      #"{"model_type":"llama","vocab_size":512,"hidden_size":64,"intermediate_size":96,"num_hidden_layers":2,"num_attention_heads":4,"num_key_value_heads":2,"rope_scaling":{"rope_type":"yarn","factor":4.0,"original_max_position_embeddings":1024},"eos_token_id":[1,2]}"#
        .utf8)
    for seed in 0..<2000 {
      var random = SeededGenerator(seed)
      var bytes = text
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
          in: 32...126, using: &random)
      }
      guard let object = try? JSONValue(parsing: bytes).object else { continue }
      let configuration = try? ModelConfiguration(ConfigurationFields(object, file: "config.json"))
      if let configuration {
        _ = configuration.rotaryScaling.inverseFrequencies(
          theta: configuration.rotaryTheta, headSize: configuration.headSize)
      }
    }
  }
}
