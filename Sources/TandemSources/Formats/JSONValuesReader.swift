/// Rows of a JSON file: the elements of one array, or objects one after another.
///
/// One element at a time is in memory.
final class JSONValuesReader: RowReader {
  private let window: ByteWindow
  private var parser: RowParser
  private var row = 0
  private var isArray = false
  private var state = State.start

  private enum State {
    case start, beforeFirst, afterElement, ended
  }

  init(_ window: ByteWindow) throws(SourceError) {
    self.window = window
    parser = try RowParser(file: window.name)
    try window.fill(atLeast: utf8Mark.count)
    if window.bytes.starts(with: utf8Mark) { window.consume(utf8Mark.count) }
  }

  func next() throws(SourceError) -> SourceRow? {
    guard state != .ended, let first = try skipBlanks() else { return try end() }
    if state == .start {
      isArray = first == UInt8(ascii: "[")
      state = .beforeFirst
      if isArray {
        window.consume(1)
        return try next()
      }
    }
    if isArray {
      if first == UInt8(ascii: "]") { return try close() }
      if state == .afterElement {
        guard first == UInt8(ascii: ",") else {
          throw SourceError(window.name, row: row, "is followed by neither a comma nor a bracket")
        }
        window.consume(1)
      }
    }
    return try element()
  }

  private func element() throws(SourceError) -> SourceRow {
    row += 1
    guard try skipBlanks() == UInt8(ascii: "{") else {
      throw SourceError(window.name, row: row, "is not an object with fields")
    }
    let count = try objectLength()
    defer { window.consume(count) }
    state = .afterElement
    return try parser.parse(
      padded: UnsafeRawBufferPointer(rebasing: window.bytes.prefix(count)), row: row)
  }

  private func close() throws(SourceError) -> SourceRow? {
    window.consume(1)
    guard try skipBlanks() == nil else {
      throw SourceError(window.name, "goes on behind the bracket that closes its array")
    }
    state = .ended
    return nil
  }

  private func end() throws(SourceError) -> SourceRow? {
    if state != .ended, state != .start, isArray {
      throw SourceError(
        window.name, row: max(row, 1), "is followed by no closing bracket: is the file complete?")
    }
    state = .ended
    return nil
  }

  /// Drops white space; returns the byte behind it, nil at the end of the file.
  private func skipBlanks() throws(SourceError) -> UInt8? {
    while true {
      let bytes = window.bytes
      if let place = bytes.firstIndex(where: { !isBlank($0) }) {
        window.consume(place)
        return bytes[place]
      }
      window.consume(bytes.count)
      if try !window.fill() { return nil }
    }
  }

  /// The bytes of the object at the front, found by counting brackets outside of strings.
  private func objectLength() throws(SourceError) -> Int {
    var depth = 0
    var inString = false
    var escaped = false
    var place = 0
    while true {
      let bytes = window.bytes
      while place < bytes.count {
        let byte = bytes[place]
        place += 1
        if escaped {
          escaped = false
        } else if inString {
          escaped = byte == UInt8(ascii: "\\")
          inString = byte != UInt8(ascii: "\"")
        } else {
          switch byte {
          case UInt8(ascii: "\""): inString = true
          case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
          case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            if depth == 0 { return place }
          default: break
          }
        }
      }
      guard !window.isFull else { throw .tooLong(window.name, row: row, limit: window.limit) }
      if try !window.fill() {
        throw SourceError(window.name, row: row, "is cut off: is the file complete?")
      }
    }
  }
}
