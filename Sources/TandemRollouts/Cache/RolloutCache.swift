internal import Foundation
internal import Glibc
internal import GRDB
internal import Synchronization
internal import TandemShards

/// Samples by the digest of all that decides them, on disk, shared by runs and by processes of one machine.
///
/// A sample is durable when ``store(_:)`` returns: it survives the death of the process at any instant, and, the
/// database being synced with every commit, a loss of power as far as the disk keeps its word. The folder must lie on a
/// local disk: locks and the database's shared memory do not work across machines.
package final class RolloutCache: Sendable {
  /// The folder, as the user would name it.
  package let folder: String
  /// The path of the database in it.
  let path: String
  let database: DatabasePool
  let locks: CacheLocks
  let clock: any CacheClock
  /// Entries that were read and whose time of use is out of date.
  private let uses = Mutex<[Int64]>([])

  /// The name of the database in the folder.
  static let fileName = "rollouts.sqlite"
  /// Times of use are kept to a day: a younger one is not written again, so that reading hardly ever writes.
  private static let useResolution = 86_400
  /// Uses that are held before they are written.
  private static let useBatch = 4096

  /// Opens a cache, or makes it.
  ///
  /// - Throws: ``RolloutError`` when it cannot be opened, is damaged, or is being cleaned.
  package init(_ folder: String, clock: some CacheClock = .system) throws {
    self.folder = folder
    self.clock = clock
    let path = "\(folder)/\(Self.fileName)"
    self.path = path
    try Folder.create(folder)
    let locks = try CacheLocks("\(folder)/locks")
    self.locks = locks
    guard try locks.tryLock(.use, .shared) else {
      throw RolloutError(
        folder, "is being cleaned by another tandem process; wait until it is done")
    }
    try locks.lock(.setup, .exclusive)
    defer { locks.unlock(.setup) }
    var configuration = Configuration()
    configuration.busyMode = .timeout(120)
    configuration.prepareDatabase { try CacheSchema.prepare($0) }
    database = try Self.reporting(path) {
      let pool = try DatabasePool(path: path, configuration: configuration)
      try pool.writeWithoutTransaction { connection in
        // The pool has set it to NORMAL, which would leave the last commits to the next checkpoint.
        try connection.execute(sql: "PRAGMA synchronous = FULL")
        try connection.inTransaction(.immediate) {
          try CacheSchema.create(in: connection, path: path)
          return .commit
        }
      }
      return pool
    }
  }

  /// The user's own cache: `tandem/rollouts` where `XDG_CACHE_HOME` says, else below `~/.cache`.
  package static func defaultFolder(environment: [String: String]) -> String {
    if let folder = environment["XDG_CACHE_HOME"], folder.hasPrefix("/") {
      return "\(folder)/tandem/rollouts"
    }
    return "\(environment["HOME"] ?? ".")/.cache/tandem/rollouts"
  }
}

// MARK: - Entries

extension RolloutCache {
  /// Whether there is a sample under a key; it is not read.
  package func contains(_ key: RolloutKey) throws -> Bool {
    try read { database in
      let sql = "SELECT 1 FROM rollout WHERE key = ?"
      return try Int.fetchOne(try database.cachedStatement(sql: sql), arguments: [Data(key.bytes)])
        != nil
    }
  }

  /// The sample of a request; nil when there is none.
  ///
  /// - Throws: ``RolloutError`` when the entry is damaged.
  package func sample(_ request: RolloutRequest) throws -> RolloutSample? {
    let key = RolloutKey(request)
    let sql = """
      SELECT rollout.id, used, content FROM rollout JOIN body ON body.id = rollout.id WHERE key = ?
      """
    let entry = try read { database in
      try Row.fetchOne(try database.cachedStatement(sql: sql), arguments: [Data(key.bytes)])
        .map { row in
          (id: try row.integer(0), used: try row.integer(1), body: row.bytes(2) ?? [])
        }
    }
    guard let entry else { return nil }
    do {
      let rollout = try Rollout(encoded: entry.body, under: key)
      if entry.used <= clock.now - Self.useResolution { try noteUse(entry.id) }
      return rollout.sample
    } catch let damage as Rollout.Damage {
      throw RolloutError(
        path,
        "entry \(key.hex.prefix(16)) is damaged (\(damage.reason)); `tandem cache verify --remove` takes out what is damaged, then run this again"
      )
    }
  }

