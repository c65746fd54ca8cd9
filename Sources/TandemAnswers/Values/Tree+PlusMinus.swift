/// Writes out `±` as two values.
extension Tree {
  /// Replaces each member of the root's list that holds a `±` by its two readings.
  mutating func expandPlusMinus() throws(Obstacle) {
    guard nodes.contains(where: { $0.kind == .plusMinus }) else { return }
    var members: [Int] = []
    let isList = kind(root) == .list || kind(root) == .set
    for member in isList ? children(root) : [root] {
      if holdsPlusMinus(member) {
        for sign in [false, true] { members.append(copy(member, isNegative: sign)) }
      } else {
        members.append(member)
      }
    }
    if nodes.count > 8 * Limit.maximumTerms { throw .limit(.terms) }
    root = add(isList ? kind(root) : .list, members)
  }

  private func holdsPlusMinus(_ node: Int) -> Bool {
    kind(node) == .plusMinus || (0..<count(node)).contains { holdsPlusMinus(child(node, $0)) }
  }

  private mutating func copy(_ node: Int, isNegative: Bool) -> Int {
    guard holdsPlusMinus(node) else { return node }
    let parts = children(node).map { copy($0, isNegative: isNegative) }
    guard kind(node) == .plusMinus else {
      return add(kind(node), parts, payload: payload(node))
    }
    let isMinus = isNegative != (payload(node) == 1)
    return isMinus ? add(.negative, parts) : parts[0]
  }
}
