import Foundation
import TandemJSON
import TandemRecords
import Testing

@testable import TandemSources

/// Damaged copies of real files: one line that says what is wrong and where.
@Suite(.enabled(if: SharedData.isPresent, SharedData.needed))
struct DamagedFilesTests {
  /// A dataset, its split, the file, and a field whose loss is to be noticed.
  static let files: [(dataset: String, split: String, file: String, field: String)] = [
    ("gsm8k", "train", "gsm8k/train.jsonl", "answer"),
    ("gsm8k", "test", "gsm8k/test.jsonl", "question"),
    ("math", "test", "math/math-evaluation-harness/test.jsonl", "solution"),
    ("math", "math500", "math/prm800k/test.jsonl", "answer"),
    ("aime", "1983-2024", "aime/AIME_Dataset_1983_2024.csv", "Answer"),
    ("aime", "1983-2024", "aime/title-row/AIME_Dataset_1983_2024.csv", "Question"),
    ("aime", "2024", "aime/LeaP/aime.json", "answer"),
    ("aime", "2025", "aime/LeaP/aime_2025.json", "problem"),
    ("aime", "aimo", "aime/LeaP/aimo.json", "answer"),
    ("aime", "2024-harness", "aime/aime24-harness/test.jsonl", "problem"),
  ]

  /// What reading a split's file into problems says is wrong; nil when all is well.
  private func complain(_ index: Int, _ bytes: [UInt8], acceptingAny: Bool) throws -> String? {
    let file = Self.files[index]
    let folder = try TemporaryFolder()
    let path = try folder.write(SourceName.last(of: file.file), bytes)
    let descriptor = try DatasetRegistry.descriptor(file.dataset)
    do throws(SourceError) {
      let located = try descriptor.locate(file.split, in: path, acceptsChangedFiles: acceptingAny)
      let fields = try descriptor.split(file.split).fields
      try located.open().forEach { row throws(SourceError) in _ = try fields.problem(from: row) }
      return nil
    } catch {
      return error.description
    }
  }

  private func isOneLine(_ message: String?, naming file: String) -> Bool {
    guard let message else { return false }
    let name = SourceName.last(of: file)
    return (message.hasPrefix(name + ": ") || message.hasPrefix(name + "!"))
      && !message.contains("\n")
      && message.count < 400
  }

  @Test(arguments: files.indices)
  func checksumFindsEveryChange(_ index: Int) throws {
    let file = Self.files[index].file
    let whole = try SharedData.bytes(file)
    #expect(try complain(index, whole, acceptingAny: false) == nil)
    var flipped = whole
    flipped[whole.count / 2] ^= 1
    for bytes in [flipped, Array(whole.dropLast(1)), whole + [0x0A]] {
      let message = try complain(index, bytes, acceptingAny: false)
      #expect(isOneLine(message, naming: file))
      #expect(message?.contains("SHA-256 is \(SHA256.hex(of: bytes)), not ") == true)
    }
  }

  @Test(arguments: files.indices)
  func readingFindsWhatCannotBeRight(_ index: Int) throws {
    let (_, _, file, field) = Self.files[index]
    let whole = try SharedData.bytes(file)
    // In the middle of a text, so that a row or a quote is left open.
    let long = try #require(
      whole.indices.dropFirst(whole.count / 2).first { place in
        whole[place..<min(place + 40, whole.count)].allSatisfy { $0 > 0x22 || $0 == 0x20 }
      })
    let truncated = try complain(index, Array(whole.prefix(long + 20)), acceptingAny: true)
    #expect(isOneLine(truncated, naming: file), "\(truncated ?? "nothing")")
    #expect(truncated?.contains(": row ") == true)

    var latin1 = whole
    latin1[long + 10] = 0xE9
    let encoding = try complain(index, latin1, acceptingAny: true)
    #expect(isOneLine(encoding, naming: file))
    #expect(encoding?.contains("not valid UTF-8") == true, "\(encoding ?? "nothing")")

    let text = String(decoding: whole, as: UTF8.self)
    let utf16: [UInt8] =
      [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] as [UInt8] }
    #expect(try complain(index, utf16, acceptingAny: true)?.contains("is UTF-16") == true)

    let renamed = text.replacing("\"\(field)\":", with: "\"\(field)_\":").replacing(
      ",\(field),", with: ",\(field)_,")
    let missing = try complain(index, Array(renamed.utf8), acceptingAny: true)
    #expect(isOneLine(missing, naming: file))
    #expect(missing?.contains("row 1: has no field `\(field)`") == true, "\(missing ?? "nothing")")
    #expect(missing?.contains("did you mean `\(field)_`?") == true)
  }

  @Test func damagedTarballIsNoticed() throws {
    let folder = try TemporaryFolder()
    let whole = try SharedData.bytes("math/MATH-test.tar.gz")
    for share in [0.1, 0.5, 0.999] {
      let path = try folder.write("MATH.tar.gz", whole.prefix(Int(Double(whole.count) * share)))
      #expect(isOneLine(complaint(path), naming: path))
    }
    for place in [20, whole.count / 3, whole.count / 2, whole.count - 6] {
      var bytes = whole
      bytes[place] ^= 0x20
      let message = complaint(try folder.write("MATH.tar.gz", bytes))
      #expect(isOneLine(message, naming: "MATH.tar.gz"), "\(place): \(message ?? "nothing")")
    }
  }

  @Test(arguments: ["zipcrypto", "aes256"])
  func damagedEncryptedArchiveIsNoticed(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let name = "gpqa-synthetic-\(kind).zip"
    let whole = try SharedData.bytes("derived/\(name)")
    let options = SourceOptions(password: "deserted-untie-orchid")
    for share in [0.2, 0.5, 0.9] {
      let path = try folder.write(name, whole.prefix(Int(Double(whole.count) * share)))
      #expect(isOneLine(complaint(path, options), naming: name))
    }
    var bytes = whole
    bytes[500] ^= 0x20
    let message = complaint(try folder.write(name, bytes), options)
    #expect(isOneLine(message, naming: name), "\(message ?? "nothing")")
  }

  @Test(arguments: ["gsm8k-500", "gsm8k-500.zstd-dict", "gsm8k-500.plain"])
  func damagedParquetIsNoticed(_ name: String) throws {
    let folder = try TemporaryFolder()
    let whole = try SharedData.bytes("derived/\(name).parquet")
    let cut = try folder.write("t.parquet", whole.prefix(whole.count * 2 / 3))
    #expect(
      complaint(cut) == "t.parquet: does not end in a Parquet footer: is it complete?")
    // Without page checksums a flipped letter of a text is still a text; the rows stay whole.
    for place in stride(from: 1_000, to: whole.count, by: whole.count / 40) {
      var bytes = whole
      bytes[place] ^= 0x80
      let path = try folder.write("t.parquet", bytes)
      if let message = complaint(path) {
        #expect(isOneLine(message, naming: "t.parquet"))
      } else {
        #expect(try rows(path).count == 500)
      }
    }
  }
}
