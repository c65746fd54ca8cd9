internal import TandemJSON

/// Reads one column of one row group, a page at a time.
struct ParquetColumn {
  /// A value with its levels, as Dremel defines them; nil where the definition level is too low.
  struct Entry {
    var repetition: Int
    var definition: Int
    var value: JSONValue?
  }

  private let leaf: ParquetSchema.Leaf
  private let file: any RandomBytes
  private let codec: ParquetCodec
  private var range: Range<Int>
  private var dictionary: [JSONValue] = []
  private var valuesLeft: Int
  private var pageLeft = 0
  private var repetitions: ParquetRuns?
  private var definitions: ParquetRuns?
  private var values: ParquetValues?
  private var pending: Entry?

  /// The most elements that the lists of one row may have.
  static let maxEntries = 1 << 22

  init(_ chunk: ParquetFooter.Chunk, leaf: ParquetSchema.Leaf, file: any RandomBytes)
    throws(ParquetDamage)
  {
    guard let codec = ParquetCodec(rawValue: chunk.codec) else {
      throw ParquetDamage(unsupported: "has an unknown compression")
    }
    self.leaf = leaf
    self.file = file
    self.codec = codec
    range = chunk.range
    valuesLeft = chunk.values
  }

  /// Whether every value has been taken.
  var isAtEnd: Bool { valuesLeft == 0 && pending == nil }

  /// The entries of the next row: one, or one for each element of its lists.
  mutating func nextRow() throws(ParquetDamage) -> [Entry] {
    var first = pending.take()
    if first == nil { first = try nextEntry() }
    guard let first, first.repetition == 0 else { throw ParquetDamage("ends early") }
    guard leaf.maxRepetition > 0 else { return [first] }
    var entries = [first]
    while let entry = try nextEntry() {
      if entry.repetition == 0 {
        pending = entry
        break
      }
      guard entries.count < Self.maxEntries else {
        throw ParquetDamage("has a list of more than \(Self.maxEntries) elements")
      }
      entries.append(entry)
    }
    return entries
  }

  private mutating func nextEntry() throws(ParquetDamage) -> Entry? {
    guard valuesLeft > 0 else { return nil }
    while pageLeft == 0 { try startPage() }
    let repetition = try repetitions?.next() ?? 0
    let definition = try definitions?.next() ?? leaf.maxDefinition
    guard repetition <= leaf.maxRepetition, definition <= leaf.maxDefinition else {
      throw ParquetDamage("has a damaged page")
    }
    let value = definition == leaf.maxDefinition ? try values?.next(dictionary) : nil
    pageLeft -= 1
    valuesLeft -= 1
    return Entry(repetition: repetition, definition: definition, value: value)
  }

  private mutating func startPage() throws(ParquetDamage) {
    guard !range.isEmpty else { throw ParquetDamage("ends early") }
    let page = try ParquetPage(file, &range, codec: codec)
    switch page.content {
    case .other: return
    case .dictionary: dictionary = try readDictionary(page)
    case .data(let repetitionBytes, let definitionBytes):
      guard page.values <= valuesLeft else { throw ParquetDamage("has more values than it says") }
      pageLeft = page.values
      var rest = page.bytes[...]
      repetitions = try levels(&rest, max: leaf.maxRepetition, bytes: repetitionBytes)
      definitions = try levels(&rest, max: leaf.maxDefinition, bytes: definitionBytes)
      values = try ParquetValues(rest, encoding: page.encoding, kind: leaf.kind, limit: page.values)
    }
  }

  private func readDictionary(_ page: ParquetPage) throws(ParquetDamage) -> [JSONValue] {
    guard page.encoding == 0 || page.encoding == 2 else {
      throw ParquetDamage("has a damaged dictionary")
    }
    var values = try ParquetValues(
      page.bytes[...], encoding: 0, kind: leaf.kind, limit: page.values)
    var dictionary: [JSONValue] = []
    for _ in 0..<page.values { dictionary.append(try values.next([])) }
    return dictionary
  }

  /// Takes the levels off the front of a page; the first version of pages writes their length there.
  private func levels(_ rest: inout ArraySlice<UInt8>, max: Int, bytes: Int?) throws(ParquetDamage)
    -> ParquetRuns?
  {
    guard max > 0 else {
      rest = rest.dropFirst(bytes ?? 0)
      return nil
    }
    var length = bytes ?? 0
    if bytes == nil { length = try ParquetValues.takeLength(&rest) }
    guard length <= rest.count else { throw .short }
    defer { rest = rest.dropFirst(length) }
    return try ParquetRuns(
      rest.prefix(length), width: Int.bitWidth - max.leadingZeroBitCount)
  }
}
