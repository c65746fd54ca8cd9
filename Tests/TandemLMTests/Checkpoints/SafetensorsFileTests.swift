import Foundation
import TandemTestSupport
import Testing

@testable import TandemLM

struct SafetensorsFileTests {
  private static func read(_ data: Data) throws -> SafetensorsFile {
    let folder = try WorkFolder()
    return try SafetensorsFile(try folder.write(data, to: "m.safetensors"))
  }

  @Test func readsTensorsWhereverTheyStand() throws {
    let file = try Self.read(
      SafetensorsBytes.file(
        #"{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]},"#
          + #""a":{"dtype":"BF16","shape":[1,2],"data_offsets":[0,4]},"#
          + #""none":{"dtype":"F16","shape":[0,7],"data_offsets":[12,12]}}   "#, data: 12))
    #expect(file.entries.map(\.name) == ["a", "b", "none"])
    #expect(file.metadata == ["format": "pt"])
    let a = try #require(file.entry("a"))
    #expect(a.type == .bf16 && a.shape == [1, 2] && a.elementCount == 2)
    file.withBytes(of: a) { #expect(Array($0) == [0, 1, 2, 3]) }
    #expect(file.entry("c") == nil && file.entry("") == nil)
    #expect(try file.floats("none", shape: [0, 7]).isEmpty)
  }

  @Test func widensExactly() throws {
    var tensors: [SafetensorsWriter.Tensor] = []
    let patterns = (0...UInt16.max).map { $0 }
    let bytes = patterns.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    for (name, type) in [("h", TensorType.f16), ("b", .bf16)] {
      tensors.append(.init(name: name, type: type, shape: [65_536], bytes: bytes))
    }
    // An odd byte in front, so that nothing is aligned.
    tensors.append(.init(name: "a", type: .u8, shape: [1], bytes: [1]))
    let file = try Self.read(try SafetensorsBytes.file(tensors))
    let half = try file.floats("h", shape: [65_536])
    let brain = try file.floats("b", shape: [65_536])
    for pattern in patterns {
      let index = Int(pattern)
      #expect(brain[index].bitPattern == UInt32(pattern) << 16)
      let exponent = Int(pattern >> 10 & 31)
      let fraction = Double(pattern & 1023) / 1024
      let sign = pattern >> 15 == 1 ? -1.0 : 1
      // IEEE 754, binary16.
      switch exponent {
      case 0: #expect(Double(half[index]) == sign * fraction * 0x1p-14)
      case 31 where pattern & 1023 == 0: #expect(Double(half[index]) == sign * .infinity)
      case 31: #expect(half[index].isNaN)
      default: #expect(Double(half[index]) == sign * (1 + fraction) * pow(2, Double(exponent - 15)))
      }
    }
  }

  /// Each row: what is wrong, the header, the bytes of data, words of the message.
  @Test(arguments: [
    ("no comma", #"{"a":{"dtype":"F32" "shape":[1],"data_offsets":[0,4]}}"#, 4, "malformed"),
    ("an array", "[]", 0, "JSON object"),
    ("blank first", #" {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4, "JSON object"),
    ("trailing", "{}{}", 0, "malformed"),
    ("deep", String(repeating: #"{"a":"#, count: 5000), 0, "malformed"),
    (
      "deep array", #"{"a":{"dtype":"F32","shape":"# + String(repeating: "[", count: 5000), 0,
      "malformed"
    ),
    ("value", #"{"a":1}"#, 0, "`a`: is not described"),
    ("no dtype", #"{"a":{"shape":[1],"data_offsets":[0,4]}}"#, 4, "`a`: needs dtype"),
    (
      "dtype twice", #"{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4,
      "`a`: needs"
    ),
    (
      "dtype number", #"{"a":{"dtype":5,"shape":[1],"data_offsets":[0,4]}}"#, 4, "`a`: has no dtype"
    ),
    ("dtype unknown", #"{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,4]}}"#, 4, "`F4`"),
    (
      "field", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}"#, 4,
      "unknown field `x`"
    ),
    ("shape text", #"{"a":{"dtype":"F32","shape":"1","data_offsets":[0,4]}}"#, 4, "shape"),
    (
      "shape negative", #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4,
      "whole number"
    ),
    (
      "shape fraction", #"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#, 4,
      "whole number"
    ),
    (
      "shape huge", #"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}"#,
      4, "whole number"
    ),
    (
      "overflow", #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#, 4,
      "too large"
    ),
    (
      "overflow of bytes",
      #"{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0]}}"#, 0, "too large"
    ),
    (
      "rank", #"{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}"#, 4,
      "at most 8"
    ),
    ("offsets", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 4, "data_offsets"),
    ("offsets down", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "ascending"),
    (
      "offsets negative", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#, 4,
      "data_offsets"
    ),
    (
      "offsets text", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":["0","4"]}}"#, 4,
      "data_offsets"
    ),
    ("cut short", #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, 8, "cut short"),
    ("wrong size", #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "needs 8"),
    ("behind", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 8, "4 bytes behind"),
    (
      "hole",
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#,
      12, "`b`: 4 bytes before"
    ),
    (
      "overlap",
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
      12, "`b`: overlaps"
    ),
    (
      "twice",
      #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#,
      2, "`a` twice"
    ),
    ("metadata", #"{"__metadata__":{"a":1}}"#, 0, "`a` is not a string"),
    ("metadata list", #"{"__metadata__":[]}"#, 0, "__metadata__"),
    ("no UTF-8 name", "{\"a\\u0000\\n\":1}", 0, "`a??`"),
  ])
  func refusesHeader(_ what: String, _ header: String, _ data: Int, _ words: String) throws {
    try Self.expectRefusal(SafetensorsBytes.file(header, data: data), words, what)
  }

  @Test func refusesLengths() throws {
    let header = #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#
    try Self.expectRefusal(Data(), "0 bytes", "empty")
    try Self.expectRefusal(Data([1, 2, 3]), "3 bytes", "three bytes")
    let lengths: [UInt64] = [
      .max, .max / 2 + 1, 1 << 40, UInt64(SafetensorsHeader.maximumLength) + 1,
    ]
    for length in lengths {
      try Self.expectRefusal(
        SafetensorsBytes.file(header, data: 1, length: length), "has a header of", "\(length)")
    }
    try Self.expectRefusal(
      SafetensorsBytes.file(header, data: 1, length: 1000), "cut short", "beyond the end")
    try Self.expectRefusal(SafetensorsBytes.file("", data: 0), "JSON object", "no header")
  }

  @Test func namesWhatIsWrongWithAWeight() throws {
    let file = try Self.read(
      try SafetensorsBytes.file([
        .init(name: "w", shape: [2, 3], values: [1, 2, 3, 4, 5, 6]),
        .init(name: "i", type: .i32, shape: [1], bytes: [0, 0, 0, 0]),
      ]))
    #expect(try file.floats("w", shape: [2, 3]) == [1, 2, 3, 4, 5, 6])
    for (name, shape, words) in [
      ("w", [3, 2], "has the shape [2, 3]; the configuration asks for [3, 2]"),
      ("i", [1], "stored as I32"), ("x", [1], "`x` is missing"),
    ] {
      do {
        _ = try file.floats(name, shape: shape)
        Issue.record("\(name) was read")
      } catch {
        #expect(error.description.contains(words) && error.file.hasSuffix("m.safetensors"))
      }
    }
  }

  @Test func flippedBytesNeverTrap() throws {
    let good = try SafetensorsBytes.file([
      .init(
        name: "model.embed_tokens.weight", shape: [4, 2], values: Array(repeating: 1, count: 8)),
      .init(name: "model.norm.weight", type: .bf16, shape: [2], bytes: [0, 1, 2, 3]),
    ])
    for seed in 0..<3000 {
      var random = SeededGenerator(seed)
      var bytes = good
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: bytes.indices, using: &random)
        bytes[index] = UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) {
        bytes = bytes.prefix(Int.random(in: 0...bytes.count, using: &random))
      }
      bytes.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
        do {
          let header = try SafetensorsHeader(bytes, file: "m.safetensors")
          let ends = header.entries.map(\.range.upperBound)
          #expect(ends.allSatisfy { $0 <= bytes.count }, "seed \(seed)")
        } catch {
          #expect(!"\(error)".contains { $0.isNewline }, "seed \(seed): \(error)")
        }
      }
    }
  }

  @Test func missingFilesAndFoldersAreNamed() throws {
    let folder = try WorkFolder()
    for path in [folder.path("none"), folder.path] {
      do {
        _ = try SafetensorsFile(path)
        Issue.record("\(path) was read")
      } catch { #expect(error.file == path) }
    }
  }

  private static func expectRefusal(_ data: Data, _ words: String, _ what: String) throws {
    do {
      _ = try read(data)
      Issue.record("\(what) was read")
    } catch let error as ModelError {
      #expect(error.description.contains(words), "\(what): \(error)")
      #expect(!error.description.contains { $0.isNewline }, "\(what): \(error)")
      #expect(error.file.hasSuffix("m.safetensors"))
    }
  }
}
