internal import TandemJSON

/// Rows of a Parquet file; a page of each column is in memory at a time.
///
/// Reads texts, whole and floating-point numbers, truth values, and lists and structures of them.
/// Dates and times come as the numbers they are stored as. Other columns are left out of the rows
/// and named in ``unreadColumns``.
final class ParquetReader: RowReader {
  /// The columns that are left out, each with what it holds.
  let unreadColumns: [String: String]
  private let file: any RandomBytes
  private let name: String
  private let footer: ParquetFooter
  /// The fields of a row with the ways to their columns.
  private let fields: [(name: String, paths: [[ParquetSchema.Node]])]
  private var group = 0
  private var rowsLeft = 0
  private var columns: [ParquetColumn?] = []
  private var row = 0

  init(_ file: any RandomBytes, name: String) throws(SourceError) {
    self.file = file
    self.name = name
    footer = try ParquetFooter(file, name: name)
    var unread: [String: String] = [:]
    for leaf in footer.schema.leaves {
      if case .unread(let reason) = leaf.kind { unread[leaf.path.joined(separator: ".")] = reason }
    }
    unreadColumns = unread
    fields = footer.schema.fields.map { ($0.name, $0.paths()) }
    guard unread.count < footer.schema.leaves.count else {
      throw SourceError(name, "has no column of a type that is read here")
    }
  }

  func next() throws(SourceError) -> SourceRow? {
    while rowsLeft == 0 {
      try finishGroup()
      guard group < footer.groups.count else { return nil }
      try startGroup(footer.groups[group])
      group += 1
    }
    rowsLeft -= 1
    row += 1
    var object = JSONObject()
    for field in fields {
      if let value = try value(of: field.paths) {
        object.members.append(.init(key: field.name, value: value))
      }
    }
    return SourceRow(file: name, row: row, value: object)
  }

  private func startGroup(_ group: ParquetFooter.Group) throws(SourceError) {
    columns.removeAll()
    rowsLeft = group.rows
    for (chunk, leaf) in zip(group.chunks, footer.schema.leaves) {
      if case .unread = leaf.kind {
        columns.append(nil)
      } else {
        columns.append(
          try checked(leaf) { () throws(ParquetDamage) in
            try ParquetColumn(chunk, leaf: leaf, file: file)
          })
      }
    }
  }

  private func finishGroup() throws(SourceError) {
    for (column, leaf) in zip(columns, footer.schema.leaves) where column?.isAtEnd == false {
      throw damage(ParquetDamage("has more rows than the file says"), leaf)
    }
  }

  /// The value of a field, put together from its columns; nil when none of them is read.
  private func value(of paths: [[ParquetSchema.Node]]) throws(SourceError) -> JSONValue? {
    var merged: JSONValue?
    for path in paths {
      guard let leaf = path.last?.leaf, columns[leaf] != nil else { continue }
      let entries = try checked(footer.schema.leaves[leaf]) { () throws(ParquetDamage) in
        try columns[leaf]?.nextRow() ?? []
      }
      let value = ParquetAssembly.value(path[...], entries[...])
      merged = merged.map { ParquetAssembly.merge($0, value) } ?? value
    }
    return merged
  }

  private func checked<T>(_ leaf: ParquetSchema.Leaf, _ body: () throws(ParquetDamage) -> T)
    throws(SourceError) -> T
  {
    do throws(ParquetDamage) {
      return try body()
    } catch {
      throw damage(error, leaf)
    }
  }

  private func damage(_ damage: ParquetDamage, _ leaf: ParquetSchema.Leaf) -> SourceError {
    let column = SourceName.printable(leaf.path.joined(separator: "."))
    return SourceError(name, row: row > 0 ? row : nil, "column `\(column)` \(damage.what)")
  }
}
