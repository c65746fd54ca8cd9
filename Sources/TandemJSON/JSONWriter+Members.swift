extension JSONWriter {
  /// Writes a member with a string.
  package mutating func member(_ name: StaticString, _ value: String) {
    key(name)
    string(value)
  }

  /// Writes a member with a whole number.
  package mutating func member(_ name: StaticString, _ value: Int) {
    key(name)
    int(value)
  }

  /// Writes a member with a double.
  package mutating func member(_ name: StaticString, _ value: Double) {
    key(name)
    double(value)
  }

  /// Writes a member with a truth value.
  package mutating func member(_ name: StaticString, _ value: Bool) {
    key(name)
    bool(value)
  }

  /// Writes a member with whole numbers.
  package mutating func member(_ name: StaticString, _ value: [Int32]) {
    key(name)
    int32s(value)
  }

  /// Writes a member with any value.
  package mutating func member(_ name: StaticString, _ value: JSONValue) {
    key(name)
    self.value(value)
  }

  /// Writes a member with a string, or nothing for nil.
  package mutating func member(_ name: StaticString, optional value: String?) {
    if let value { member(name, value) }
  }

  /// Writes a member with a whole number, or nothing for nil.
  package mutating func member(_ name: StaticString, optional value: Int?) {
    if let value { member(name, value) }
  }

  /// Writes a member with a double, or nothing for nil.
  package mutating func member(_ name: StaticString, optional value: Double?) {
    if let value { member(name, value) }
  }

  /// Writes a member with whole numbers, or nothing for nil.
  package mutating func member(_ name: StaticString, optional value: [Int32]?) {
    if let value { member(name, value) }
  }

  /// Writes a member with any value, or nothing for nil.
  package mutating func member(_ name: StaticString, optional value: JSONValue?) {
    if let value { member(name, value) }
  }
}

extension JSONValue {
  /// The value as compact JSON text.
  package var json: String {
    var writer = JSONWriter(capacity: 256)
    writer.value(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
