/// Rows of Parquet.
final class ParquetReader: RowReader {
  let unreadColumns: [String: String] = [:]
  init(_ bytes: any RandomBytes, name: String) throws(SourceError) {
    throw SourceError(name, "Parquet")
  }
  func next() throws(SourceError) -> SourceRow? { nil }
}
