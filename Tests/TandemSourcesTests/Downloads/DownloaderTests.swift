import Foundation
import TandemRecords
import Testing

@testable import TandemSources

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/curl"), "needs curl"))
struct DownloaderTests {
  let cache: TemporaryFolder
  let remote: TemporaryFolder
  let bytes = Array((0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
  let url: String

  init() throws {
    cache = try TemporaryFolder()
    remote = try TemporaryFolder()
    url = "file://" + (try remote.write("data.jsonl", bytes))
  }

  private var downloader: Downloader { Downloader(folder: cache.path + "/a/b") }

  private func contents(_ file: Downloader.File) -> [UInt8] {
    Array(FileManager.default.contents(atPath: file.path) ?? Data())
  }

  @Test func keepsAndReusesAFile() throws {
    let digest = SHA256.hex(of: bytes)
    let file = try downloader.fetch(url, sha256: digest)
    #expect(file.isNew && file.sha256 == digest && contents(file) == bytes)
    #expect(file.path.hasSuffix("/data.jsonl"))
    try FileManager.default.removeItem(atPath: remote.path + "/data.jsonl")
    #expect(try downloader.fetch(url, sha256: digest).isNew == false)
  }

  @Test func wrongDigestLeavesNothing() throws {
    let wrong = String(repeating: "0", count: 64)
    #expect(
      throws: SourceError(
        url,
        "SHA-256 is \(SHA256.hex(of: bytes)), not \(wrong): the download was removed; try again")
    ) {
      try downloader.fetch(url, sha256: wrong)
    }
    let left = try #require(FileManager.default.enumerator(atPath: cache.path)).allObjects
      .compactMap { $0 as? String }
    #expect(!left.contains { $0.hasSuffix("data.jsonl") || $0.hasSuffix(".part") })
  }

  @Test func brokenOffTransferGoesOn() throws {
    // The first bytes are not sent again: a part that begins otherwise shows in the digest.
    let file = try downloader.fetch(url, sha256: nil)
    try FileManager.default.removeItem(atPath: file.path)
    try Data(bytes.prefix(70_000)).write(to: URL(filePath: file.path + ".part"))
    #expect(contents(try downloader.fetch(url, sha256: SHA256.hex(of: bytes))) == bytes)
    try FileManager.default.removeItem(atPath: file.path)
    try Data([UInt8](repeating: 1, count: 70_000)).write(to: URL(filePath: file.path + ".part"))
    #expect(throws: SourceError.self) {
      try downloader.fetch(url, sha256: SHA256.hex(of: bytes))
    }
    #expect(contents(try downloader.fetch(url, sha256: SHA256.hex(of: bytes))) == bytes)
  }

  @Test func damagedCopyIsFetchedAgain() throws {
    let digest = SHA256.hex(of: bytes)
    let file = try downloader.fetch(url, sha256: digest)
    try Data("damaged".utf8).write(to: URL(filePath: file.path))
    let again = try downloader.fetch(url, sha256: digest)
    #expect(again.isNew && contents(again) == bytes)
  }

  @Test func unknownDigestIsWrittenDownAndCompared() throws {
    let file = try downloader.fetch(url, sha256: nil)
    #expect(file.sha256 == SHA256.hex(of: bytes))
    try FileManager.default.removeItem(atPath: file.path)
    try remote.write("data.jsonl", bytes + [0])
    #expect(throws: SourceError.self) { try downloader.fetch(url, sha256: nil) }
  }

  @Test func failuresAreOneLine() throws {
    func complain(_ url: String, _ program: String = "curl") -> String {
      do {
        _ = try Downloader(folder: cache.path, program: program).fetch(url, sha256: nil)
        return ""
      } catch {
        return error.description
      }
    }
    #expect(
      complain("http://example.org/x")
        == "http://example.org/x: is not a URL that starts with https://")
    #expect(
      complain(url, "no-such-curl")
        == "\(url): `no-such-curl` is not installed: install it, or download the file and name it with --from"
    )
    let missing = complain(url + ".missing")
    #expect(missing.contains("cannot be downloaded (") && !missing.contains("\n"))
  }
}
