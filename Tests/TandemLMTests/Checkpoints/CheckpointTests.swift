import Foundation
import TandemTestSupport
import Testing

@testable import TandemLM

struct CheckpointTests {
  private static func tensor(_ name: String, _ value: Float = 1) -> SafetensorsWriter.Tensor {
    .init(name: name, shape: [1], values: [value])
  }

  private static func shards(_ map: String) throws -> WorkFolder {
    let folder = try WorkFolder()
    _ = try folder.write(try SafetensorsBytes.file([tensor("a")]), to: "m-1.safetensors")
    _ = try folder.write(try SafetensorsBytes.file([tensor("b", 2)]), to: "m-2.safetensors")
    _ = try folder.write(#"{"weight_map": \#(map)}"#, to: "model.safetensors.index.json")
    return folder
  }

  @Test func readsShards() throws {
    let folder = try Self.shards(#"{"b": "m-2.safetensors", "a": "m-1.safetensors"}"#)
    let checkpoint = try Checkpoint(folder: folder.path)
    #expect(checkpoint.names == ["a", "b"] && checkpoint.files.count == 2)
    let (file, entry) = try #require(checkpoint.tensor("b"))
    #expect(file.path.hasSuffix("m-2.safetensors") && entry.name == "b")
    #expect(checkpoint.tensor("c") == nil)
  }

  @Test func theSingleFileGoesFirst() throws {
    let folder = try Self.shards(#"{"a": "m-1.safetensors"}"#)
    _ = try folder.write(try SafetensorsBytes.file([Self.tensor("c")]), to: "model.safetensors")
    #expect(try Checkpoint(folder: folder.path).names == ["c"])
  }

  @Test(arguments: [
    (#"{"a": "../m-1.safetensors"}"#, "plain file name"),
    (#"{"a": "/etc/passwd"}"#, "plain file name"),
    (#"{"a": "..\\m-1.safetensors"}"#, "plain file name"),
    (#"{"a": ".safetensors"}"#, "plain file name"), (#"{"a": ""}"#, "plain file name"),
    (#"{"a": 1}"#, "plain file name"), (#"{"a": null}"#, "plain file name"), ("[]", "weight_map"),
    ("null", "weight_map"), (#"{"a": "m-3.safetensors"}"#, "m-3.safetensors: cannot open"),
    (#"{"x": "m-1.safetensors"}"#, "m-1.safetensors: tensor `x` is missing"),
    (#"{"a": "m-1.safetensors", "a": "m-1.safetensors"}"#, "`a` twice"),
    (#"{"a": "m-1.safetensors"#, "is not JSON"),
  ])
  func refuses(_ map: String, _ words: String) throws {
    let folder = try Self.shards(map)
    do {
      _ = try Checkpoint(folder: folder.path)
      Issue.record("\(map) was read")
    } catch { #expect(error.description.contains(words), "\(error)") }
  }

  @Test func emptyFoldersAreNamed() throws {
    let folder = try WorkFolder()
    do {
      _ = try Checkpoint(folder: folder.path)
      Issue.record("an empty folder was read")
    } catch { #expect(error.description.contains("holds no model.safetensors")) }
  }
}
