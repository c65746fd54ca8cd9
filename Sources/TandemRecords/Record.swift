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

extension JSONRow {
  /// The next column as one of the cases of an enumeration.
  mutating func choice<T: RawRepresentable & CaseIterable>(_ name: StaticString)
    throws(JSONError) -> T where T.RawValue == String
  {
    guard let value = try optionalChoice(name) as T? else {
      throw JSONError("`\(name)` is missing")
    }
    return value
  }

  /// The next column as one of the cases of an enumeration; nil when absent or null.
  mutating func optionalChoice<T: RawRepresentable & CaseIterable>(_ name: StaticString)
    throws(JSONError) -> T? where T.RawValue == String
  {
    guard let text = optionalString() else { return nil }
    guard let value = T(rawValue: text) else {
      let known = T.allCases.map(\.rawValue).joined(separator: ", ")
      throw JSONError("`\(name)` is none of \(known)")
    }
    return value
  }

  /// The next column as an array of strings; nil when absent or null.
  mutating func optionalStrings(_ name: StaticString) throws(JSONError) -> [String]? {
    guard let value = try optionalValue() else { return nil }
    let strings = value.array?.compactMap(\.string)
    guard let strings, strings.count == value.array?.count else {
      throw JSONError("`\(name)` is not an array of strings")
    }
    return strings
  }

  /// The next column as an object; nil when absent or null.
  mutating func optionalObject(_ name: StaticString) throws(JSONError) -> JSONObject? {
    guard let value = try optionalValue() else { return nil }
    guard let object = value.object else { throw JSONError("`\(name)` is not an object") }
    return object
  }
}

extension JSONObject {
  /// The string under `key`.
  func requiredString(_ key: String, of name: StaticString) throws(JSONError) -> String {
    guard let text = self[key]?.string else { throw JSONError("`\(name).\(key)` is not a string") }
    return text
  }

  /// The whole number under `key`.
  func requiredInt(_ key: String, of name: StaticString) throws(JSONError) -> Int {
    guard let value = self[key]?.int else {
      throw JSONError("`\(name).\(key)` is not a whole number")
    }
    return value
  }
}
