internal import TandemJSON

/// Parses rows of JSON text and says what is wrong with them.
struct RowParser: ~Copyable {
  private let file: String
  private var parser: JSONParser

  init(file: String) throws(SourceError) {
    self.file = file
    do {
      parser = try JSONParser()
    } catch {
      throw SourceError(file, error.description)
    }
  }

  /// Parses an object, behind which the parser's padding must be readable.
  ///
  /// - Throws: ``SourceError`` naming the row.
  mutating func parse(padded text: UnsafeRawBufferPointer, row: Int) throws(SourceError)
    -> SourceRow
  {
    let value: JSONValue
    do {
      value = try parser.parse(padded: text)
    } catch {
      guard String(validating: text, as: UTF8.self) != nil else {
        throw .notUTF8(file, row: row)
      }
      throw SourceError(file, row: row, "is not valid JSON (\(error))")
    }
    guard let object = value.object else {
      throw SourceError(file, row: row, "is \(value.kind), not an object with fields")
    }
    return SourceRow(file: file, row: row, value: object)
  }
}

extension SourceError {
  /// The error for text in another encoding.
  static func notUTF8(_ file: String, row: Int) -> SourceError {
    SourceError(
      file, row: row,
      "is not valid UTF-8: the file is damaged, or needs `iconv -f WINDOWS-1252 -t UTF-8`")
  }

  /// The error for a row beyond the limit.
  static func tooLong(_ file: String, row: Int, limit: Int) -> SourceError {
    SourceError(file, row: row, "is longer than \(limit) bytes, the limit for one row")
  }
}
