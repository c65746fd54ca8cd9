import Foundation
import TandemJSON
import Testing

@testable import TandemSources

@Suite struct ParquetReaderTests {
  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures").path

  /// Numbers are compared by value: Python and Swift write `1e+300` and `1e300`.
  private func comparable(_ value: JSONValue) -> JSONValue {
    switch value {
    case .number(let text):
      Int(text) == nil && UInt64(text) == nil
        ? .number(Float(text).map { String($0) } ?? text) : value
    case .array(let elements): .array(elements.map(comparable))
    case .object(let object):
      .object(JSONObject(object.members.map { .init(key: $0.key, value: comparable($0.value)) }))
    default: value
    }
  }

  @Test(
    arguments: [
      ("plain", "flat"), ("snappy", "flat"), ("zstd-v2", "flat"), ("gzip", "flat"),
      ("small-pages", "flat"), ("v2-none", "flat"), ("checksums", "flat"), ("delta-length", "flat"),
      ("delta-text", "flat"),
      ("delta-many", "many"), ("nested", "nested"),
      ("nested-v2", "nested"),
    ])
  func holdsWhatItsWriterReadsBack(_ name: String, _ reference: String) throws {
    let expected = try rows("\(Self.fixtures)/\(reference).jsonl")
    let found = try rows("\(Self.fixtures)/\(name).parquet")
    #expect(found.count == expected.count)
    for (row, twin) in zip(found, expected) {
      #expect(
        comparable(.object(row.value)) == comparable(.object(twin.value)), "row \(row.row)")
    }
  }

  @Test(arguments: ["polars", "duckdb"])
  func readsWhatOtherProgramsWrite(_ name: String) throws {
    let expected = try rows("\(Self.fixtures)/others.jsonl")
    let found = try rows("\(Self.fixtures)/\(name).parquet")
    #expect(
      found.map { comparable(.object($0.value)) } == expected.map { comparable(.object($0.value)) })
  }

  @Test func noRowsAreNoRows() throws {
    #expect(try rows("\(Self.fixtures)/empty.parquet").isEmpty)
  }

  @Test func doublesKeepEveryBit() throws {
    let column = try rows("\(Self.fixtures)/plain.parquet").prefix(5).map {
      $0.value["f64"]?.double
    }
    #expect(column == [0.0, -1.5, 1e300, nil, 0.1])
  }

  @Test func otherColumnsAreNamed() throws {
    let reader = try SourceReader(path: "\(Self.fixtures)/mixed.parquet")
    #expect(
      try reader.next()?.value
        == JSONObject([.init(key: "text", value: "kept"), .init(key: "when", value: 0)]))
    #expect(reader.unreadColumns == ["blob": "binary values"])
  }

  @Test func whatIsNotReadHereIsNamed() {
    func complain(_ name: String) -> String? { complaint("\(Self.fixtures)/\(name).parquet") }
    let advice = "which is not read here: write the file again with Python's `pyarrow`"
    #expect(
      complain("brotli")
        == "brotli.parquet: row 1: column `text` is compressed with brotli, \(advice)")
    #expect(
      complain("lz4") == "lz4.parquet: row 1: column `text` is compressed with lz4Raw, \(advice)")
    #expect(
      complain("split")
        == "split.parquet: row 1: column `x` uses the encoding BYTE_STREAM_SPLIT, \(advice)"
    )
  }

  @Test func readsFromInsideAnArchive() throws {
    let folder = try TemporaryFolder()
    let made = try folder.run("tar", ["czf", "a.tar.gz", "-C", Self.fixtures, "snappy.parquet"])
    try #require(made == true)
    let found = try rows(folder.path + "/a.tar.gz")
    #expect(found.map(\.value) == (try rows("\(Self.fixtures)/snappy.parquet").map(\.value)))
    #expect(found.first?.file == "a.tar.gz!snappy.parquet")
    var options = SourceOptions()
    options.maxMemberInMemory = 100
    #expect(complaint(folder.path + "/a.tar.gz", options)?.contains("100 bytes of memory") == true)
  }

  @Test(
    .enabled(if: SharedData.isPresent, SharedData.needed),
    arguments: ["gsm8k-500", "gsm8k-500.zstd-dict", "gsm8k-500.plain"])
  func realFileHoldsTheRowsOfItsSource(_ name: String) throws {
    let found = try rows(SharedData.path("derived/\(name).parquet"))
    let expected = try rows(SharedData.path("gsm8k/train.jsonl")).prefix(500)
    #expect(found.count == 500)
    #expect(found.map(\.value) == expected.map(\.value))
  }

  @Test func everyTruncationIsNoticed() throws {
    let folder = try TemporaryFolder()
    let whole = Array(try Data(contentsOf: URL(filePath: "\(Self.fixtures)/snappy.parquet")))
    for length in stride(from: 0, to: whole.count, by: 37) {
      let path = try folder.write("t.parquet", whole.prefix(length))
      let message = try #require(complaint(path), "length \(length)")
      #expect(message.hasPrefix("t.parquet: ") && !message.contains("\n"))
    }
  }

  @Test func flippedByteOfAPageWithAChecksumIsNoticed() throws {
    let folder = try TemporaryFolder()
    let path = "\(Self.fixtures)/checksums.parquet"
    let whole = Array(try Data(contentsOf: URL(filePath: path)))
    let expected = try rows(path).map(\.value)
    var noticed = 0
    for place in stride(from: 4, to: whole.count - 8, by: 11) {
      var bytes = whole
      bytes[place] ^= 0x04
      let damaged = try folder.write("t.parquet", bytes)
      if complaint(damaged) != nil {
        noticed += 1
      } else {
        // What passes is a byte of a header or footer that no reader needs.
        #expect(try rows(damaged).map(\.value.members.count) == expected.map(\.members.count))
      }
    }
    #expect(noticed > 50)
  }
}
