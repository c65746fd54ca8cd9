internal import Foundation
internal import GRDB
internal import TandemRecords

extension RolloutCache {
  /// What reading everything has shown.
  package struct Verification: Hashable, Sendable {
    /// Entries that are as they were stored.
    package var sound = 0
    /// Bytes of their samples.
    package var bytes = 0
    /// What is wrong: an entry with the beginning of its key, or the database.
    package var faults: [String] = []
    /// Damaged entries that were taken out.
    package var removed = 0
  }

  /// Reads every entry, checks its sum and that it belongs under its key, and checks the database's own order.
  ///
  /// - Parameter remove: whether damaged entries are taken out, so that their samples are computed again.
  package func verify(remove: Bool) throws -> Verification {
    var verification = Verification()
    var damaged: [Int64] = []
    try read { database in
      let order = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)")
      verification.faults = order.filter { $0 != "ok" }.map { "the database: \($0)" }
      let rows = try Row.fetchCursor(
        database,
        sql:
          "SELECT rollout.id, key, content FROM rollout LEFT JOIN body ON body.id = rollout.id ORDER BY rollout.id"
      )
      while let row = try rows.next() {
        let (bytes, body) = (row.bytes(1) ?? [], row.bytes(2))
        if let fault = Self.fault(body, key: bytes) {
          damaged.append(try row.integer(0))
          verification.faults.append("entry \(bytes.prefix(8).hex): \(fault)")
        } else {
          verification.sound += 1
          verification.bytes += body?.count ?? 0
        }
      }
    }
    if remove, !damaged.isEmpty {
      try alone { try self.remove(damaged) }
      verification.removed = damaged.count
    }
    return verification
  }

  private static func fault(_ body: [UInt8]?, key: [UInt8]) -> String? {
    guard let body else { return "has no sample" }
    guard let key = RolloutKey(bytes: key) else { return "has a key of \(key.count) bytes" }
    do {
      _ = try Rollout(encoded: body, under: key)
      return nil
    } catch {
      return error.reason
    }
  }

  /// Hands every entry to `body`, in the order in which they were stored.
  ///
  /// - Returns: how many are damaged and were left out.
  package func forEach(_ body: (RolloutKey, Rollout) throws -> Void) throws -> Int {
    var damaged = 0
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql:
          "SELECT key, content FROM rollout JOIN body ON body.id = rollout.id ORDER BY rollout.id")
      while let row = try rows.next() {
        guard let key = RolloutKey(bytes: row.bytes(0) ?? []),
          let rollout = try? Rollout(encoded: row.bytes(1) ?? [], under: key)
        else {
          damaged += 1
          continue
        }
        try body(key, rollout)
      }
    }
    return damaged
  }
}
