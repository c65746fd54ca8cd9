internal import TandemRecords

extension FieldMapping: CustomStringConvertible {
  /// The mapping as `KEY=FIELD` pairs in a fixed order, as the command line takes them.
  package var description: String {
    let paths: [(String, [DotPath])] = [
      ("question", question), ("gold", gold), ("solution", solution), ("level", level),
      ("subject", subject), ("id", id), ("options", options), ("correct", correct),
      ("incorrect", incorrect),
    ]
    var pairs = paths.flatMap { key, paths in paths.map { "\(key)=\($0)" } }
    pairs.append("take=\(take.rawValue)")
    if let type { pairs.append("type=\(type.rawValue)") }
    return pairs.joined(separator: ",")
  }
}
