import Foundation
import TandemJSON
import Testing

@testable import TandemSources

@Suite struct ArchiveTests {
  static let lines = (1...2_000).map { #"{"n": \#($0), "text": "row \#($0 * 7919)"}"# + "\n" }
    .joined()

  /// Compresses one file with the program named; nil when it is not installed.
  private func compressed(
    _ program: String, _ arguments: [String], _ result: String, in folder: TemporaryFolder
  ) throws -> String? {
    try folder.write("rows.jsonl", Self.lines)
    guard let done = try folder.run(program, arguments) else { return nil }
    try #require(done)
    return "\(folder.path)/\(result)"
  }

  static let kinds: [(String, [String], String)] = [
    ("gzip", ["-k", "rows.jsonl"], "rows.jsonl.gz"),
    ("xz", ["-k", "rows.jsonl"], "rows.jsonl.xz"),
    ("zstd", ["-q", "rows.jsonl"], "rows.jsonl.zst"),
    ("bzip2", ["-k", "rows.jsonl"], "rows.jsonl.bz2"),
    ("tar", ["czf", "rows.tar.gz", "rows.jsonl"], "rows.tar.gz"),
    ("tar", ["cf", "rows.tar", "rows.jsonl"], "rows.tar"),
    ("tar", ["cJf", "rows.tar.xz", "rows.jsonl"], "rows.tar.xz"),
    ("zip", ["-q", "rows.zip", "rows.jsonl"], "rows.zip"),
    (
      "python3", ["-c", "import zipfile; zipfile.ZipFile('py.zip', 'w', 8).write('rows.jsonl')"],
      "py.zip"
    ),
  ]

  @Test(arguments: kinds.indices)
  func holdsTheRows(_ kind: Int) throws {
    let (program, arguments, result) = Self.kinds[kind]
    let folder = try TemporaryFolder()
    guard let path = try compressed(program, arguments, result, in: folder) else { return }
    let found = try rows(path)
    #expect(found.count == 2_000)
    #expect(found.last?.value["n"]?.int == 2_000)
  }

  @Test(arguments: kinds.indices)
  func truncationIsNoticed(_ kind: Int) throws {
    let (program, arguments, result) = Self.kinds[kind]
    let folder = try TemporaryFolder()
    guard let path = try compressed(program, arguments, result, in: folder) else { return }
    let whole = Array(try Data(contentsOf: URL(filePath: path)))
    for share in [0.3, 0.6, 0.95] {
      let cut = try folder.write(
        "cut-\(result)", whole.prefix(Int(Double(whole.count) * share)))
      let message = try #require(complaint(cut), "\(result) at \(share)")
      #expect(message.hasPrefix("cut-\(result)") && !message.contains("\n"))
    }
  }

  /// Every one of these but tar has a checksum of its contents.
  @Test(arguments: kinds.indices.filter { kinds[$0].2 != "rows.tar" })
  func flippedByteIsNoticed(_ kind: Int) throws {
    let (program, arguments, result) = Self.kinds[kind]
    let folder = try TemporaryFolder()
    guard let path = try compressed(program, arguments, result, in: folder) else { return }
    var bytes = Array(try Data(contentsOf: URL(filePath: path)))
    let middle = bytes.count / 2
    bytes[middle] ^= 0x10
    let damaged = try folder.write("flip-\(result)", bytes)
    let message = try #require(complaint(damaged), "\(result)")
    #expect(message.hasPrefix("flip-\(result)") && !message.contains("\n"))
  }

  @Test func sevenZipFiles() throws {
    let path = ParquetReaderTests.fixtures + "/rows.7z"
    let found = try rows(path)
    #expect(found.count == 200 && found.first?.file == "rows.7z!folder/rows.jsonl")
    let folder = try TemporaryFolder()
    let whole = Array(try Data(contentsOf: URL(filePath: path)))
    for length in [40, whole.count / 2, whole.count - 3] {
      let message = complaint(try folder.write("cut.7z", whole.prefix(length)))
      #expect(message?.hasPrefix("cut.7z: ") == true, "\(length)")
    }
    for place in [60, 100, whole.count - 20] {
      var bytes = whole
      bytes[place] ^= 0x10
      let message = complaint(try folder.write("flip.7z", bytes))
      #expect(message?.hasPrefix("flip.7z") == true, "\(place)")
    }
  }

  @Test(arguments: [nil, "word"])
  func encryptedSevenZipIsNamed(_ password: String?) {
    let path = ParquetReaderTests.fixtures + "/secret.7z"
    #expect(
      complaint(path, SourceOptions(password: password))
        == "secret.7z: folder/rows.jsonl is encrypted in a way that cannot be read here; unpack it and give the folder"
    )
  }

