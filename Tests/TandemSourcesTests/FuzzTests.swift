import Foundation
import TandemTestSupport
import Testing

@testable import TandemSources

/// Random damage to every format: reading ends, with rows or with one line that names the file.
@Suite struct FuzzTests {
  private static let csv = """
    id,question,answer\r
    1,"What is 1+1?\r
    Say ""two"".",2\r
    2,plain,"a,b"\r

    """ + (3...20).map { "\($0),question \($0),\($0 * $0)\r\n" }.joined()

  private static let jsonl = (1...20).map {
    #"{"id": \#($0), "text": "r\u00e9sum\u00e9 \#($0)", "list": [1, {"a": null}], "b": true}"#
      + "\n"
  }.joined()

  private static let json = "[" + jsonl.split(separator: "\n").joined(separator: ",\n") + "]\n"

  /// Changes, removes or repeats a few pieces.
  private func damage(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 3: bytes.removeSubrange(place..<min(place + 5, bytes.count))
      case 4: bytes.insert(contentsOf: bytes[max(0, place - 9)...place], at: place)
      default: bytes[place] = [0, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
      }
    }
    return bytes
  }

  private func check(
    _ name: String, _ original: [UInt8], rounds: Int, _ options: SourceOptions = .init()
  )
    throws
  {
    let folder = try TemporaryFolder()
    for seed in 1...UInt64(rounds) {
      var random = SplitMix(seed: seed)
      let path = try folder.write(name, damage(original, &random))
      do throws(SourceError) {
        var count = 0
        let reader = try SourceReader(path: path, options: options)
        while try reader.next() != nil, count < 100_000 { count += 1 }
        #expect(count < 100_000, "seed \(seed): rows without end")
        #expect(try reader.next() == nil)
      } catch {
        let message = error.description
        #expect(message.hasPrefix(name) && !message.contains("\n"), "seed \(seed): \(message)")
      }
    }
  }

  @Test func texts() throws {
    try check("a.csv", Array(Self.csv.utf8), rounds: 500)
    try check("a.jsonl", Array(Self.jsonl.utf8), rounds: 500)
    try check("a.json", Array(Self.json.utf8), rounds: 500)
  }

  @Test(
    arguments: [
      "plain", "snappy", "zstd-v2", "gzip", "small-pages", "v2-none", "nested", "nested-v2",
      "delta-text", "delta-many",
    ])
  func parquet(_ name: String) throws {
    let path = "\(ParquetReaderTests.fixtures)/\(name).parquet"
    let bytes = Array(try Data(contentsOf: URL(filePath: path)))
    try check("\(name).parquet", bytes, rounds: 400)
  }

  @Test func parquetFooters() throws {
    // Damage at the end, where everything else is described.
    let path = "\(ParquetReaderTests.fixtures)/nested.parquet"
    let bytes = Array(try Data(contentsOf: URL(filePath: path)))
    let length = bytes.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    let start = bytes.count - 8 - length
    let folder = try TemporaryFolder()
    for seed in 1...UInt64(1_500) {
      var random = SplitMix(seed: seed)
      var copy = bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        copy[Int.random(in: start..<bytes.count - 4, using: &random)] =
          UInt8.random(in: 0...255, using: &random)
      }
      let message = complaint(try folder.write("f.parquet", copy))
      #expect(message?.contains("\n") != true, "seed \(seed)")
    }
  }

  @Test(arguments: ["rows.jsonl.gz", "rows.jsonl.xz", "rows.jsonl.zst", "rows.tar.gz", "rows.zip"])
  func archives(_ name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("rows.jsonl", Self.jsonl)
    let done =
      switch name {
      case "rows.jsonl.gz": try folder.run("gzip", ["-k", "rows.jsonl"])
      case "rows.jsonl.xz": try folder.run("xz", ["-k", "rows.jsonl"])
      case "rows.jsonl.zst": try folder.run("zstd", ["-q", "rows.jsonl"])
      case "rows.zip": try folder.run("zip", ["-q", "rows.zip", "rows.jsonl"])
      default: try folder.run("tar", ["czf", "rows.tar.gz", "rows.jsonl"])
      }
    guard done == true else { return }
    let bytes = Array(try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")))
    try check(name, bytes, rounds: 300)
  }

  @Test func sevenZip() throws {
    let path = "\(ParquetReaderTests.fixtures)/rows.7z"
    try check("rows.7z", Array(try Data(contentsOf: URL(filePath: path))), rounds: 300)
  }

  @Test(.enabled(if: SharedData.isPresent, SharedData.needed), arguments: ["zipcrypto", "aes256"])
  func encryptedArchives(_ kind: String) throws {
    let name = "gpqa-synthetic-\(kind).zip"
    try check(
      name, try SharedData.bytes("derived/\(name)"), rounds: 300,
      SourceOptions(password: "deserted-untie-orchid"))
  }

  @Test func descriptors() throws {
    for name in DatasetRegistry.names {
      let path = "\(DatasetDescriptorTests.folder)/\(name).yaml"
      let bytes = Array(try Data(contentsOf: URL(filePath: path)))
      for seed in UInt64(1)...100 {
        var random = SplitMix(seed: seed)
        do throws(SourceError) {
          _ = try DatasetDescriptor(yaml: damage(bytes, &random), name: name)
        } catch {
          #expect(!error.description.contains("\n"), "seed \(seed): \(error)")
        }
      }
    }
  }
}
