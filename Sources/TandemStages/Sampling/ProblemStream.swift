internal import TandemRecords
internal import TandemShards

/// The problems of a part, each with its hints where the round has any.
struct ProblemStream: ~Copyable {
  private var problems: RowReader<Problem>
  private var hints: GroupReader<Hint>?

  /// Opens a part of `problems/` and, as the second input, of `hints/`.
  init(_ inputs: [StageInput], part: Int) throws {
    let problems: RowReader<Problem> = try inputs[0].rows(part)
    var hints: GroupReader<Hint>?
    if inputs.count > 1 {
      hints = try GroupReader(try inputs[1].rows(part), beside: inputs[0].path(part))
    }
    self.problems = problems
    self.hints = hints
  }

  /// The next problem; nil at the end, where no hint may be left.
  mutating func next() throws -> (problem: Problem, hints: [Hint])? {
    guard let problem = try problems.next() else {
      try hints?.finish()
      return nil
    }
    return (problem, try hints?.rows(of: problem.id) ?? [])
  }
}
