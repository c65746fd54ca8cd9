import Foundation
import TandemTestSupport
import Testing

@testable import TandemLM

struct WeightsDigestTests {
  @Test func isTheDigestOfTheListingThatSha256sumPrints() throws {
    let folder = try WorkFolder()
    let tensors = [SafetensorsWriter.Tensor(name: "a", shape: [2], values: [1, 2])]
    _ = try folder.write(try SafetensorsBytes.file(tensors), to: "model.safetensors")
    _ = try folder.write("{}", to: "config.json")
    let listing = try Shell.output(
      "sh", "-c", "cd '\(folder.path)' && sha256sum config.json model.safetensors | sha256sum")
    let digest = try WeightsDigest.model(folder: folder.path)
    #expect(listing.hasPrefix(digest + " "))
    _ = try folder.write("{ }", to: "config.json")
    #expect(try WeightsDigest.model(folder: folder.path) != digest)
  }

  @Test func everyShardAndTheIndexCount() throws {
    let folder = try WorkFolder()
    func write(_ value: Float, _ index: String) throws -> String {
      let tensors = [SafetensorsWriter.Tensor(name: "a", shape: [1], values: [value])]
      _ = try folder.write(try SafetensorsBytes.file(tensors), to: "m.safetensors")
      _ = try folder.write("{}", to: "config.json")
      _ = try folder.write(index, to: "model.safetensors.index.json")
      return try WeightsDigest.model(folder: folder.path)
    }
    let map = #"{"weight_map":{"a":"m.safetensors"}}"#
    let digests = [try write(1, map), try write(2, map), try write(1, map + " ")]
    #expect(Set(digests).count == 3)
  }
}
