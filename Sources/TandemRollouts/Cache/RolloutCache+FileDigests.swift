internal import Foundation
internal import GRDB

extension RolloutCache: DigestedFiles.Memory {
  /// The digest of a file that has not changed since it was remembered.
  package func digest(of path: String, stamp: FileStamp) throws -> String? {
    try read { database in
      try String.fetchOne(
        database, sql: "SELECT sha256 FROM file_digest WHERE path = ? AND stamp = ?",
        arguments: [Self.absolute(path), stamp.text])
    }
  }

  /// Remembers a file's digest, in place of an earlier one.
  package func remember(_ digest: String, of path: String, stamp: FileStamp) throws {
    try write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO file_digest (path, stamp, sha256) VALUES (?, ?, ?)",
        arguments: [Self.absolute(path), stamp.text, digest])
    }
  }

  private static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
