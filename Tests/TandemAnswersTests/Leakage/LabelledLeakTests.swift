import Testing

@testable import TandemAnswers
@testable import TandemJSON
@testable import TandemRecords

/// Cases written and labelled by hand: one file a kind of the rules D1 to D18, and one that was labelled from the rules
/// alone before the auditor had read it.
struct LabelledLeakTests {
  /// One labelled case; severity `any` marks what may be judged either way, `literal|equivalent` what may be either.
  struct Case: CustomTestStringConvertible {
    var id: String
    var hint: String
    var severities: Set<String>
    var found: LeakAudit

    var testDescription: String { id }

    init(_ row: JSONObject) throws {
      id = try row.text("id")
      hint = try row.text("hint")
      severities = Set(try row.text("severity").split(separator: "|").map(String.init))
      let auditor = LeakAuditor(
        gold: try row.text("gold"), question: row["question"]?.string,
        choices: row["choices"]?.array?.compactMap(\.string))
      found = auditor.audit(hint)
    }
  }

  static let kinds = (1...18).map { "D" + ($0 < 10 ? "0" : "") + "\($0)" } + ["independent"]

  static func cases(_ kind: String) throws -> [Case] {
    try Rows.leakCases("\(kind).jsonl").map(Case.init)
  }

  @Test(arguments: kinds) func severityIsTheLabel(kind: String) throws {
    for item in try Self.cases(kind) where !item.severities.contains("any") {
      #expect(
        item.severities.contains(item.found.severity.rawValue),
        "\(item.id): \(item.hint) \(item.found.findings)")
    }
  }

  @Test(arguments: kinds) func spansAreCodePointsOfTheHint(kind: String) throws {
    for item in try Self.cases(kind) {
      let scalars = Array(item.hint.unicodeScalars)
      for finding in item.found.findings {
        try #require(0 <= finding.start && finding.start < finding.end)
        try #require(finding.end <= scalars.count)
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars[finding.start..<finding.end])
        #expect(text == finding.text, "\(item.id)")
      }
    }
  }

  /// Recall for the severities that matter most is complete, precision above 99 in 100.
  @Test func nothingPlainIsMissed() throws {
    var (missed, wrong, alarms) = (0, 0, 0)
    for kind in Self.kinds {
      for item in try Self.cases(kind) where !item.severities.contains("any") {
        let isLeak = !item.severities.isDisjoint(with: ["literal", "equivalent"])
        let isFound = item.found.severity == .literal || item.found.severity == .equivalent
        if isLeak && !isFound { missed += 1 }
        if isFound { alarms += 1 }
        if isFound && !isLeak { wrong += 1 }
      }
    }
    #expect(missed == 0)
    #expect(Double(wrong) < 0.01 * Double(alarms))
  }
}
