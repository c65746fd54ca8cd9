internal import GRDB

/// The tables of a cache's database.
///
/// Samples lie in the database itself, apart from their index, so that an index is read without them. One file is
/// synced once a sample, and a sample and its entry stand or fall together; at some ten kilobytes a sample SQLite reads
/// them faster than files of their own (sqlite.org/fasterthanfs.html).
enum CacheSchema {
  static let version = 1
  /// `TNDM`, by which `file` and we tell the database from others.
  static let applicationID = 0x544E_444D

  /// What must be decided before the first table: pages that hold a short sample, and room that can be given back.
  static func prepare(_ database: Database) throws {
    guard !database.configuration.readonly else { return }
    try database.execute(sql: "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL")
  }

  /// Makes the tables of an empty database.
  ///
  /// - Throws: ``RolloutError`` when it holds something else, or another version of them.
  static func create(in database: Database, path: String) throws {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let id = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    if id == applicationID, found == version { return }
    guard id == 0, found == 0,
      try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
    else {
      let what =
        id == applicationID
        ? "is a cache of version \(found), this tandem keeps version \(version)"
        : "is no rollout cache"
      throw RolloutError(path, "\(what); give another --cache, or remove it")
    }
    try database.execute(
      sql: """
        CREATE TABLE rollout (
          id INTEGER PRIMARY KEY,
          key BLOB NOT NULL UNIQUE,
          engine TEXT NOT NULL,
          model TEXT NOT NULL,
          adapter TEXT,
          tokens INTEGER NOT NULL,
          bytes INTEGER NOT NULL,
          created INTEGER NOT NULL,
          used INTEGER NOT NULL
        );
        CREATE INDEX rollout_used ON rollout (used);
        CREATE TABLE body (id INTEGER PRIMARY KEY REFERENCES rollout, content BLOB NOT NULL);
        CREATE TABLE file_digest (
          path TEXT PRIMARY KEY,
          stamp TEXT NOT NULL,
          sha256 TEXT NOT NULL
        ) WITHOUT ROWID;
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        """)
  }
}
