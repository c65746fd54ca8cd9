internal import TandemJSON

/// One compiled schema; the schemas within it are named by their place in a list.
struct SchemaNode: Sendable {
  /// A member that an object may have.
  struct Property: Sendable {
    var key: String
    var node: Int
    var isRequired: Bool
  }

  /// The schema `false`, which nothing follows.
  var isImpossible = false
  /// The kinds allowed, where `integer` is a number without a fraction; nil for all.
  var types: [String]?
  /// The values allowed.
  var values: [JSONValue]?
  var properties: [Property] = []
  /// What members that are no property must follow.
  var otherMembers: Int?
  var items: Int?
  var minimum: Double?
  var maximum: Double?
  var minLength: Int?
  /// One of these must be followed.
  var alternatives: [Int] = []
  var reference: Int?

  /// Schemas that judge the same value as this one.
  var inPlace: [Int] { alternatives + (reference.map { [$0] } ?? []) }
}

extension JSONValue {
  /// Whether both are the same value, by JSON Schema: 1 and 1.0 are, and members have no order.
  func isSame(as other: JSONValue) -> Bool {
    switch (self, other) {
    case (.number(let a), .number(let b)):
      return a == b || (Double(a) == Double(b) && (Int(a) == nil || Int(b) == nil))
    case (.array(let a), .array(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
    case (.object(let a), .object(let b)):
      return a.members.count == b.members.count
        && a.members.allSatisfy { member in b[member.key]?.isSame(as: member.value) ?? false }
    default: return self == other
    }
  }

  /// Whether it is of a kind that JSON Schema names.
  func isOf(type: String) -> Bool {
    guard type == "integer" else { return kind == type }
    guard int == nil else { return true }
    guard let value = double, value.isFinite else { return false }
    return value == value.rounded(.towardZero)
  }
}
