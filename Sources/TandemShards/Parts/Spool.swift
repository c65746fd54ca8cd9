package import TandemRecords

/// Rows put aside on disk in a stage's folder while their place is not known yet.
///
/// Written fast, read back in order, and removed with the value; a leftover of a process that was killed carries
/// the temporary ending and is removed when the stage runs again.
package struct Spool<Row: Record>: ~Copyable {
  private let path: String
  private var writer: PartWriter<Row>?
  /// The rows written so far.
  package private(set) var rows = 0

  /// An empty spool named `name` in a folder.
  package init(_ name: String, in folder: String) throws(ShardError) {
    let path = "\(folder)/.spool-\(name)\(AtomicFile.temporarySuffix)"
    writer = try PartWriter(
      path, compression: Compression(level: 1, frameSize: 1 << 16), fingerprint: "spool")
    self.path = path
  }

  deinit { try? Folder.removeFile(path) }

  /// Appends a row.
  package mutating func write(_ row: Row) throws(ShardError) {
    try writer?.write(row)
    rows += 1
  }

  /// Ends writing and opens the rows; they can be opened again.
  package mutating func read() throws(ShardError) -> RowReader<Row> {
    if let writer = writer.take() { _ = try writer.finish() }
    return try RowReader(path)
  }
}
