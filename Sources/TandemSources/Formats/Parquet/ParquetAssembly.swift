internal import TandemJSON

/// Puts the values of columns together into nested values.
///
/// The record assembly of Dremel (Melnik and others, 2010).
enum ParquetAssembly {
  /// The value of the node at the front of `path` from the entries of the column at its end.
  ///
  /// `entries` is not empty.
  static func value(
    _ path: ArraySlice<ParquetSchema.Node>, _ entries: ArraySlice<ParquetColumn.Entry>
  ) -> JSONValue {
    guard let node = path.first, let first = entries.first else { return .null }
    switch node.repetition {
    case .required: return content(path, entries)
    case .optional: return first.definition < node.definition ? .null : content(path, entries)
    case .repeated:
      guard first.definition >= node.definition else { return .array([]) }
      var elements: [JSONValue] = []
      var start = entries.startIndex
      for index in entries.indices.dropFirst() where entries[index].repetition <= node.level {
        elements.append(content(path, entries[start..<index]))
        start = index
      }
      elements.append(content(path, entries[start...]))
      return .array(elements)
    }
  }

  /// The value of a node that is present.
  private static func content(
    _ path: ArraySlice<ParquetSchema.Node>, _ entries: ArraySlice<ParquetColumn.Entry>
  ) -> JSONValue {
    let rest = path.dropFirst()
    guard let node = path.first, let child = rest.first else {
      return entries.first?.value ?? .null
    }
    let value = value(rest, entries)
    guard node.isList else { return .object(JSONObject([.init(key: child.name, value: value)])) }
    guard child.wrapsElement, case .array(let elements) = value else { return value }
    return .array(elements.map { $0.object?.members.first?.value ?? .null })
  }

  /// Joins what two columns of one structure hold.
  static func merge(_ a: JSONValue, _ b: JSONValue) -> JSONValue {
    switch (a, b) {
    case (.object(var object), .object(let other)):
      for member in other.members {
        object[member.key] = object[member.key].map { merge($0, member.value) } ?? member.value
      }
      return .object(object)
    case (.array(let elements), .array(let others)) where elements.count == others.count:
      return .array(zip(elements, others).map(merge))
    case (.null, _): return b
    default: return a
    }
  }
}

extension ParquetSchema.Node {
  /// The ways from the node to each of its columns.
  func paths() -> [[ParquetSchema.Node]] {
    children.isEmpty ? [[self]] : children.flatMap { $0.paths().map { [self] + $0 } }
  }
}
