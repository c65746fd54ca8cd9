/// How an expression is built, up to the order of terms and factors.
///
/// Two equal expressions of one shape are spellings of each other; of another shape, one is worked
/// out from the other.
struct Shape {
  private let text: String
  private let hasNames: Bool
  /// Terms of sums that are written down.
  private let terms: Int

  init(_ tree: Tree) {
    text = Self.sides(tree)
    hasNames = !tree.variables.isEmpty
    terms = tree.nodes.reduce(0) { $0 + ($1.kind == .sum ? Int($1.count) : 0) }
  }

  /// Whether an equal expression of another shape is only another spelling.
  func isRespelled(as other: Shape) -> Bool {
    if text == other.text { return true }
    return !hasNames && !other.hasNames && other.terms <= terms
  }

  private static func sides(_ tree: Tree) -> String {
    guard tree.kind(tree.root) == .relation else { return text(tree, tree.root) }
    let sides = tree.children(tree.root).map { text(tree, $0) }
    // The right side alone is the value of `y = ...`.
    if tree.count(tree.root) == 2 {
      for side in 0...1 where tree.kind(tree.child(tree.root, side)) == .symbol {
        return sides[1 - side]
      }
    }
    return sides.sorted().joined(separator: "=")
  }

  private static func text(_ tree: Tree, _ node: Int) -> String {
    switch tree.kind(node) {
    case .number: return tree.numeral(node).value.description
    case .symbol: return Symbol(code: tree.payload(node)).description
    case .sum:
      return "(" + tree.children(node).map { text(tree, $0) }.sorted().joined(separator: "+") + ")"
    case .product: return factors(tree, node).sorted().joined(separator: "*")
    case .quotient:
      // a/b x is a x / b.
      return text(tree, tree.child(node, 0)) + "/" + text(tree, tree.child(node, 1))
    case .negative: return "-" + text(tree, tree.child(node, 0))
    case .group where tree.count(node) == 1, .quantity where tree.count(node) > 0:
      return text(tree, tree.child(node, 0))
    default:
      return "\(tree.kind(node).rawValue):\(tree.payload(node))("
        + tree.children(node).map { text(tree, $0) }.joined(separator: ",") + ")"
    }
  }

  private static func factors(_ tree: Tree, _ node: Int) -> [String] {
    tree.children(node).flatMap { child in
      tree.kind(child) == .product ? factors(tree, child) : [text(tree, child)]
    }
  }
}
