internal import TandemJSON
internal import TandemRecords
internal import TandemShards

/// A file of examples: a part, or JSON Lines as text.
struct ExampleFile {
  let path: String

  /// Text files above this are refused: parts are read frame by frame.
  private static let textLimit = 1 << 32

  /// Gives every example with its row, counted from 1, to `body`.
  ///
  /// - Throws: `ShardError` naming the row at fault; what `body` throws.
  func forEach(_ body: (Example, _ row: Int) throws -> Void) throws {
    guard path.hasSuffix(".zst") else { return try forEachLine(body) }
    var reader = try RowReader<Example>(path)
    while let example = try reader.next() { try body(example, reader.row) }
  }

  private func forEachLine(_ body: (Example, _ row: Int) throws -> Void) throws {
    let file = try InputFile(path)
    guard file.size <= Self.textLimit else {
      throw ShardError(path, "is larger than \(Self.textLimit) bytes; give it as a part")
    }
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: file.size + JSONParser.padding, alignment: 64)
    defer { bytes.deallocate() }
    bytes.initializeMemory(as: UInt8.self, repeating: 0)
    let text = UnsafeMutableRawBufferPointer(rebasing: bytes.prefix(file.size))
    try file.read(into: text, at: 0)
    var parser = try JSONRowParser(columns: Example.columns)
    var lines = LineCursor(UnsafeRawBufferPointer(text))
    var row = 0
    while let line = lines.next() {
      row += 1
      let example: Example
      do {
        var members = try parser.parse(padded: line)
        example = try Example(row: &members)
      } catch { throw ShardError(path, row: row, "\(error)") }
      try body(example, row)
    }
  }
}
