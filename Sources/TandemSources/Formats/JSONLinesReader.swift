internal import Glibc

/// Rows of JSON Lines: one object a line, blank lines skipped.
final class JSONLinesReader: RowReader {
  private let window: ByteWindow
  private var parser: RowParser
  private var line = 0

  init(_ window: ByteWindow) throws(SourceError) {
    self.window = window
    parser = try RowParser(file: window.name)
    try window.fill(atLeast: utf8Mark.count)
    if window.bytes.starts(with: utf8Mark) { window.consume(utf8Mark.count) }
  }

  func next() throws(SourceError) -> SourceRow? {
    while let count = try lineLength() {
      line += 1
      let text = UnsafeRawBufferPointer(rebasing: window.bytes.prefix(count))
      defer { window.consume(count) }
      if text.allSatisfy(isBlank) { continue }
      return try parser.parse(padded: text, row: line)
    }
    return nil
  }

  /// The bytes of the next line with its end; nil at the end of the file.
  private func lineLength() throws(SourceError) -> Int? {
    var searched = 0
    while true {
      let bytes = window.bytes
      if let base = bytes.baseAddress,
        let end = memchr(base + searched, 0x0A, bytes.count - searched)
      {
        return UnsafeRawPointer(end) - base + 1
      }
      searched = bytes.count
      guard !window.isFull else {
        throw .tooLong(window.name, row: line + 1, limit: window.limit)
      }
      if try !window.fill() { return bytes.isEmpty ? nil : window.bytes.count }
    }
  }
}