  /// Keeps samples with one commit, durably; one that is there already stays.
  package func store(_ rollouts: [Rollout]) throws {
    let entries = try rollouts.map { (rollout: $0, body: Data(try $0.encoded())) }
    let now = clock.now
    try write { database in
      let index = try database.cachedStatement(
        sql: """
          INSERT INTO rollout (key, engine, model, adapter, tokens, bytes, created, used)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
          """)
      let content = try database.cachedStatement(
        sql: "INSERT INTO body (id, content) VALUES (?, ?)")
      for (rollout, body) in entries {
        let (request, sample) = (rollout.request, rollout.sample)
        let engine = request.engine
        try index.execute(arguments: [
          Data(RolloutKey(request).bytes), engine.engine, engine.model, engine.adapter,
          sample.tokenIDs?.count ?? sample.completionTokens ?? 0, body.count, now, now,
        ])
        guard database.changesCount == 1 else { continue }
        try content.execute(arguments: [database.lastInsertedRowID, body])
      }
    }
  }

  /// Takes the right to compute the sample of a key; false when another process has it.
  ///
  /// It ends with ``release(_:)``, or with the process. A sample that another process stored is there before its claim
  /// is free, so one who looks again with the claim in hand computes nothing twice.
  package func claim(_ key: RolloutKey) throws -> Bool {
    try locks.tryLock(.claim(key), .exclusive)
  }

  /// Gives a claim back.
  package func release(_ key: RolloutKey) {
    locks.unlock(.claim(key))
  }

  /// Writes down what was used, by which the least recently used entries are found.
  package func flushUses() throws {
    let ids = uses.withLock { uses in
      defer { uses = [] }
      return uses
    }
    guard !ids.isEmpty else { return }
    let now = clock.now
    try write { database in
      let statement = try database.cachedStatement(sql: "UPDATE rollout SET used = ? WHERE id = ?")
      for id in ids { try statement.execute(arguments: [now, id]) }
    }
  }

  private func noteUse(_ id: Int64) throws {
    let isFull = uses.withLock { uses in
      uses.append(id)
      return uses.count >= Self.useBatch
    }
    if isFull { try flushUses() }
  }
}

// MARK: - Access

extension RolloutCache {
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.reporting(path) { try database.read(body) }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.reporting(path) { try database.write(body) }
  }

  /// Turns what SQLite reports into one line with what to do.
  static func reporting<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    let damage =
      "save what can be read with `tandem cache export`, then remove the file, or give --no-cache"
    do { return try body() } catch is RowDecodingError {
      throw RolloutError(path, "is damaged (a value is missing); \(damage)")
    } catch let error as DatabaseError {
      let reason = error.message ?? error.resultCode.description
      let advice =
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
          "is damaged (\(reason)); \(damage)"
        case .SQLITE_FULL: "cannot be written: the disk is full; what is stored is kept"
        case .SQLITE_BUSY: "is held by another process for too long (\(reason)); try again"
        default: "cannot be used (\(reason)); give another --cache or --no-cache"
        }
      throw RolloutError(path, advice)
    }
  }
}

// MARK: - Folders

extension RolloutCache {
  /// Whether a folder holds a cache.
  package static func isCache(_ folder: String) -> Bool {
    Folder.exists("\(folder)/\(fileName)")
  }

  /// Removes a cache that nobody else uses, with its folder.
  package static func remove(_ folder: String) throws {
    for name in [fileName, "\(fileName)-wal", "\(fileName)-shm", "locks"] {
      try Folder.removeFile("\(folder)/\(name)")
    }
    _ = rmdir(folder)
  }
}
