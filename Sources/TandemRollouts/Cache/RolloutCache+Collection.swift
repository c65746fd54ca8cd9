internal import GRDB

extension RolloutCache {
  /// What may stay in a cache.
  package struct Retention: Hashable, Sendable {
    /// Entries that were not used for so many seconds go; times of use are kept to a day.
    package var age: Int?
    /// The least recently used entries go until the samples take at most so many bytes.
    package var bytes: Int?

    package init(age: Int? = nil, bytes: Int? = nil) {
      self.age = age
      self.bytes = bytes
    }
  }

  /// What was taken out, or would be.
  package struct Collected: Hashable, Sendable {
    package var entries = 0
    /// Bytes of their samples.
    package var bytes = 0
    /// Bytes of the files before it.
    package var fileBytesBefore = 0
    /// Bytes of the files after it.
    package var fileBytesAfter = 0
  }

  /// Entries that go in one transaction, so that the log stays small.
  private static let batch = 1000

  /// Takes out what need not stay, the least recently used first, and gives the room back.
  ///
  /// - Parameter dryRun: whether it is only counted.
  /// - Throws: ``RolloutError`` when another process uses the cache, or on a failure of the database.
  package func collect(_ retention: Retention, dryRun: Bool) throws -> Collected {
    var collected = Collected()
    collected.fileBytesBefore = fileBytes
    collected.fileBytesAfter = collected.fileBytesBefore
    let leaving = try leaving(retention)
    collected.entries = leaving.count
    collected.bytes = leaving.reduce(0) { $0 + $1.bytes }
    guard !dryRun, !leaving.isEmpty else { return collected }
    try alone {
      for start in stride(from: 0, to: leaving.count, by: Self.batch) {
        try remove(leaving[start..<min(start + Self.batch, leaving.count)].map(\.id))
      }
      try giveRoomBack()
    }
    collected.fileBytesAfter = fileBytes
    return collected
  }

  /// Takes entries out.
  func remove(_ ids: [Int64]) throws {
    try write { database in
      for table in ["body", "rollout"] {
        let statement = try database.cachedStatement(sql: "DELETE FROM \(table) WHERE id = ?")
        for id in ids { try statement.execute(arguments: [id]) }
      }
    }
  }

  /// Does something while no other process uses the cache.
  func alone(_ body: () throws -> Void) throws {
    guard try locks.tryLock(.use, .exclusive) else {
      throw RolloutError(folder, "is in use by another tandem process; wait until it is done")
    }
    defer { _ = try? locks.tryLock(.use, .shared) }
    try body()
  }

  func giveRoomBack() throws {
    try Self.reporting(path) {
      try database.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA incremental_vacuum")
        try database.checkpoint(.truncate)
      }
    }
  }

  private func leaving(_ retention: Retention) throws -> [(id: Int64, bytes: Int)] {
    let oldest = retention.age.map { clock.now - $0 } ?? .min
    return try read { database in
      var rest = max(0, try Int.fetchOne(database, sql: "SELECT sum(bytes) FROM rollout") ?? 0)
      var leaving: [(id: Int64, bytes: Int)] = []
      let rows = try Row.fetchCursor(
        database, sql: "SELECT id, bytes, used FROM rollout ORDER BY used, id")
      while let row = try rows.next() {
        let (bytes, used) = (try row.count(1, limit: 1 << 32), try row.integer(2))
        guard used <= oldest || rest > (retention.bytes ?? .max) else { break }
        leaving.append((try row.integer(0), bytes))
        rest -= bytes
      }
      return leaving
    }
  }
}
