package import TandemRecords
internal import TandemJSON

/// Writes `rejects.jsonl`: every row that a stage left out, with its reason, as plain JSON Lines.
///
/// The file appears with ``finish()``; one without rows is removed, so that it never tells of an earlier run.
package struct RejectWriter: ~Copyable {
  /// The name of the file in a stage's folder.
  package static let fileName = "rejects.jsonl"

  /// Rows by reason kind, in the order in which kinds first occurred.
  package private(set) var counts: [(kind: String, rows: Int)] = []
  private let path: String
  private var file: AtomicFile?
  private var buffer = JSONWriter(capacity: 1 << 12)

  /// No rejects yet, in a stage's folder.
  package init(in folder: String) {
    path = "\(folder)/\(Self.fileName)"
  }

  /// Adds a row; `kind` groups reasons that differ only in their details.
  package mutating func write(_ reject: Reject, kind: String) throws(ShardError) {
    if let index = counts.firstIndex(where: { $0.kind == kind }) {
      counts[index].rows += 1
    } else {
      counts.append((kind, 1))
    }
    if file == nil { file = try AtomicFile(path) }
    buffer.removeAll()
    reject.write(to: &buffer)
    try file?.write(buffer.bytes)
  }

  /// All rows written.
  package var total: Int { counts.reduce(0) { $0 + $1.rows } }

  /// Makes the file durable.
  package mutating func finish() throws(ShardError) {
    guard var file = file.take() else { return try Folder.removeFile(path) }
    try file.commit()
  }
}
