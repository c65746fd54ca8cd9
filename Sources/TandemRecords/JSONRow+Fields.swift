internal import TandemJSON

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

  /// The next column as whole numbers of 32 bits.
  mutating func int32s(_ name: StaticString) throws(JSONError) -> [Int32] {
    guard let values = optionalInt32s() else { throw JSONError("`\(name)` is missing") }
    return values
  }

  /// The next column as an array of objects.
  mutating func objects(_ name: StaticString) throws(JSONError) -> [JSONObject] {
    guard let value = try optionalValue() else { throw JSONError("`\(name)` is missing") }
    let objects = value.array?.compactMap(\.object)
    guard let objects, objects.count == value.array?.count else {
      throw JSONError("`\(name)` is not an array of objects")
    }
    return objects
  }

  /// The next column as an object.
  mutating func object(_ name: StaticString) throws(JSONError) -> JSONObject {
    guard let value = try optionalObject(name) else { throw JSONError("`\(name)` is missing") }
    return value
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

  /// The number under `key`.
  func requiredDouble(_ key: String, of name: StaticString) throws(JSONError) -> Double {
    guard let value = self[key]?.double else {
      throw JSONError("`\(name).\(key)` is not a number")
    }
    return value
  }

  /// The string under `key` as one of the cases of an enumeration.
  func requiredChoice<T: RawRepresentable & CaseIterable>(_ key: String, of name: StaticString)
    throws(JSONError) -> T where T.RawValue == String
  {
    guard let value = T(rawValue: try requiredString(key, of: name)) else {
      let known = T.allCases.map(\.rawValue).joined(separator: ", ")
      throw JSONError("`\(name).\(key)` is none of \(known)")
    }
    return value
  }
}
