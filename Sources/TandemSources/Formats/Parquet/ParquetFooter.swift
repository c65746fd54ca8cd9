/// What a Parquet file says about itself at its end.
///
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
struct ParquetFooter {
  /// One column of one row group.
  struct Chunk {
    var path: [String]
    var type: Int
    var codec: Int
    var values: Int
    /// Where its pages are in the file.
    var range: Range<Int>
  }

  /// Rows that are stored together.
  struct Group {
    var rows: Int
    var chunks: [Chunk]
  }

  let schema: ParquetSchema
  let groups: [Group]

  /// Reads the footer.
  ///
  /// - Throws: ``SourceError`` for one that is missing, damaged or encrypted.
  init(_ bytes: any RandomBytes, name: String) throws(SourceError) {
    let size = try bytes.count()
    guard size >= 12 else { throw SourceError(name, "ends early: no Parquet footer") }
    let tail = try bytes.read(at: size - 8, count: 8)
    let mark = tail.suffix(4)
    if mark.elementsEqual("PARE".utf8) { throw SourceError(name, "is encrypted Parquet") }
    guard mark.elementsEqual("PAR1".utf8) else {
      throw SourceError(name, "does not end in a Parquet footer: is it complete?")
    }
    let length = tail.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length > 0, length <= size - 12 else {
      throw SourceError(name, "has a damaged Parquet footer: get a fresh copy")
    }
    let text = try bytes.read(at: size - 8 - length, count: length)
    do throws(ParquetDamage) {
      var reader = ThriftReader(text[...])
      let fields = try reader.fields()
      schema = try ParquetSchema(fields[2]?.list ?? [])
      groups = try Self.groups(fields, leaves: schema.leaves, dataEnd: size - 8 - length)
    } catch {
      throw SourceError(name, error.what)
    }
  }

  private static func groups(_ fields: ThriftValue, leaves: [ParquetSchema.Leaf], dataEnd: Int)
    throws(ParquetDamage) -> [Group]
  {
    var groups: [Group] = []
    var total = 0
    for entry in fields[4]?.list ?? [] {
      guard let rows = entry[3]?.int, rows >= 0, let columns = entry[1]?.list,
        columns.count == leaves.count
      else { throw damaged }
      var chunks: [Chunk] = []
      for (column, leaf) in zip(columns, leaves) {
        let chunk = try chunk(column, dataEnd: dataEnd)
        guard chunk.path == leaf.path, chunk.type == leaf.type else { throw damaged }
        // Without repetition each row has one value, be it null.
        guard leaf.maxRepetition > 0 || chunk.values == rows else { throw damaged }
        chunks.append(chunk)
      }
      let (sum, overflow) = total.addingReportingOverflow(rows)
      guard !overflow else { throw damaged }
      total = sum
      groups.append(Group(rows: rows, chunks: chunks))
    }
    guard fields[3]?.int == total else { throw damaged }
    return groups
  }

  private static func chunk(_ column: ThriftValue, dataEnd: Int) throws(ParquetDamage) -> Chunk {
    guard column[1] == nil else {
      throw ParquetDamage(unsupported: "keeps its columns in other files")
    }
    guard let meta = column[3], let type = meta[1]?.int, let codec = meta[4]?.int,
      let values = meta[5]?.int, values >= 0, let size = meta[7]?.int, size >= 0,
      let dataOffset = meta[9]?.int, let names = meta[3]?.list
    else { throw damaged }
    let path = names.compactMap(\.text)
    guard path.count == names.count else { throw damaged }
    if values == 0 { return Chunk(path: path, type: type, codec: codec, values: 0, range: 0..<0) }
    // A dictionary comes first; some writers give 0 for none.
    var start = dataOffset
    if let offset = meta[11]?.int, offset > 0 { start = min(start, offset) }
    guard start >= 4, start <= dataEnd, size <= dataEnd - start else { throw damaged }
    return Chunk(path: path, type: type, codec: codec, values: values, range: start..<start + size)
  }

  private static var damaged: ParquetDamage { ParquetDamage("has a damaged Parquet footer") }
}
