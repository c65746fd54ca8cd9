internal import CSimdJSON

/// A member that a row type knows, and how it is written.
package struct JSONColumn: Hashable, Sendable {
  /// How the value of a column is written.
  package enum Kind: Hashable, Sendable {
    case string, integer, real, bool, integers
    /// Any value, kept as the text it was written with.
    case raw
  }

  /// The member's key.
  package let name: StaticString
  /// How its value is written.
  package let kind: Kind

  /// A column of strings.
  package static func string(_ name: StaticString) -> Self { Self(name: name, kind: .string) }
  /// A column of whole numbers of 64 bits.
  package static func integer(_ name: StaticString) -> Self { Self(name: name, kind: .integer) }
  /// A column of floating-point numbers.
  package static func real(_ name: StaticString) -> Self { Self(name: name, kind: .real) }
  /// A column of truth values.
  package static func bool(_ name: StaticString) -> Self { Self(name: name, kind: .bool) }
  /// A column of arrays of whole numbers of 32 bits.
  package static func integers(_ name: StaticString) -> Self { Self(name: name, kind: .integers) }
  /// A column of any values.
  package static func raw(_ name: StaticString) -> Self { Self(name: name, kind: .raw) }

  /// Whether both have one name and kind.
  package static func == (a: Self, b: Self) -> Bool {
    a.kind == b.kind && a.name.description == b.name.description
  }

  /// Hashes the name and the kind.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(name.description)
    hasher.combine(kind)
  }
}

/// Reads rows of known columns in one pass, without building a value for each member.
///
/// Keeps its buffers from row to row; one parser serves one thread.
package struct JSONRowParser: ~Copyable {
  private let handle: OpaquePointer
  private let columns: [JSONColumn]
  private let descriptors: UnsafeMutableBufferPointer<sj_column>
  private let slots: UnsafeMutableBufferPointer<sj_slot>

  /// A parser of rows with these columns.
  ///
  /// - Throws: ``JSONError`` when there is no memory.
  package init(columns: [JSONColumn]) throws(JSONError) {
    guard let handle = sj_new() else { throw JSONError("out of memory") }
    self.handle = handle
    self.columns = columns
    descriptors = .allocate(capacity: columns.count)
    slots = .allocate(capacity: columns.count)
    for (index, column) in columns.enumerated() {
      let type =
        switch column.kind {
        case .string: SJ_COLUMN_STRING
        case .integer: SJ_COLUMN_INTEGER
        case .real: SJ_COLUMN_REAL
        case .bool: SJ_COLUMN_BOOL
        case .integers: SJ_COLUMN_INTEGERS
        case .raw: SJ_COLUMN_RAW
        }
      let name = UnsafeRawPointer(column.name.utf8Start).assumingMemoryBound(to: CChar.self)
      descriptors.initializeElement(
        at: index,
        to: sj_column(name: name, len: column.name.utf8CodeUnitCount, type: Int32(type)))
      slots.initializeElement(at: index, to: sj_slot())
    }
  }

  deinit {
    sj_free(handle)
    descriptors.deallocate()
    slots.deallocate()
  }

  /// Parses one object, behind which ``JSONParser/padding`` more bytes must be readable.
  ///
  /// - Returns: its members, to be taken in the order of the columns before the next call.
  /// - Throws: ``JSONError``, naming the member where one is at fault.
  package mutating func parse(padded bytes: UnsafeRawBufferPointer) throws(JSONError) -> JSONRow {
    var extra: UnsafePointer<sj_member>?
    var extraCount = 0
    var failed = 0
    let text = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    let status = sj_row(
      handle, text, bytes.count, descriptors.baseAddress, columns.count, slots.baseAddress,
      &extra, &extraCount, &failed)
    guard status == 0 else { throw fault(status, column: failed) }
    return JSONRow(
      columns: columns, slots: UnsafeBufferPointer(slots),
      extra: UnsafeBufferPointer(start: extra, count: extraCount))
  }

  private func fault(_ status: CInt, column: Int) -> JSONError {
    guard column < columns.count else { return JSONError(status: status) }
    let what =
      switch Int(status) {
      case SJ_WRONG_TYPE: "is not \(columns[column].article)"
      case SJ_BEYOND_32_BITS: "has a number beyond 32 bits"
      default: "is malformed"
      }
    return JSONError("`\(columns[column].name)` \(what)")
  }
}

