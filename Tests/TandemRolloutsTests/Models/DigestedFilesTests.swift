import Foundation
import Glibc
import Synchronization
import TandemTestSupport
import Testing

@testable import TandemRollouts

/// A folder's digest is remembered, and never beyond a change.
@Suite struct DigestedFilesTests {
  let folder: WorkFolder
  let memory = Notes()

  init() throws { folder = try WorkFolder() }

  /// Remembers in memory, and counts what it is told.
  final class Notes: DigestedFiles.Memory {
    private let known = Mutex<[String: String]>([:])

    var count: Int { known.withLock { $0.count } }

    func digest(of path: String, stamp: FileStamp) -> String? {
      known.withLock { $0[path + stamp.text] }
    }

    func remember(_ digest: String, of path: String, stamp: FileStamp) {
      known.withLock { $0[path + stamp.text] = digest }
    }
  }

  /// A clock that says every file is old.
  struct Later: CacheClock {
    var now: Int { time(nil) + 60 }
  }

  private func digested(_ clock: some CacheClock = Later()) throws -> DigestedFiles {
    try DigestedFiles(folder.path, names: ["b", "a"], memory: memory, clock: clock)
  }

  @Test func theDigestIsThatOfSha256sum() throws {
    _ = try folder.write("one", to: "a")
    _ = try folder.write("two", to: "b")
    let expected = try Shell.run(
      ["sh", "-c", "sha256sum a b | sha256sum | cut -c1-64"], folder: folder.path)
    #expect(try digested().digest + "\n" == expected.output)
  }

  @Test func anotherContentOfTheSameSizeAndAgeIsSeen() throws {
    let path = try folder.write("one", to: "a")
    _ = try folder.write("two", to: "b")
    let first = try digested()
    #expect(memory.count == 2)
    #expect(try digested().digest == first.digest && memory.count == 2)
    try first.confirm()
    var status = stat()
    stat(path, &status)
    // Written in place, with the old time of change put back: only the time of status tells.
    _ = try folder.write("eno", to: "a")
    var times = [status.st_atim, status.st_mtim]
    #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
    #expect(try digested().digest != first.digest)
    #expect {
      try first.confirm()
    } throws: {
      "\($0)".contains("/a: has changed while it was in use")
    }
  }

  @Test func aFileJustWrittenIsNotRemembered() throws {
    _ = try folder.write("one", to: "a")
    _ = try folder.write("two", to: "b")
    _ = try digested(.system)
    #expect(memory.count == 0)
  }

  @Test func aFileThatIsReplacedIsAnother() throws {
    _ = try folder.write("one", to: "a")
    _ = try folder.write("two", to: "b")
    let first = try digested()
    _ = try folder.write("one", to: "c")
    #expect(rename(folder.path("c"), folder.path("a")) == 0)
    #expect(throws: RolloutError.self) { try first.confirm() }
    #expect(try digested().digest == first.digest)
  }

  @Test func aCacheRemembersForLater() throws {
    _ = try folder.write("one", to: "a")
    let cache = try RolloutCache(folder.path("cache"))
    let stamp = try #require(FileStamp(folder.path("a")))
    #expect(try cache.digest(of: folder.path("a"), stamp: stamp) == nil)
    try cache.remember("d", of: folder.path("a"), stamp: stamp)
    let other = try RolloutCache(folder.path("cache"))
    #expect(try other.digest(of: folder.path + "/./a", stamp: stamp) == "d")
    _ = try folder.write("one more", to: "a")
    let changed = try #require(FileStamp(folder.path("a")))
    #expect(try other.digest(of: folder.path("a"), stamp: changed) == nil)
  }

  @Test func aMissingFileIsNamed() throws {
    _ = try folder.write("one", to: "a")
    #expect {
      try digested()
    } throws: {
      "\($0)".hasSuffix("/b: is not there")
    }
  }
}
