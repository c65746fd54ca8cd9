import Foundation
import TandemTestSupport
import Testing

@testable import TandemLM

struct SafetensorsWriterTests {
  private static let tensors: [SafetensorsWriter.Tensor] = [
    .init(name: "z", shape: [2, 2], values: [1, -2, .pi, 0]),
    .init(name: "a.b", type: .bf16, shape: [3], bytes: [1, 2, 3, 4, 5, 6]),
    .init(name: "empty", shape: [0], values: []), .init(name: "scalar", shape: [], values: [4]),
  ]

  private static func bytes(_ tensors: [SafetensorsWriter.Tensor]) throws -> Data {
    var data = Data()
    try SafetensorsWriter.write(tensors, metadata: [("format", "pt"), ("a", "\"\n")]) {
      data.append(contentsOf: $0)
    }
    return data
  }

  @Test func readsBackWhatItWrote() throws {
    let folder = try WorkFolder()
    let file = try SafetensorsFile(
      try folder.write(try Self.bytes(Self.tensors), to: "m.safetensors"))
    #expect(file.metadata == ["format": "pt", "a": "\"\n"])
    #expect(file.entries.map(\.name) == ["a.b", "empty", "scalar", "z"])
    #expect(try file.floats("z", shape: [2, 2]) == [1, -2, .pi, 0])
    #expect(try file.floats("scalar", shape: []) == [4])
    let entry = try #require(file.entry("a.b"))
    file.withBytes(of: entry) { #expect(Array($0) == [1, 2, 3, 4, 5, 6]) }
  }

  @Test func theOrderOfTensorsDoesNotMatter() throws {
    #expect(try Self.bytes(Self.tensors) == Self.bytes(Self.tensors.reversed()))
  }

  @Test func refusesWhatNoReaderTakes() throws {
    #expect(throws: ModelError.self) { try Self.bytes(Self.tensors + [Self.tensors[0]]) }
    #expect(throws: ModelError.self) {
      try Self.bytes([.init(name: "a", type: .f32, shape: [2], bytes: [0, 0, 0, 0])])
    }
    #expect(throws: ModelError.self) {
      try Self.bytes([.init(name: "__metadata__", shape: [], values: [1])])
    }
  }
}
