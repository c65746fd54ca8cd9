package import TandemJSON

/// One way in which a value does not follow a schema.
package struct SchemaViolation: Hashable, Sendable, CustomStringConvertible {
  /// JSON Pointer (RFC 6901) to what is wrong; empty for the whole value.
  package var path: String
  /// What is wrong, in one clause without the value's text.
  package var message: String

  /// The path and what is wrong there.
  package var description: String { "\(path.isEmpty ? "the value" : path) \(message)" }
}

/// Judges values by a schema, for the part of JSON Schema 2020-12 that the files of `schemas/` use.
///
/// Text is never looked at as a pattern: the time is linear in the value for each alternative.
package struct SchemaValidator: Sendable {
  private let nodes: [SchemaNode]
  private let root: Int

  /// Compiles a schema.
  ///
  /// - Throws: ``SchemaError`` for keywords that are unknown, malformed, or refer to themselves.
  package init(schema: JSONValue) throws(SchemaError) {
    var compiler = SchemaCompiler()
    root = try compiler.compile(document: schema)
    nodes = compiler.nodes
  }

  /// What is wrong with a value, in the order of the value, up to `limit` violations.
  package func validate(_ value: JSONValue, limit: Int = 20) -> [SchemaViolation] {
    var run = Run(nodes: nodes, limit: limit)
    run.check(value, root)
    return run.violations
  }

  /// One pass over a value.
  private struct Run {
    let nodes: [SchemaNode]
    let limit: Int
    var path: [String] = []
    var violations: [SchemaViolation] = []

    mutating func report(_ message: String) {
      guard violations.count < limit else { return }
      let escaped = path.map { step in
        step.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
          .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
      }
      violations.append(
        SchemaViolation(path: escaped.map { "/" + $0 }.joined(), message: message))
    }

    mutating func check(_ value: JSONValue, _ index: Int) {
      guard violations.count < limit else { return }
      let node = nodes[index]
      if node.isImpossible { return report("is not allowed") }
      if let reference = node.reference { check(value, reference) }
      if let types = node.types, !types.contains(where: { value.isOf(type: $0) }) {
        return report("is not \(types.map(SchemaNode.article).joined(separator: " or "))")
      }
      if let values = node.values, !values.contains(where: { $0.isSame(as: value) }) {
        let known = values.map { $0.string ?? $0.json }.joined(separator: ", ")
        report(values.count == 1 ? "is not \(known)" : "is none of \(known)")
      }
      checkAlternatives(value, node)
      switch value {
      case .object(let object): check(object, node)
      case .array(let elements):
        guard let items = node.items else { return }
        for (place, element) in elements.enumerated() {
          step(into: String(place)) { $0.check(element, items) }
        }
      case .string(let text):
        if let least = node.minLength, text.unicodeScalars.prefix(least).count < least {
          report(least == 1 ? "is empty" : "is shorter than \(least) characters")
        }
      case .number:
        guard let number = value.double else { return }
        if let least = node.minimum, number < least {
          report("is below \(JSONValue.trimmed(least))")
        }
        if let most = node.maximum, number > most {
          report("is above \(JSONValue.trimmed(most))")
        }
      case .null, .bool: break
      }
    }

    private mutating func check(_ object: JSONObject, _ node: SchemaNode) {
      for property in node.properties where property.isRequired && object[property.key] == nil {
        step(into: property.key) { $0.report("is missing") }
      }
      for member in object.members {
        let known = node.properties.first { $0.key == member.key }
        guard let next = known?.node ?? node.otherMembers else { continue }
        step(into: member.key) { $0.check(member.value, next) }
      }
    }

    private mutating func checkAlternatives(_ value: JSONValue, _ node: SchemaNode) {
      guard !node.alternatives.isEmpty else { return }
      let fits = node.alternatives.contains { alternative in
        var run = Run(nodes: nodes, limit: 1)
        run.check(value, alternative)
        return run.violations.isEmpty
      }
      if !fits { report("follows none of the \(node.alternatives.count) forms allowed") }
    }

    private mutating func step(into key: String, _ body: (inout Run) -> Void) {
      path.append(key)
      body(&self)
      path.removeLast()
    }
  }
}

extension SchemaNode {
  fileprivate static func article(_ type: String) -> String {
    switch type {
    case "integer": "a whole number"
    case "boolean": "true or false"
    case "null": "null"
    case "array", "object": "an \(type)"
    default: "a \(type)"
    }
  }
}

extension JSONValue {
  /// A limit as a person writes it.
  fileprivate static func trimmed(_ limit: Double) -> String {
    Int(exactly: limit).map(String.init) ?? limit.description
  }
}