  @Test func joinedGzipMembersAreOneFile() throws {
    let folder = try TemporaryFolder()
    guard let path = try compressed("gzip", ["-k", "rows.jsonl"], "rows.jsonl.gz", in: folder)
    else { return }
    let once = Array(try Data(contentsOf: URL(filePath: path)))
    #expect(try rows(folder.write("twice.jsonl.gz", once + once)).count == 4_000)
  }

  @Test func nameThatPromisesAnArchiveIsChecked() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("data.zip", "<html>not found</html>")
    #expect(
      complaint(path) == "data.zip: is not what its name says (no archive, not compressed)")
  }

  @Test func archiveWithoutRowsSaysWhatItHolds() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.txt", "x")
    guard try folder.run("tar", ["cf", "a.tar", "a.txt"]) == true else { return }
    #expect(
      complaint(folder.path + "/a.tar")
        == "a.tar: has no file in a known format; it holds a.txt")
    #expect(
      complaint(folder.path + "/a.tar", SourceOptions(members: MemberPattern("*.csv")))
        == "a.tar: has no member that matches `*.csv`; it holds a.txt")
  }

  @Test func archiveInAnArchiveIsNamed() throws {
    let folder = try TemporaryFolder()
    guard let path = try compressed("gzip", ["-k", "rows.jsonl"], "rows.jsonl.gz", in: folder),
      try folder.run("tar", ["cf", "a.tar", SourceName.last(of: path)]) == true
    else { return }
    #expect(
      complaint(folder.path + "/a.tar")
        == "a.tar!rows.jsonl.gz: is an archive or compressed file in another one: unpack it and give the folder"
    )
  }

  @Test func folderMayHoldCompressedFiles() throws {
    let folder = try TemporaryFolder()
    guard try compressed("gzip", ["rows.jsonl"], "rows.jsonl.gz", in: folder) != nil else { return }
    try folder.write("more/b.json", "{}")
    let found = try rows(folder.path)
    #expect(found.count == 2_001)
    #expect(found.first?.file == "more/b.json" && found.last?.file == "rows.jsonl.gz")
  }

  @Test func zerosBehindGzipAreIgnored() throws {
    let folder = try TemporaryFolder()
    guard let path = try compressed("gzip", ["-k", "rows.jsonl"], "rows.jsonl.gz", in: folder)
    else { return }
    let once = Array(try Data(contentsOf: URL(filePath: path)))
    let padded = try folder.write("padded.jsonl.gz", once + [UInt8](repeating: 0, count: 200_000))
    #expect(try rows(padded).count == 2_000)
    let garbage = try folder.write("garbage.jsonl.gz", once + Array("garbage".utf8))
    #expect(complaint(garbage)?.hasPrefix("garbage.jsonl.gz: is damaged (gzip: ") == true)
  }

  @Test func namesOfMembersAreOnlyLabels() throws {
    let folder = try TemporaryFolder()
    let script = """
      import tarfile, io
      t = tarfile.open('evil.tar', 'w')
      for name in ['../../escape.jsonl', '/etc/absolute.jsonl', 'new\\nline.jsonl']:
          i = tarfile.TarInfo(name); i.size = 8; t.addfile(i, io.BytesIO(b'{"a": 1}'))
      t.close()
      """
    guard try folder.run("python3", ["-c", script]) == true else { return }
    let names = try rows(folder.path + "/evil.tar").map(\.file)
    #expect(
      names == [
        "evil.tar!../../escape.jsonl", "evil.tar!/etc/absolute.jsonl",
        "evil.tar!new\u{FFFD}line.jsonl",
      ])
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/../../escape.jsonl"))
  }

  @Test func namesOfFilesStayOnOneLine() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a\nb.jsonl", "{")
    let message = try #require(complaint(path))
    #expect(message.hasPrefix("a\u{FFFD}b.jsonl: row 1: ") && !message.contains("\n"))
    #expect(complaint(folder.path)?.contains("\n") == false)
  }

  @Test func memberLimitHolds() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b", "c"] { try folder.write("in/\(name).json", "{}") }
    guard try folder.run("tar", ["cf", "in.tar", "in"]) == true else { return }
    var options = SourceOptions()
    options.maxMembers = 2
    #expect(complaint(folder.path + "/in.tar", options) == "in.tar: holds more than 2 members")
    #expect(complaint(folder.path + "/in", options) == "in: holds more than 2 files")
  }
}
