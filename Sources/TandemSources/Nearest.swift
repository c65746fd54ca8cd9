/// The candidate that a misspelt name most likely stands for; nil when none is close.
func nearest(to name: String, among candidates: [String]) -> String? {
  let name = Array(name.lowercased().unicodeScalars.prefix(64))
  let best = candidates.map { ($0, editDistance(name, Array($0.lowercased().unicodeScalars))) }
    .min { $0.1 < $1.1 }
  guard let (candidate, distance) = best, distance <= max(1, name.count / 3) else { return nil }
  return candidate
}

/// `; did you mean NAME?` or nothing.
package func suggestion(for name: String, among candidates: [String]) -> String {
  nearest(to: name, among: candidates).map { "; did you mean `\($0)`?" } ?? ""
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b` (optimal
/// string alignment).
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  let b = Array(b.prefix(64))
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
