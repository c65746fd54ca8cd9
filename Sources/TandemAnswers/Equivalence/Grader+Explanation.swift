internal import TandemRecords

/// Explanations for people: how each side was read, and what decided.
extension Grader {
  /// Grades a whole trace and explains the verdict.
  package func explain(trace: String, key: AnswerKey) -> Grading {
    explained(grade(trace: trace, key: key), key)
  }

  /// Grades an extracted answer and explains the verdict.
  package func explain(answer: String, key: AnswerKey) -> Grading {
    explained(grade(answer: answer, key: key), key)
  }

  private func explained(_ grading: Grading, _ key: AnswerKey) -> Grading {
    var result = grading
    for value in key.values { result.explanation += Self.lines("gold", value.parsed) }
    if let text = grading.extracted {
      let bytes = Array(text.utf8)
      let names = key.values.reduce(into: Set<Symbol>()) { $0.formUnion($1.variables) }
      let answer = ParsedAnswer(bytes, bytes.trimmed(0..<bytes.count), expected: names)
      result.explanation.append("extracted by rule \(grading.rule)")
      result.explanation += Self.lines("answer", answer)
    }
    let reason = grading.reason.map { " (\($0))" } ?? ""
    result.explanation.append("verdict: \(grading.verdict.rawValue)\(reason)")
    return result
  }

  private static func lines(_ side: String, _ parsed: ParsedAnswer) -> [String] {
    let text = String(decoding: parsed.bytes[parsed.range], as: UTF8.self)
    guard let tree = parsed.tree else {
      let why = parsed.limit.map { "beyond \($0.rawValue)" } ?? "plain text"
      return ["\(side): \(text) is \(why)"]
    }
    var lines = ["\(side): \(text) is \(tree.description(of: tree.root))"]
    if let form = tree.normalForm(of: tree.root) { lines.append("\(side) normal form: \(form)") }
    if let list = parsed.listTree {
      lines.append("\(side), as a list: \(list.description(of: list.root))")
    }
    return lines
  }
}
