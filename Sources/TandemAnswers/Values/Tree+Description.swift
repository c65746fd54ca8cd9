/// How an answer was read, for people.
extension Tree {
  /// The typed value of a node in one line, such as `quotient(1, root(2))`.
  func description(of node: Int) -> String {
    let parts = children(node).map { description(of: $0) }
    switch kind(node) {
    case .number:
      let numeral = self.numeral(node)
      return numeral.isDecimal
        ? "decimal(\(numeral.value), \(numeral.decimals) places)" : numeral.value.description
    case .symbol: return Symbol(code: payload(node)).description
    case .text: return "text(\(String(decoding: text(node), as: UTF8.self)))"
    case .quantity:
      return "quantity(\(parts.joined()), \(String(decoding: text(node), as: UTF8.self)))"
    case .based: return "base(\(parts.joined()), \(payload(node)))"
    case .time:
      let half = ["", " a.m.", " p.m."][Int(min(2, payload(node) >> 32))]
      let minutes = payload(node) & 0xFFFF_FFFF
      return "time(\(minutes / 60) h \(minutes % 60) min\(half))"
    case .call:
      return "\(function(node).map { "\($0)" } ?? "function")(\(parts.joined(separator: ", ")))"
    case .relation: return chain(node, parts)
    case .group:
      let open = ["(", "[", "⟨"][Int(min(2, payload(node) & 0xFF))]
      let close = [")", "]", "⟩"][Int(min(2, payload(node) >> 8))]
      return open + parts.joined(separator: ", ") + close
    case .matrix:
      return "matrix(\(payload(node)) rows: \(parts.joined(separator: ", ")))"
    default:
      return parts.isEmpty ? "\(kind(node))" : "\(kind(node))(\(parts.joined(separator: ", ")))"
    }
  }

  private func chain(_ node: Int, _ parts: [String]) -> String {
    var result = parts.first ?? ""
    for index in parts.indices.dropFirst() {
      let sign =
        switch relation(node, index - 1) {
        case .equal: "="
        case .less: "<"
        case .lessOrEqual: "≤"
        case .greater: ">"
        case .greaterOrEqual: "≥"
        case .notEqual: "≠"
        }
      result += " \(sign) \(parts[index])"
    }
    return result
  }

  /// The normal form of a node; nil for what has none.
  func normalForm(of node: Int) -> String? {
    var budget = Budget()
    return (try? NormalForm(tree: self).quotient(node, &budget))?.description
  }
}
