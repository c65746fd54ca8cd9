internal import TandemJSON

/// Why a schema cannot be used.
package struct SchemaError: Error, Hashable, CustomStringConvertible {
  /// One clause, naming the keyword.
  package let description: String
}

/// Turns a schema into nodes.
struct SchemaCompiler {
  private(set) var nodes: [SchemaNode] = []
  private var definitions: [String: Int] = [:]

  /// Compiles a schema document with its `$defs`, and returns the place of its node.
  mutating func compile(document: JSONValue) throws(SchemaError) -> Int {
    let named = try members(document.object?["$defs"] ?? .object(JSONObject()), "$defs")
    // Definitions may refer to each other, so that their places are fixed first.
    for member in named { definitions[member.key] = reserve() }
    for member in named {
      guard let place = definitions[member.key] else { continue }
      nodes[place] = try node(member.value, isDocument: false)
    }
    let root = reserve()
    nodes[root] = try node(document, isDocument: true)
    try refuseCircles()
    return root
  }

  private mutating func reserve() -> Int {
    nodes.append(SchemaNode())
    return nodes.count - 1
  }

  private mutating func compile(_ schema: JSONValue) throws(SchemaError) -> Int {
    let place = reserve()
    nodes[place] = try node(schema, isDocument: false)
    return place
  }

  private mutating func node(_ schema: JSONValue, isDocument: Bool) throws(SchemaError)
    -> SchemaNode
  {
    var node = SchemaNode()
    if let allowed = schema.bool {
      node.isImpossible = !allowed
      return node
    }
    guard let object = schema.object else {
      throw SchemaError(description: "a schema is neither an object nor true or false")
    }
    var required: [String] = []
    for member in object.members {
      let (key, value) = (member.key, member.value)
      switch key {
      case "title", "description": _ = try text(value, key)
      case "$schema", "$id", "$defs":
        guard isDocument else {
          throw SchemaError(description: "`\(key)` stands within another schema")
        }
      case "type": node.types = try types(value)
      case "enum": node.values = try elements(value, key)
      case "const": node.values = [value]
      case "required":
        for name in try elements(value, key) { required.append(try text(name, key)) }
      case "properties":
        for property in try members(value, key) {
          let place = try compile(property.value)
          node.properties.append(.init(key: property.key, node: place, isRequired: false))
        }
      case "additionalProperties": node.otherMembers = try compile(value)
      case "items": node.items = try compile(value)
      case "minimum": node.minimum = try number(value, key)
      case "maximum": node.maximum = try number(value, key)
      case "minLength":
        guard let length = value.int, length >= 0 else {
          throw SchemaError(description: "`minLength` is not a whole number")
        }
        node.minLength = length
      case "anyOf":
        for alternative in try elements(value, key) {
          node.alternatives.append(try compile(alternative))
        }
      case "$ref": node.reference = try reference(value)
      default: throw SchemaError(description: "the keyword `\(key)` is not supported")
      }
    }
    for name in required {
      if let place = node.properties.firstIndex(where: { $0.key == name }) {
        node.properties[place].isRequired = true
      } else {
        throw SchemaError(description: "`required` names `\(name)`, which is no property")
      }
    }
    if node.values?.isEmpty == true || (node.types?.isEmpty == true) {
      throw SchemaError(description: "`enum` or `type` is empty")
    }
    return node
  }

  // MARK: Keywords

  private func types(_ value: JSONValue) throws(SchemaError) -> [String] {
    let known = ["null", "boolean", "integer", "number", "string", "array", "object"]
    let list = value.string == nil ? try elements(value, "type") : [value]
    var names: [String] = []
    for element in list {
      let name = try text(element, "type")
      guard known.contains(name) else {
        throw SchemaError(description: "`type` names `\(name)`, which is no type")
      }
      names.append(name)
    }
    return names
  }

  private func reference(_ value: JSONValue) throws(SchemaError) -> Int {
    let name = try text(value, "$ref")
    guard name.hasPrefix("#/$defs/"), let place = definitions[String(name.dropFirst(8))] else {
      throw SchemaError(description: "`$ref` does not name a schema of `$defs`")
    }
    return place
  }

  private func text(_ value: JSONValue, _ key: String) throws(SchemaError) -> String {
    guard let text = value.string else {
      throw SchemaError(description: "`\(key)` is not a string")
    }
    return text
  }

  private func number(_ value: JSONValue, _ key: String) throws(SchemaError) -> Double {
    guard let number = value.double else {
      throw SchemaError(description: "`\(key)` is not a number")
    }
    return number
  }

  private func elements(_ value: JSONValue, _ key: String) throws(SchemaError) -> [JSONValue] {
    guard let elements = value.array else {
      throw SchemaError(description: "`\(key)` is not an array")
    }
    return elements
  }

  private func members(_ value: JSONValue, _ key: String) throws(SchemaError)
    -> [JSONObject.Member]
  {
    guard let object = value.object else {
      throw SchemaError(description: "`\(key)` is not an object")
    }
    return object.members
  }

  // MARK: Circles

  /// Refuses references that come back to themselves without going into the value: judging would
  /// never end.
  private func refuseCircles() throws(SchemaError) {
    var finished = Set<Int>()
    for start in nodes.indices where !finished.contains(start) {
      var open: [Int] = []
      try visit(start, &open, &finished)
    }
  }

  private func visit(_ node: Int, _ open: inout [Int], _ finished: inout Set<Int>)
    throws(SchemaError)
  {
    guard !finished.contains(node) else { return }
    guard !open.contains(node) else { throw SchemaError(description: "`$ref` goes in a circle") }
    open.append(node)
    for next in nodes[node].inPlace { try visit(next, &open, &finished) }
    open.removeLast()
    finished.insert(node)
  }
}
