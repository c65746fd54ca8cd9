internal import Glibc
internal import TandemJSON
package import TandemRecords

/// The rows of one part in order, one at a time, in the memory of one frame.
package struct RowReader<Row: Record>: ~Copyable {
  private var part: PartReader
  private var parser: JSONRowParser
  private var lines: LineCursor
  private var nextFrame: Int
  private let endFrame: Int
  /// Bytes of the frames read so far.
  package private(set) var bytesRead: Int
  /// 1-based number of the row read last.
  package private(set) var row: Int

  /// Opens a part of these rows, or only some of its frames; then rows are counted from the first of these.
  ///
  /// - Throws: ``ShardError`` when it holds other rows or another version of them.
  package init(_ path: String, frames: Range<Int>? = nil) throws(ShardError) {
    let part = try PartReader(path)
    let label = part.label
    guard label.record == Row.kind.name else {
      throw ShardError(path, "holds \(label.record) rows where \(Row.kind.name) rows are needed")
    }
    guard label.schemaVersion == Row.kind.version else {
      throw ShardError(
        path,
        "has \(label.record) rows of schema version \(label.schemaVersion), this tandem reads version \(Row.kind.version); make it again with the stage that wrote it"
      )
    }
    let parser: JSONRowParser
    do { parser = try JSONRowParser(columns: Row.columns) } catch {
      throw ShardError(path, error.description)
    }
    self.part = part
    self.parser = parser
    lines = LineCursor()
    nextFrame = frames?.lowerBound ?? 0
    endFrame = min(frames?.upperBound ?? .max, self.part.frameCount)
    bytesRead = 0
    row = 0
  }

  package var path: String { part.path }
  package var label: PartLabel { part.label }

  /// The next row; nil at the end.
  ///
  /// - Throws: ``ShardError`` naming the frame or the row that cannot be read.
  package mutating func next() throws(ShardError) -> Row? {
    while true {
      if let line = lines.next() {
        row += 1
        do {
          var members = try parser.parse(padded: line)
          return try Row(row: &members)
        } catch {
          throw ShardError(part.path, row: row, error.description)
        }
      }
      guard nextFrame < endFrame else { return nil }
      let frame = try part.frame(nextFrame)
      lines = LineCursor(frame)
      nextFrame += 1
      bytesRead += frame.count
    }
  }
}

/// The lines of a buffer, without their line ends.
package struct LineCursor {
  private var rest: UnsafeRawBufferPointer

  /// No lines.
  package init() {
    rest = UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// The lines of a buffer that outlives the cursor.
  package init(_ buffer: UnsafeRawBufferPointer) {
    rest = buffer
  }

  /// The next line that is not empty; nil at the end.
  package mutating func next() -> UnsafeRawBufferPointer? {
    while let start = rest.baseAddress, rest.count > 0 {
      let end = memchr(start, 0x0A, rest.count)
      let count = end.map { UnsafeRawPointer($0) - start } ?? rest.count
      let line = UnsafeRawBufferPointer(start: start, count: count)
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(min(count + 1, rest.count)))
      if count > 0 { return line }
    }
    return nil
  }
}
