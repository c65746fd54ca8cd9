import Foundation
import TandemTestSupport
import Testing

@testable import TandemLM

struct AdapterTests {
  /// An adapter's folder as PEFT writes it, with changes.
  private static func folder(
    _ configuration: ModelConfiguration, _ adapter: Adapter,
    targets: String = #"["v_proj","k_proj","q_proj","o_proj","down_proj","up_proj","gate_proj"]"#,
    change: (inout [SafetensorsWriter.Tensor]) -> Void = { _ in }
  ) throws -> WorkFolder {
    let folder = try WorkFolder()
    _ = try folder.write(
      #"{"peft_type":"LORA","r":\#(adapter.rank),"lora_alpha":\#(Double(adapter.scale) * Double(adapter.rank)),"target_modules":\#(targets)}"#,
      to: "adapter_config.json")
    var tensors: [SafetensorsWriter.Tensor] = []
    for (layer, pairs) in adapter.layers.enumerated() {
      for (projection, pair) in pairs {
        let module = projection.module(layer: layer)
        let shape = projection.shape(configuration)
        tensors.append(
          .init(
            name: Adapter.tensorName(module, "A"), shape: [adapter.rank, shape.inputs],
            values: pair.a))
        tensors.append(
          .init(
            name: Adapter.tensorName(module, "B"), shape: [shape.outputs, adapter.rank],
            values: pair.b))
      }
    }
    change(&tensors)
    _ = try folder.write(try SafetensorsBytes.file(tensors), to: "adapter_model.safetensors")
    return folder
  }

  @Test func readsWhatIsThere() throws {
    let configuration = TinyModel.configuration()
    let adapter = TinyModel.adapter(configuration)
    let folder = try Self.folder(configuration, adapter)
    let read = try Adapter(folder: folder.path, for: configuration)
    #expect(read.rank == 3 && read.scale == adapter.scale && read.layers == adapter.layers)
    #expect(try WeightsDigest.adapter(folder: folder.path).count == 64)
  }

  @Test func mergedAndApartGiveTheSameLogits() throws {
    for architecture in ModelConfiguration.Architecture.allCases {
      let configuration = TinyModel.configuration(architecture)
      let adapter = TinyModel.adapter(configuration)
      let tokens = (0..<20).map { Int32($0) }
      let base = try FixtureTests.logits(try TinyModel.make(configuration), tokens)
      let apart = try FixtureTests.logits(
        try TinyModel.make(configuration), adapter: adapter, tokens)
      let merged = try FixtureTests.logits(
        try TinyModel.make(configuration, merging: adapter), tokens)
      func worst(_ a: [[Float]], _ b: [[Float]]) -> Float {
        zip(a.joined(), b.joined()).map { abs($0 - $1) }.max() ?? 0
      }
      #expect(worst(apart, merged) < 1e-3, "\(architecture): \(worst(apart, merged))")
      #expect(worst(apart, base) > 0.1, "\(architecture)")
    }
  }

  @Test func aPatternTakesWhatIsThere() throws {
    let configuration = TinyModel.configuration()
    let adapter = TinyModel.adapter(configuration)
    let folder = try Self.folder(configuration, adapter, targets: #"".*q_proj""#) { tensors in
      tensors.removeAll { !$0.name.contains("q_proj") || $0.name.contains("layers.1") }
    }
    let read = try Adapter(folder: folder.path, for: configuration)
    #expect(read.layers.map { $0.keys.map(\.rawValue) } == [["q_proj"], []])
  }

  @Test func refusesWhatDoesNotFitTheModel() throws {
    let configuration = TinyModel.configuration()
    let adapter = TinyModel.adapter(configuration)
    let name = Adapter.tensorName(Projection.up.module(layer: 1), "B")
    let cases: [(String, (inout [SafetensorsWriter.Tensor]) -> Void)] = [
      ("is missing", { $0.removeAll { $0.name == name } }),
      (
        "is missing, though target_modules names its module",
        { $0.removeAll { $0.name.contains("layers.1.mlp.up_proj") } }
      ),
      (
        "has the shape",
        { tensors in
          tensors.removeAll { $0.name == name }
          tensors.append(
            .init(name: name, shape: [3, 56], values: Array(repeating: 0, count: 168)))
        }
      ),
      (
        "belongs to no matrix",
        {
          $0.append(.init(name: "base_model.model.lm_head.lora_A.weight", shape: [1], values: [0]))
        }
      ),
      (
        "belongs to no matrix",
        {
          $0.append(
            .init(
              name: Adapter.tensorName(Projection.up.module(layer: 2), "A"), shape: [1], values: [0]
            ))
        }
      ),
    ]
    for (words, change) in cases {
      let folder = try Self.folder(configuration, adapter, change: change)
      do {
        _ = try Adapter(folder: folder.path, for: configuration)
        Issue.record("an adapter that \(words) was read")
      } catch { #expect(error.description.contains(words), "\(error)") }
    }
    var deeper = configuration
    deeper.layerCount = 3
    #expect(throws: ModelError.self) {
      _ = try Decoder(
        model: try TinyModel.make(deeper), adapter: adapter, cacheBytes: 1 << 20, tokens: 8,
        threads: 1)
    }
  }
}
