internal import TandemAnswers
internal import TandemJSON
internal import TandemRecords
internal import TandemShards

/// Audits the hints of one part of a run.
struct PartAudit {
  /// Problems that are audited together: more when a part has several threads to itself.
  private static let batch = (alone: 16, shared: 256)

  private let part: Int
  private let problems: StageInput
  private let hints: StageInput
  private let derivable: Bool
  private let probe: HintProbe?
  private let threads: Int
  private let context: StageContext

  init(
    _ part: Int, problems: StageInput, hints: StageInput, derivable: Bool, probe: HintProbe?,
    threads: Int, context: StageContext
  ) {
    self.part = part
    self.problems = problems
    self.hints = hints
    self.derivable = derivable
    self.probe = probe
    self.threads = threads
    self.context = context
  }

  /// The hints of one problem, and the row of the first in the part.
  private struct Group {
    var problem: Problem
    var hints: [Hint]
    var row: Int
  }

  /// Writes a finding for every hint that has a text.
  ///
  /// - Returns: the tally with the part's hints added
  func callAsFunction(into writer: inout PartWriter<Finding>, tally: AuditTally) throws
    -> AuditTally
  {
    var tally = tally
    var problemReader = try problems.rows(part, as: Problem.self)
    var groups = try GroupReader<Hint>(try hints.rows(part), beside: problems.path(part))
    var batch: [Group] = []
    var row = 1
    func flush() throws {
      let audited = try Parallel.map(batch, threads: threads, audits)
      var behaviours = try probe.map { probe in
        try probe(
          batch.flatMap { group in
            group.hints.filter(\.hasText).map { (group.problem, $0.text) }
          })[...]
      }
      for (group, audits) in zip(batch, audited) {
        for (offset, (hint, audit)) in zip(group.hints, audits).enumerated() {
          guard let audit else {
            tally.addWithoutText(1)
            continue
          }
          let behavioural = behaviours?.popFirst() ?? nil
          try writer.write(
            Finding(
              hintID: hint.id, problemID: hint.problemID, severity: audit.severity,
              findings: audit.findings, behavioural: behavioural))
          tally.add(
            AuditedHint(
              id: .string(hint.id), text: hint.text, audit: audit, behavioural: behavioural,
              file: hints.path(part), row: group.row + offset))
        }
      }
      context.progress.advance(batch.count)
      batch.removeAll(keepingCapacity: true)
      try context.cancellation.check()
    }
    while let problem = try problemReader.next() {
      let hints = try groups.rows(of: problem.id)
      batch.append(Group(problem: problem, hints: hints, row: row))
      row += hints.count
      if batch.count >= (threads > 1 || probe != nil ? Self.batch.shared : Self.batch.alone) {
        try flush()
      }
    }
    try flush()
    try groups.finish()
    return tally
  }

  /// What is found in each hint; nil for those without a text.
  private func audits(_ group: Group) -> [LeakAudit?] {
    guard group.hints.contains(where: \.hasText) else { return group.hints.map { _ in nil } }
    let problem = group.problem
    let auditor = LeakAuditor(
      gold: problem.gold, type: problem.goldType, question: problem.question,
      choices: problem.choices)
    return group.hints.map { hint in
      hint.hasText ? auditor.audit(hint.text, derivable: derivable) : nil
    }
  }
}

extension Hint {
  /// Whether there is anything to audit: a row with the status `none` says why there is no hint.
  var hasText: Bool { status != .none }
}