/// The members of one parsed row, taken one after another in the order of its columns.
package struct JSONRow {
  private let columns: [JSONColumn]
  private let slots: UnsafeBufferPointer<sj_slot>
  private let extra: UnsafeBufferPointer<sj_member>
  private var next = 0

  fileprivate init(
    columns: [JSONColumn], slots: UnsafeBufferPointer<sj_slot>,
    extra: UnsafeBufferPointer<sj_member>
  ) {
    self.columns = columns
    self.slots = slots
    self.extra = extra
  }

  /// Where the next column's value stands; nil when absent or null.
  private mutating func take(_ kind: JSONColumn.Kind) -> UnsafePointer<sj_slot>? {
    assert(columns[next].kind == kind, "column \(columns[next].name) is not \(kind)")
    let slot = slots.baseAddress.map { $0 + next }
    next &+= 1
    return slot?.pointee.present == 0 ? nil : slot
  }

  private func missing() -> JSONError {
    JSONError("`\(columns[next - 1].name)` is missing")
  }

  /// The text of the next column; nil when absent or null.
  package mutating func optionalString() -> String? {
    take(.string).map { String(decoding: Self.bytes($0), as: UTF8.self) }
  }

  /// The text of the next column.
  package mutating func string() throws(JSONError) -> String {
    guard let value = optionalString() else { throw missing() }
    return value
  }

  /// The whole number of the next column; nil when absent or null.
  package mutating func optionalInt() -> Int? {
    take(.integer).map { Int($0.pointee.integer) }
  }

  /// The whole number of the next column.
  package mutating func int() throws(JSONError) -> Int {
    guard let value = optionalInt() else { throw missing() }
    return value
  }

  /// The number of the next column; nil when absent or null.
  package mutating func optionalDouble() -> Double? {
    take(.real)?.pointee.real
  }

  /// The number of the next column.
  package mutating func double() throws(JSONError) -> Double {
    guard let value = optionalDouble() else { throw missing() }
    return value
  }

  /// The truth value of the next column; nil when absent or null.
  package mutating func optionalBool() -> Bool? {
    take(.bool).map { $0.pointee.integer != 0 }
  }

  /// The whole numbers of the next column; nil when absent or null.
  package mutating func optionalInt32s() -> [Int32]? {
    take(.integers).map { slot in
      let values = UnsafeRawBufferPointer(start: slot.pointee.ptr, count: slot.pointee.len * 4)
      return Array(values.bindMemory(to: Int32.self))
    }
  }

  /// The next column as a value; nil when absent or null.
  ///
  /// - Throws: ``JSONError`` when it is malformed.
  package mutating func optionalValue() throws(JSONError) -> JSONValue? {
    guard let slot = take(.raw) else { return nil }
    do {
      return try JSONValue(parsing: Array(Self.bytes(slot)))
    } catch {
      throw JSONError("`\(columns[next - 1].name)`: \(error)")
    }
  }

  /// The members that are no column, in order, so that a stage can pass them on.
  package func unknownMembers() -> UnknownMembers {
    guard !extra.isEmpty else { return UnknownMembers() }
    var writer = JSONWriter(capacity: 256)
    for member in extra {
      let key = UnsafeRawBufferPointer(start: member.key, count: member.key_len)
      writer.key(String(decoding: key, as: UTF8.self))
      writer.raw(UnsafeRawBufferPointer(start: member.raw, count: member.raw_len))
    }
    return UnknownMembers(text: String(decoding: writer.bytes, as: UTF8.self))
  }

  private static func bytes(_ slot: UnsafePointer<sj_slot>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: slot.pointee.ptr, count: slot.pointee.len)
  }
}

/// Members of a row that its type does not know, as JSON text, kept on the way through.
package struct UnknownMembers: Hashable, Sendable {
  /// `"key":value,...` without braces; empty when there are none.
  package let text: String

  /// No members.
  package init() {
    text = ""
  }

  init(text: String) {
    self.text = text
  }

  /// Whether there are none.
  package var isEmpty: Bool { text.isEmpty }
}

extension JSONColumn {
  fileprivate var article: String {
    switch kind {
    case .string: "a string"
    case .integer: "a whole number"
    case .real: "a number"
    case .bool: "true or false"
    case .integers: "an array of whole numbers"
    case .raw: "JSON"
    }
  }
}
