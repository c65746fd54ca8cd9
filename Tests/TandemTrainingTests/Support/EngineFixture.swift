import TandemJSON
import TandemLM
import TandemTestSupport

@testable import TandemTraining

/// A model of `../shared/fixtures/engine` with its reference numbers; its README says how they were made.
struct EngineFixture {
  static let names = [
    "qwen2-tied-f32", "qwen2-untied-bf16-sharded", "qwen3-tied-bf16", "qwen3-untied-f32-sharded",
    "llama-untied-f32", "llama-rope3-tied-bf16",
  ]

  let folder: String
  let configuration: ModelConfiguration
  let checkpoint: Checkpoint
  let batch: Batch

  init(_ name: String) throws {
    folder = SharedData.path + "/fixtures/engine/" + name
    configuration = try ModelConfiguration(folder: folder + "/model")
    checkpoint = try Checkpoint(folder: folder + "/model")
    batch = try Batch(JSONValue(reading: folder + "/batch.json"))
  }

  /// Nine sequences and what is known of them.
  struct Batch {
    let tokens: [[Int32]]
    let mask: [[Int]]
    let advantages: [Double]
    let behaviour: [[Float]]
    let reference: [[Float]]
    /// Losses and gradient norms before the steps, by the loss's name.
    let results: [String: (losses: [Double], norms: [Double])]

    init(_ json: JSONValue) throws {
      tokens = json["tokens"].rows.map { $0.map { Int32($0) } }
      mask = json["loss_mask"].rows.map { $0.map { Int($0) } }
      advantages = json["advantages"].numbers
      behaviour = json["behaviour_logprobs"].rows.map { $0.map { Float($0) } }
      reference = json["reference_logprobs"].rows.map { $0.map { Float($0) } }
      var results: [String: ([Double], [Double])] = [:]
      for member in json["results"]?.object?.members ?? [] {
        let steps = member.value["steps"]?.array ?? []
        results[member.key] = (
          steps.compactMap { $0["loss"]?.double }, steps.compactMap { $0["grad_norm"]?.double }
        )
      }
      self.results = results
    }

    /// The sequences, with all tokens or those of the mask.
    func sequences(masked: Bool = true) -> [TrainingSequence] {
      tokens.indices.map { index in
        let scored = (1..<tokens[index].count).filter { !masked || mask[index][$0] == 1 }
        return TrainingSequence(
          id: "\(index)", problem: "\(index / 3)", tokens: tokens[index], scored: scored,
          behaviour: scored.map { behaviour.isEmpty ? 0 : behaviour[index][$0] },
          advantage: advantages[index])
      }
    }
  }
}

extension JSONValue {
  /// The value in a file.
  init(reading path: String) throws {
    let file = try MappedFile(path)
    self = try file.withBytes { bytes throws(JSONError) in
      var parser = try JSONParser(maxDepth: 32)
      return try parser.parse(bytes)
    }
  }

  subscript(_ key: String) -> JSONValue? { object?[key] }
}

extension JSONValue? {
  var numbers: [Double] { self?.array?.compactMap(\.double) ?? [] }
  var rows: [[Double]] { self?.array?.map { Optional($0).numbers } ?? [] }
}
