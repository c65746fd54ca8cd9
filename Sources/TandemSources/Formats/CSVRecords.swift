/// Splits comma-separated values into records, keeping line breaks inside of quotes.
struct CSVRecords {
  private let window: ByteWindow
  private let separator: UInt8
  private let quote = UInt8(ascii: "\"")
  private var field: [UInt8] = []
  private var fields: [String] = []
  private var size = 0

  init(_ window: ByteWindow, separator: UInt8) throws(SourceError) {
    self.window = window
    self.separator = separator
    try window.fill(atLeast: utf8Mark.count)
    if window.bytes.starts(with: utf8Mark) { window.consume(utf8Mark.count) }
  }

  /// The fields of the next record; nil at the end.
  ///
  /// Errors call it `row`, and 0 the header.
  ///
  /// - Throws: ``SourceError`` for an unclosed quote, text behind a quote, or another encoding.
  mutating func next(row: Int) throws(SourceError) -> [String]? {
    fields.removeAll(keepingCapacity: true)
    size = 0
    guard try peek() != nil else { return nil }
    while true {
      if try peek() == quote {
        window.consume(1)
        try readQuoted(row: row)
      } else {
        try readPlain(row: row)
      }
      try endField(row: row)
      guard let end = try peek() else { return fields }
      window.consume(1)
      if end == separator { continue }
      if end == 0x0D, try peek() == 0x0A { window.consume(1) }
      return fields
    }
  }

  /// The next byte; nil at the end.
  private func peek() throws(SourceError) -> UInt8? {
    while window.bytes.isEmpty {
      if try !window.fill() { return nil }
    }
    return window.bytes.first
  }

  /// Reads up to a separator or the end of the record, which stays.
  private mutating func readPlain(row: Int) throws(SourceError) {
    while try peek() != nil {
      let bytes = window.bytes
      let end = bytes.firstIndex { $0 == separator || $0 == 0x0A || $0 == 0x0D }
      try take(bytes.prefix(end ?? bytes.count), row: row)
      if end != nil { return }
    }
  }

  /// Reads a field behind its opening quote, with the quote that closes it.
  private mutating func readQuoted(row: Int) throws(SourceError) {
    while try peek() != nil {
      let bytes = window.bytes
      let end = bytes.firstIndex(of: quote)
      try take(bytes.prefix(end ?? bytes.count), row: row)
      guard end != nil else { continue }
      window.consume(1)
      let behind = try peek()
      if behind == quote {
        try take(window.bytes.prefix(1), row: row)
      } else if behind == nil || behind == separator || behind == 0x0A || behind == 0x0D {
        return
      } else {
        throw error(row, "has text behind a closing quote in field \(fields.count + 1)")
      }
    }
    throw error(
      row, "opens a quote in field \(fields.count + 1) that is never closed: is the file complete?")
  }

  private mutating func take(_ piece: Slice<UnsafeRawBufferPointer>, row: Int) throws(SourceError) {
    size += piece.count
    guard size <= window.limit else {
      throw error(row, "is longer than \(window.limit) bytes: is a quote never closed?")
    }
    field.append(contentsOf: piece)
    window.consume(piece.count)
  }

  private mutating func endField(row: Int) throws(SourceError) {
    guard !field.contains(0) else {
      throw error(row, "has a zero byte: UTF-16 needs `iconv -f UTF-16 -t UTF-8`")
    }
    guard let text = String(validating: field, as: UTF8.self) else {
      if row > 0 { throw .notUTF8(window.name, row: row) }
      throw error(row, "is not valid UTF-8: convert it with `iconv -f WINDOWS-1252 -t UTF-8`")
    }
    fields.append(text)
    field.removeAll(keepingCapacity: true)
  }

  private func error(_ row: Int, _ message: String) -> SourceError {
    row > 0
      ? SourceError(window.name, row: row, message)
      : SourceError(window.name, "the header \(message)")
  }
}
