package import TandemJSON

/// Where a value is in a row: `answer`, `doc.question`, `choices[0].text`, `messages[-1].content`.
///
/// `[*]` stands for every element and gives an array. A field whose name is the whole path comes
/// first, so that names with dots and blanks need no quotes.
package struct DotPath: Hashable, Sendable, CustomStringConvertible {
  /// The path as it is written.
  package let description: String
  private let steps: [Step]

  private enum Step: Hashable {
    case key(String)
    case index(Int)
    case every
  }

  /// The most steps that a path may have.
  static let maxSteps = 16

  /// Reads a path; nil for one that is malformed or longer than 16 steps.
  package init?(_ text: String) {
    var steps: [Step] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      guard let key = pieces.first, !key.isEmpty || (steps.isEmpty && pieces.count > 1) else {
        return nil
      }
      if !key.isEmpty { steps.append(.key(String(key))) }
      for piece in pieces.dropFirst() {
        guard piece.last == "]" else { return nil }
        let inner = piece.dropLast()
        if inner == "*" {
          steps.append(.every)
        } else if let index = Int(inner) {
          steps.append(.index(index))
        } else {
          return nil
        }
      }
    }
    guard steps.count <= Self.maxSteps else { return nil }
    description = text
    self.steps = steps
  }

  /// The value in a row; nil when there is none, or null.
  package func value(in row: JSONObject) -> JSONValue? {
    if let value = row[description] { return value == .null ? nil : value }
    return Self.value(steps[...], in: .object(row))
  }

  /// The name of the field of the row that the path starts with.
  package var field: String {
    if case .key(let key)? = steps.first { key } else { description }
  }

  private static func value(_ steps: ArraySlice<Step>, in value: JSONValue) -> JSONValue? {
    guard let step = steps.first else { return value == .null ? nil : value }
    let rest = steps.dropFirst()
    switch step {
    case .key(let key):
      guard let next = value.object?[key] else { return nil }
      return Self.value(rest, in: next)
    case .index(let index):
      guard let elements = value.array else { return nil }
      let place = index < 0 ? elements.count + index : index
      guard elements.indices.contains(place) else { return nil }
      return Self.value(rest, in: elements[place])
    case .every:
      guard let elements = value.array else { return nil }
      return .array(elements.map { Self.value(rest, in: $0) ?? .null })
    }
  }
}
