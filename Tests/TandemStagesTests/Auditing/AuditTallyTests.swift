import TandemAnswers
import TandemJSON
import TandemRecords
import Testing

@testable import TandemStages

@Suite struct AuditTallyTests {
  static func hint(_ row: Int, _ severities: [Severity]) -> AuditedHint {
    let findings = severities.map {
      LeakFinding(start: 0, end: 1, text: "9", severity: $0, rule: "token")
    }
    let worst = severities.min { $0.rank < $1.rank } ?? .none
    return AuditedHint(
      id: .number(row), text: "9", audit: LeakAudit(severity: worst, findings: findings),
      file: "f", row: row)
  }

  static let hints = [
    [Severity.derivable], [], [.given], [.equivalent, .derivable], [.literal], [.derivable],
    [.literal, .literal], [.equivalent],
  ].enumerated().map { hint($0, $1) }

  @Test func theWorstComeFirstAndEarlierOnesBeforeLater() {
    var tally = AuditTally(shown: 4)
    for hint in Self.hints { tally.add(hint) }
    #expect(tally.worst.map(\.row) == [4, 6, 3, 7])
    #expect(tally.severities == [.literal: 2, .equivalent: 2, .derivable: 2, .given: 1, .none: 1])
    #expect(tally.rules["token"]?[.literal] == 3)
    #expect(tally.count(atLeast: .equivalent) == 4)
    #expect(tally.count(atLeast: .none) == 8)
  }

  @Test(arguments: 0...8) func partsGiveTheSameTally(cut: Int) {
    var whole = AuditTally(shown: 3)
    for hint in Self.hints { whole.add(hint) }
    var first = AuditTally(shown: 3)
    for hint in Self.hints[..<cut] { first.add(hint) }
    var second = AuditTally(shown: 3)
    for hint in Self.hints[cut...] { second.add(hint) }
    first.add(second)
    #expect(first.worst.map(\.row) == whole.worst.map(\.row))
    #expect(first.json == whole.json)
  }

  @Test func noneIsShownWhenNoneIsWanted() {
    var tally = AuditTally(shown: 0)
    for hint in Self.hints { tally.add(hint) }
    tally.addWithoutText(1)
    #expect(tally.worst.isEmpty && tally.hints == 8 && tally.withoutText == 1)
  }
}
