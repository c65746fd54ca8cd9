internal import TandemDedup
internal import TandemRecords
internal import TandemShards

/// Tells, problem by problem, whether it repeats an earlier or a protected one.
struct Cleaner {
  private var duplicates: DuplicateFinder?
  private let protected: ProtectedIndex?
  private let names: [String: String]

  init(_ cleaning: Cleaning) {
    duplicates = cleaning.duplicates.map { DuplicateFinder($0) }
    var names: [String: String] = [:]
    var index = ProtectedIndex()
    for set in cleaning.protected {
      for question in set.questions {
        index.add(id: question.id, text: question.text)
        names[question.id] = set.name
      }
    }
    protected = cleaning.protected.isEmpty ? nil : index
    self.names = names
  }

  /// Why a problem is taken out; nil when it stays.
  mutating func reject(_ problem: Problem) -> Reject? {
    contamination(of: problem) ?? duplicate(of: problem)
  }

  private func contamination(of problem: Problem) -> Reject? {
    guard let found = protected?.check(problem.question), found.label == .contaminated,
      let other = found.protectedID
    else { return nil }
    let set = names[other] ?? ""
    return reject(
      problem, cause: "contaminated",
      reason: "shares runs of 13 words with \(other) of \(set)",
      overlap: .init(otherID: other, share: max(found.share, found.coverage), span: found.span))
  }

  private mutating func duplicate(of problem: Problem) -> Reject? {
    guard let found = duplicates?.add(problem) else { return nil }
    let suspicion = found.answersDiffer ? ", with another gold answer: one of them is wrong" : ""
    return reject(
      problem, cause: "\(found.kind.rawValue) duplicate",
      reason: "repeats \(found.keptID)\(suspicion)",
      overlap: .init(otherID: found.keptID, share: found.similarity))
  }

  private func reject(_ problem: Problem, cause: String, reason: String, overlap: Reject.Overlap)
    -> Reject
  {
    Reject(
      stage: "ingest", file: problem.source.file, row: problem.source.row, id: problem.id,
      cause: cause, reason: reason, field: "question", overlap: overlap)
  }
}
