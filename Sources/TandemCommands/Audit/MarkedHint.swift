internal import TandemAnswers
internal import TandemJSON
internal import TandemRecords
internal import TandemStages

/// A hint as people read it: its name and severity, and the lines that hold findings, each marked.
struct MarkedHint {
  private let hint: AuditedHint
  private let isColoured: Bool
  /// Lines with findings that are shown.
  private static let shownLines = 12
  /// Characters of a line that are shown.
  private static let shownWidth = 400

  init(_ hint: AuditedHint, isColoured: Bool) {
    self.hint = hint
    self.isColoured = isColoured
  }

  /// A heading and the lines.
  var lines: [String] {
    let name = hint.id.map { $0.string ?? $0.json } ?? "row \(hint.row)"
    return ["\(name): \(hint.audit.severity.rawValue)"] + marked
  }

  /// The lines of a hint that hold findings, each finding in brackets with its severity and rule.
  private var marked: [String] {
    var text = ""
    var place = 0
    var open: [(line: Int, end: Int)] = []
    var line = 0
    var wanted: Set<Int> = []
    var findings = hint.audit.findings[...]
    var labels: [Int: String] = [:]
    for scalar in hint.text.unicodeScalars {
      while let finding = findings.first, finding.start == place {
        findings.removeFirst()
        text += isColoured ? "\u{1B}[\(colour(finding.severity))m[" : "["
        open.append((line, finding.end))
        labels[finding.end, default: ""] += " \(finding.severity.rawValue):\(finding.rule)]"
      }
      if scalar == "\n" { line += 1 }
      if !open.isEmpty { wanted.insert(line) }
      text.unicodeScalars.append(Self.isControl(scalar) ? "\u{FFFD}" : scalar)
      place += 1
      if let label = labels.removeValue(forKey: place) {
        open.removeAll { $0.end == place }
        text += label + (isColoured && open.isEmpty ? "\u{1B}[0m" : "")
      }
    }
    let all = text.split(separator: "\n", omittingEmptySubsequences: false)
    return all.indices.filter(wanted.contains).prefix(Self.shownLines).map {
      "  " + Self.shortened(all[$0])
    }
  }

  /// Whether a character would command the terminal.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || 0x7F...0x9F ~= scalar.value
  }

  private static func shortened(_ line: Substring) -> String {
    line.count > shownWidth ? line.prefix(shownWidth) + "..." : String(line)
  }

  private func colour(_ severity: Severity) -> Int {
    switch severity {
    case .literal: 31
    case .equivalent: 35
    case .derivable: 33
    case .given, .none: 36
    }
  }
}
