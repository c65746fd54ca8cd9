/// Any JSON value.
///
/// Members keep their order and numbers the text they were written with, so that nothing is lost on
/// the way through.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number as it is written, by the grammar of RFC 8259.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

extension JSONValue {
  /// The text of a string; nil for every other kind.
  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The value of a number that is a whole number of 64 bits; nil for every other value.
  package var int: Int? {
    if case .number(let text) = self { Int(text) } else { nil }
  }

  /// The nearest double of a number; nil for every other kind.
  package var double: Double? {
    if case .number(let text) = self { Double(text) } else { nil }
  }

  /// The truth value; nil for every other kind.
  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The elements of an array; nil for every other kind.
  package var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members of an object; nil for every other kind.
  package var object: JSONObject? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The name of the kind, as JSON Schema spells it.
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// A number from an integer.
  package static func number(_ value: Int) -> JSONValue {
    .number(String(value))
  }

  /// A number from a double, in the shortest text that reads back the same; null if not finite.
  package static func number(_ value: Double) -> JSONValue {
    value.isFinite ? .number(value.description) : .null
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
  /// A string.
  package init(stringLiteral value: String) {
    self = .string(value)
  }

  /// An array.
  package init(arrayLiteral elements: JSONValue...) {
    self = .array(elements)
  }

  /// An object with the members in the order given.
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements.map { JSONObject.Member(key: $0.0, value: $0.1) }))
  }

  /// A number.
  package init(integerLiteral value: Int) {
    self = .number(value)
  }

  /// A truth value.
  package init(booleanLiteral value: Bool) {
    self = .bool(value)
  }
}
