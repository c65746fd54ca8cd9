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
}
