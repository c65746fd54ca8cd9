import Foundation
import Synchronization
import TandemTestSupport
import Testing

@testable import TandemLM

struct ModelTests {
  /// A folder with a tiny model in one file, its tensors changed.
  private static func folder(
    type: TensorType = .f32, change: (inout [SafetensorsWriter.Tensor]) -> Void = { _ in }
  ) throws -> WorkFolder {
    let configuration = TinyModel.configuration()
    let recorder = Recorder(RandomWeights(type: type))
    _ = try Model(configuration, from: recorder)
    var tensors = recorder.wanted.withLock { $0 }.map { wanted in
      SafetensorsWriter.Tensor(
        name: wanted.name, type: type, shape: wanted.shape,
        bytes: RandomWeights(type: type).bytes(wanted))
    }
    change(&tensors)
    let folder = try WorkFolder()
    _ = try folder.write(try SafetensorsBytes.file(tensors), to: "model.safetensors")
    _ = try folder.write(
      #"""
      {"model_type":"qwen2","vocab_size":97,"hidden_size":40,"intermediate_size":56,"head_dim":12,
      "num_hidden_layers":2,"num_attention_heads":6,"num_key_value_heads":2,"tie_word_embeddings":true}
      """#, to: "config.json")
    return folder
  }

  @Test func foldersAndSourcesGiveTheSameModel() throws {
    let tokens: [Int32] = [1, 2, 3, 96]
    for type in [TensorType.f32, .bf16, .f16] {
      let folder = try Self.folder(type: type)
      let model = try Model(folder: folder.path)
      let sizes = try Checkpoint(folder: folder.path).files.flatMap(\.entries).map(\.elementCount)
      #expect(model.configuration.parameterCount == sizes.reduce(0, +))
      #expect(
        try FixtureTests.logits(model, tokens)
          == FixtureTests.logits(try TinyModel.make(type: type), tokens), "\(type)")
    }
  }

  @Test func kindsOfWeightsAreNear() throws {
    let tokens = (0..<30).map { Int32($0) }
    let exact = try FixtureTests.logits(try TinyModel.make(), tokens).joined().map { $0 }
    let scale = exact.map(abs).max() ?? 1
    for (weights, bound) in [(Model.Weights.float32, 0), (.bfloat16, 0.03), (.int8, 0.08)] {
      let model = try TinyModel.make(weights: weights)
      let logits = try FixtureTests.logits(model, tokens).joined().map { $0 }
      let worst = zip(exact, logits).map { abs($0 - $1) }.max() ?? 0
      #expect(worst <= Float(bound) * scale, "\(weights): \(worst) of \(scale)")
    }
  }

  @Test func wrongTensorsAreNamed() throws {
    let name = "model.layers.1.mlp.down_proj.weight"
    let cases: [(String, (inout [SafetensorsWriter.Tensor]) -> Void)] = [
      ("tensor `\(name)` is missing", { $0.removeAll { $0.name == name } }),
      (
        "tensor `\(name)` has the shape [56, 40]; the configuration asks for [40, 56]",
        { tensors in
          for index in tensors.indices where tensors[index].name == name {
            tensors[index].shape.reverse()
          }
        }
      ),
      (
        "tensor `\(name)` is stored as U32",
        { tensors in
          for index in tensors.indices where tensors[index].name == name {
            tensors[index].type = .u32
          }
        }
      ),
      (
        "tensor `model.layers.0.self_attn.q_proj.bias` is missing",
        { $0.removeAll { $0.name == "model.layers.0.self_attn.q_proj.bias" } }
      ),
    ]
    for (words, change) in cases {
      let folder = try Self.folder(change: change)
      do {
        _ = try Model(folder: folder.path)
        Issue.record("a model was read: \(words)")
      } catch let error as ModelError {
        #expect(error.description.contains(words), "\(error)")
        #expect(error.file == folder.path("model.safetensors"))
      }
    }
  }
}
