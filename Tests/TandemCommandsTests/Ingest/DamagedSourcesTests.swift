import Foundation
import TandemTestSupport
import Testing

/// A damaged source gives one line that names the file, and leaves nothing behind.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct DamagedSourcesTests {
  static let data = SharedData.path + "/data/"
  let folder: WorkFolder

  init() throws {
    folder = try WorkFolder()
  }

  /// A published file, and the arguments by which it is read as a file of one's own.
  struct Source: Sendable, CustomTestStringConvertible {
    var path: String
    var arguments: [String]
    var isText = true

    var name: String { path.split(separator: "/").last.map { String($0) } ?? path }
    var testDescription: String { path }

    static func fields(_ fields: String) -> [String] { ["--fields", fields] }
  }

  static let gpqaFields =
    "question=Question,correct=Correct Answer,incorrect=Incorrect Answer 1,"
    + "incorrect=Incorrect Answer 2,incorrect=Incorrect Answer 3"

  static let sources: [Source] = [
    Source(
      path: "gsm8k/train.jsonl",
      arguments: Source.fields("question=question,gold=answer,take=hashes")),
    Source(
      path: "gsm8k/test.jsonl",
      arguments: Source.fields("question=question,gold=answer,take=hashes")),
    Source(
      path: "math/math-evaluation-harness/test.jsonl",
      arguments: Source.fields("question=problem,gold=solution,take=last-boxed")),
    Source(
      path: "math/prm800k/test.jsonl", arguments: Source.fields("question=problem,gold=answer")),
    Source(
      path: "math/MATH-test.tar.gz",
      arguments: Source.fields("question=problem,gold=solution,take=last-boxed"), isText: false),
    Source(
      path: "aime/AIME_Dataset_1983_2024.csv",
      arguments: Source.fields("question=Question,gold=Answer")
    ),
    Source(
      path: "aime/title-row/AIME_Dataset_1983_2024.csv",
      arguments: Source.fields("question=Question,gold=Answer")),
    Source(path: "aime/LeaP/aime.json", arguments: Source.fields("question=problem,gold=answer")),
    Source(
      path: "aime/LeaP/aime_2025.json", arguments: Source.fields("question=problem,gold=answer")),
    Source(path: "aime/LeaP/aimo.json", arguments: Source.fields("question=problem,gold=answer")),
    Source(
      path: "aime/aime24-harness/test.jsonl",
      arguments: Source.fields("question=problem,gold=answer")),
    Source(
      path: "derived/gsm8k-500.parquet",
      arguments: Source.fields("question=question,gold=answer,take=hashes"), isText: false),
    Source(
      path: "derived/gsm8k-500.zstd-dict.parquet",
      arguments: Source.fields("question=question,gold=answer,take=hashes"), isText: false),
    Source(
      path: "derived/gsm8k-500.plain.parquet",
      arguments: Source.fields("question=question,gold=answer,take=hashes"), isText: false),
    Source(path: "derived/aime-200.csv", arguments: Source.fields("question=question,gold=answer")),
    Source(
      path: "derived/gpqa-synthetic-zipcrypto.zip",
      arguments: ["--password", ChoiceQuestionTests.password] + Source.fields(gpqaFields),
      isText: false),
    Source(
      path: "derived/gpqa-synthetic-aes256.zip",
      arguments: ["--password", ChoiceQuestionTests.password] + Source.fields(gpqaFields),
      isText: false),
  ]

  func expectRefusal(
    _ source: Source, _ bytes: Data, saying words: [String],
    location: SourceLocation = #_sourceLocation
  ) throws {
    let path = try folder.write(bytes, to: source.name)
    let run = folder.path("run")
    try Tool.expectRefusal(
      ["ingest", path, "--out", run] + source.arguments, saying: [source.name] + words,
      location: location)
    #expect(!FileManager.default.fileExists(atPath: run), sourceLocation: location)
  }

  static func content(_ source: Source) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: data + source.path))
  }

  @Test(arguments: sources) func truncated(_ source: Source) throws {
    let bytes = try Self.content(source)
    try expectRefusal(source, bytes.prefix(bytes.count * 3 / 5), saying: [])
  }

  /// The highest bit of a byte in the middle: no more UTF-8 in a text, no more the checksum or structure of the rest.
  @Test(arguments: sources.filter { $0.name != "gsm8k-500.parquet" })
  func oneByteFlipped(_ source: Source) throws {
    var bytes = try Self.content(source)
    bytes[bytes.count / 2] ^= 0x80
    try expectRefusal(source, bytes, saying: source.isText ? ["row ", "UTF-8"] : [])
  }

  /// This file has no checksums, and a flipped bit of its compressed text gives another text: only its structure
  /// can tell.
  @Test func oneByteOfAParquetFooterFlipped() throws {
    let source = try #require(Self.sources.first { $0.name == "gsm8k-500.parquet" })
    var bytes = try Self.content(source)
    bytes[bytes.count - 6] ^= 0x80
    try expectRefusal(source, bytes, saying: ["Parquet"])
  }

  @Test(arguments: sources.filter(\.isText)) func wrongEncoding(_ source: Source) throws {
    let text = String(decoding: try Self.content(source), as: UTF8.self)
    let utf16 = try #require(text.data(using: .utf16))
    try expectRefusal(source, utf16, saying: ["UTF-16", "iconv"])
    // A letter of the first word that follows a word becomes a lone byte of Latin-1.
    var latin = Data(text.utf8)
    let words = try #require(text.firstRange(of: /[a-z] [a-z]/))
    latin[text.utf8.distance(from: text.startIndex, to: words.lowerBound)] = 0xE9
    try expectRefusal(source, latin, saying: ["UTF-8"])
  }

  @Test(arguments: sources) func missingColumn(_ source: Source) throws {
    var source = source
    let fields = try #require(source.arguments.last)
    source.arguments[source.arguments.count - 1] = fields.replacingOccurrences(
      of: "question=", with: "question=The ")
    try expectRefusal(
      source, try Self.content(source), saying: ["row 1", "has no field `The ", "its fields are"])
  }

  static let known = [
    ("gsm8k", "train", "gsm8k/train.jsonl"), ("gsm8k", "test", "gsm8k/test.jsonl"),
    ("math", "test", "math/math-evaluation-harness/test.jsonl"),
    ("math", "math500", "math/prm800k/test.jsonl"),
    ("aime", "1983-2024", "aime/AIME_Dataset_1983_2024.csv"),
    ("aime", "2024", "aime/LeaP/aime.json"), ("aime", "2025", "aime/LeaP/aime_2025.json"),
    ("aime", "aimo", "aime/LeaP/aimo.json"),
    ("aime", "2024-harness", "aime/aime24-harness/test.jsonl"),
  ]

  /// A known file is held against its SHA-256, so that damage is found that leaves it readable.
  @Test(arguments: known) func aFlippedBitOfAKnownFile(_ entry: (String, String, String)) throws {
    let name = String(entry.2.split(separator: "/").last ?? "")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: Self.data + entry.2))
    bytes[bytes.count / 2] ^= 0x01
    let path = try folder.write(bytes, to: name)
    let run = folder.path("run")
    try Tool.expectRefusal(
      ["ingest", entry.0, "--split", entry.1, "--from", path, "--out", run],
      saying: [name, "SHA-256", "get it again", "--any-version"])
    #expect(!FileManager.default.fileExists(atPath: run))
  }
}
