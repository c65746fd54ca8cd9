internal import TandemJSON
internal import TandemRecords
internal import TandemStages

/// A hint beside its trace, for people and for machines.
struct HintExplanationText {
  private let explanation: HintExplanation
  private let isColoured: Bool

  init(_ explanation: HintExplanation, isColoured: Bool) {
    self.explanation = explanation
    self.isColoured = isColoured
  }

  // MARK: For people

  var lines: [String] {
    let hint = explanation.hint
    var lines = [
      "hint \(hint.id), problem \(hint.problemID), gold answer \(explanation.problem.gold)",
      "student \(hint.student), \(teacher)",
      "\(hint.status.rawValue)\(hint.reason.map { " (\($0))" } ?? ""): "
        + "\(Quantity.count(hint.stepsKept, of: "step")), \(hint.tokensEstimated ? "about " : "")\(hint.tokens) of "
        + "\(hint.budget) tokens, dropout \(hint.dropout.mode.rawValue) \(hint.dropout.p)",
      "", heading("question"),
    ]
    lines += Self.printable(explanation.problem.question)
    for (letter, choice) in zip("ABCDEFGHIJ", explanation.problem.choices ?? []) {
      lines += Self.printable("(\(letter)) \(choice)")
    }
    if let trace = explanation.trace { lines += ["", heading("trace")] + marked(trace.text) }
    if hint.status != .none { lines += ["", heading("hint")] + Self.printable(hint.text) }
    return lines
  }

  private var teacher: String {
    guard let name = explanation.hint.teacher, let id = explanation.hint.teacherTraceID else {
      return "no teacher"
    }
    let score = explanation.hint.teacherScore.map { ", score \(Quantity.fixed($0, 6))" } ?? ""
    return "teacher \(name), trace \(id)\(score)"
  }

  private func heading(_ text: String) -> String {
    isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : "\(text):"
  }

  /// The lines of the trace with what was cut marked, and the reasons behind each line.
  private func marked(_ text: String) -> [String] {
    let (open, close) = isColoured ? ("\u{1B}[9;31m", "\u{1B}[0m") : ("[-", "-]")
    var lines: [String] = []
    var (line, reasons) = ("", [String]())
    var removed = explanation.hint.removed[...]
    var isOpen = false
    func endLine() {
      if isOpen { line += close }
      let note = reasons.isEmpty ? "" : "  <- \(reasons.joined(separator: ", "))"
      lines.append(line + (isColoured && !note.isEmpty ? "\u{1B}[2m\(note)\u{1B}[0m" : note))
      (line, reasons) = (isOpen ? open : "", [])
    }
    var place = 0
    for scalar in text.unicodeScalars {
      if let span = removed.first?.span, span.lowerBound == place, let removal = removed.first {
        line += open
        isOpen = true
        if reasons.last != removal.reason { reasons.append(removal.reason) }
      }
      if scalar == "\n" {
        endLine()
      } else {
        line.unicodeScalars.append(Self.isControl(scalar) ? "\u{FFFD}" : scalar)
      }
      place += 1
      if isOpen, removed.first?.span?.upperBound == place {
        line += close
        isOpen = false
        removed.removeFirst()
      }
    }
    if !line.isEmpty || !reasons.isEmpty { endLine() }
    return lines
  }

  private static func printable(_ text: String) -> [String] {
    var safe = ""
    for scalar in text.unicodeScalars {
      safe.unicodeScalars.append(isControl(scalar) && scalar != "\n" ? "\u{FFFD}" : scalar)
    }
    return safe.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  }

  /// Whether a character would command the terminal.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || 0x7F...0x9F ~= scalar.value
  }

  // MARK: For machines

  var json: JSONValue {
    var writer = JSONWriter()
    explanation.hint.write(to: &writer)
    let hint = (try? JSONValue(parsing: Array(writer.bytes))) ?? .null
    return [
      "hint": hint, "question": .string(explanation.problem.question),
      "gold": .string(explanation.problem.gold),
      "trace": explanation.trace.map { .string($0.text) } ?? .null,
    ]
  }
}
