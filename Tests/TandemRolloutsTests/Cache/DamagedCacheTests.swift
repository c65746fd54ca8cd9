import Foundation
import GRDB
import TandemRecords
import TandemTestSupport
import Testing

@testable import TandemRollouts

/// Damage is one line that says how to go on, and never a wrong sample.
@Suite struct DamagedCacheTests {
  let folder: WorkFolder
  let path: String

  init() throws {
    folder = try WorkFolder()
    path = folder.path("cache")
  }

  private func fill(_ count: Int) throws -> [Rollout] {
    let cache = try RolloutCache(path)
    let rollouts = (0..<count).map { CacheFixtures.rollout($0) }
    for rollout in rollouts { try cache.store([rollout]) }
    return rollouts
  }

  private func expectLine(_ words: [String], _ body: () throws -> Void) {
    #expect {
      try body()
    } throws: { error in
      let text = "\(error)"
      return error is RolloutError && !text.contains("\n") && words.allSatisfy(text.contains)
    }
  }

  @Test func aFlippedByteIsFoundAndTakenOut() throws {
    let rollouts = try fill(5)
    let cache = try RolloutCache(path)
    let key = RolloutKey(rollouts[2].request)
    try cache.write { database in
      let id = try Int64.fetchOne(
        database, sql: "SELECT id FROM rollout WHERE key = ?", arguments: [Data(key.bytes)])
      var body = try Data.fetchOne(
        database, sql: "SELECT content FROM body WHERE id = ?", arguments: [id])
      body?[40] ^= 0x10
      try database.execute(
        sql: "UPDATE body SET content = ? WHERE id = ?", arguments: [body, id])
    }
    expectLine([key.hex.prefix(16).description, "is damaged", "tandem cache verify --remove"]) {
      _ = try cache.sample(rollouts[2].request)
    }
    let found = try cache.verify(remove: false)
    #expect(found.sound == 4 && found.faults.count == 1 && found.removed == 0)
    #expect(found.faults[0].contains(key.bytes.prefix(8).hex))
    #expect(try cache.verify(remove: true).removed == 1)
    #expect(try cache.verify(remove: false).faults.isEmpty)
    #expect(try cache.sample(rollouts[2].request) == nil)
    #expect(try cache.sample(rollouts[3].request) == rollouts[3].sample)
  }

  @Test func aSampleUnderAnotherKeyIsFound() throws {
    let rollouts = try fill(2)
    let cache = try RolloutCache(path)
    try cache.write { database in
      try database.execute(
        sql: "UPDATE body SET content = (SELECT content FROM body WHERE id = 1) WHERE id = 2")
    }
    expectLine(["holds another request"]) { _ = try cache.sample(rollouts[1].request) }
    #expect(try cache.verify(remove: false).faults.count == 1)
  }

  @Test func aFileThatIsNoDatabase() throws {
    _ = try folder.write(
      String(repeating: "no database ", count: 1000), to: "cache/rollouts.sqlite")
    expectLine(["rollouts.sqlite", "is damaged", "--no-cache"]) { _ = try RolloutCache(path) }
  }

  @Test func anotherProgramsDatabase() throws {
    let queue = try { try DatabaseQueue(path: folder.path("other.sqlite")) }()
    try queue.write { try $0.execute(sql: "CREATE TABLE song (title TEXT)") }
    try queue.close()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: folder.path("other.sqlite"), toPath: path + "/rollouts.sqlite")
    expectLine(["is no rollout cache", "--cache"]) { _ = try RolloutCache(path) }
  }

  @Test func aLaterVersion() throws {
    _ = try fill(1)
    try RolloutCache(path).write { try $0.execute(sql: "PRAGMA user_version = 99") }
    expectLine(["version 99", "version 1"]) { _ = try RolloutCache(path) }
  }

  /// Bytes overwritten anywhere in the file: a line or a sound answer, never another sample, never a crash.
  @Test func bytesOverwrittenAnywhere() throws {
    let rollouts = try fill(40)
    let file = path + "/rollouts.sqlite"
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    let seed = Int.random(in: 0..<1 << 30)
    var draws = PhiloxSequence(seed: seed)
    var refused = 0
    for _ in 0..<60 {
      var bytes = whole
      for _ in 0..<4 {
        let start = Int(draws.next() % UInt64(bytes.count - 64))
        for offset in 0..<64 { bytes[start + offset] = UInt8(truncatingIfNeeded: draws.next()) }
      }
      let damaged = folder.path("damaged-\(draws.next())")
      try FileManager.default.createDirectory(atPath: damaged, withIntermediateDirectories: true)
      try bytes.write(to: URL(fileURLWithPath: damaged + "/rollouts.sqlite"))
      do {
        let cache = try RolloutCache(damaged)
        for rollout in rollouts {
          do {
            if let sample = try cache.sample(rollout.request) {
              #expect(sample == rollout.sample, "seed \(seed)")
            }
          } catch {
            refused += 1
            #expect(error is RolloutError, "seed \(seed): \(error)")
          }
        }
        let uses: [() throws -> Void] = [
          { _ = try cache.statistics() }, { _ = try cache.verify(remove: false) },
          { _ = try cache.forEach { _, _ in } }, { try cache.flushUses() },
          { try cache.store([CacheFixtures.rollout(1000)]) },
          { _ = try cache.collect(.init(age: 0, bytes: 9000), dryRun: false) },
          { _ = try cache.verify(remove: true) },
        ]
        for use in uses {
          do { try use() } catch {
            #expect(error is RolloutError, "seed \(seed): \(error)")
          }
        }
      } catch {
        refused += 1
        #expect(error is RolloutError, "seed \(seed): \(error)")
      }
    }
    #expect(refused > 0, "seed \(seed)")
  }
}
