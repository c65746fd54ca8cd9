/// Reads the rows of a file, a folder, an archive or a compressed file, one after another.
///
/// Memory does not grow with the number of rows. Serves one thread.
package final class SourceReader {
  private let members: any Members
  private let options: SourceOptions
  private var reader: (any RowReader)?
  private var failed = false

  /// The columns of Parquet files that rows do not have, each with the reason.
  package private(set) var unreadColumns: [String: String] = [:]

  /// Opens what is at `path`; rows call it by the last part of its name.
  ///
  /// - Throws: ``SourceError`` naming what cannot be read.
  package init(path: String, options: SourceOptions = SourceOptions()) throws(SourceError) {
    self.options = options
    members = try openMembers(path: path, name: SourceName.last(of: path), options: options)
  }

  /// The next row; nil behind the last.
  ///
  /// - Throws: ``SourceError`` naming the file and row. There are no more rows after an error.
  package func next() throws(SourceError) -> SourceRow? {
    guard !failed else { return nil }
    do {
      while true {
        if let row = try reader?.next() { return row }
        guard let member = try members.next() else { return nil }
        reader = try open(member)
      }
    } catch {
      failed = true
      throw error
    }
  }

  private func open(_ member: Member) throws(SourceError) -> any RowReader {
    let window = ByteWindow(member.bytes, name: member.name, limit: options.maxRowBytes)
    switch try SourceFormat.detect(window, asked: options.format) {
    case .jsonl: return try JSONLinesReader(window)
    case .json: return try JSONValuesReader(window)
    case .csv: return try CSVReader(window, separator: ",", headerRow: options.headerRow)
    case .tsv: return try CSVReader(window, separator: "\t", headerRow: options.headerRow)
    case .parquet:
      let bytes: any RandomBytes
      if let random = member.random {
        bytes = random
      } else {
        bytes = MemoryBytes(try window.takeAll(limit: options.maxMemberInMemory))
      }
      let reader = try ParquetReader(bytes, name: member.name)
      unreadColumns.merge(reader.unreadColumns) { first, _ in first }
      return reader
    }
  }
}

extension SourceReader {
  /// Hands every row that is left to `body`.
  ///
  /// - Throws: ``SourceError`` as ``next()`` and `body` do.
  package func forEach(_ body: (SourceRow) throws(SourceError) -> Void) throws(SourceError) {
    while let row = try next() { try body(row) }
  }
}
