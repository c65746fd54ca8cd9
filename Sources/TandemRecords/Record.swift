package import TandemJSON

/// A row of a stage: one JSON object a line, described by a file in `schemas/`.
package protocol Record: Sendable {
  /// What the rows are and which version of their schema they follow.
  static var kind: RecordKind { get }

  /// The members, in the order in which they are written and read.
  static var columns: [JSONColumn] { get }

  /// Takes the members of a row in the order of ``columns``.
  ///
  /// - Throws: `JSONError` naming the member that is missing or wrong.
  init(row: inout JSONRow) throws(JSONError)

  /// Writes the members, without braces, in the order of ``columns``.
  func writeMembers(to writer: inout JSONWriter)
}

extension Record {
  /// Writes the row as one line.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writeMembers(to: &writer)
    writer.endObject()
    writer.newline()
  }
}

/// A kind of record with the version of its schema; `name` is also the schema file's name.
package struct RecordKind: Hashable, Sendable {
  /// The name in lower case.
  package let name: String
  /// Raised whenever rows written by older versions would be read wrongly.
  package let version: Int

  /// Names a kind.
  package init(_ name: String, version: Int) {
    self.name = name
    self.version = version
  }
}
