package import TandemRecords
internal import TandemShards

/// One hint beside the trace that it was made of.
package struct HintExplanation: Sendable {
  package let problem: Problem
  package let hint: Hint
  /// The teacher's trace; nil when the hint has none.
  package let trace: Trace?

  /// Finds a hint of a run by its id.
  ///
  /// - Throws: `ShardError` when there is no such hint, or the traces are not those that it was made of.
  package init(of hintID: String, in run: RunFolder, context: StageContext) throws {
    let hints = try StageInput(run.hints)
    let problems = try StageInput(run.problems)
    let cold = try StageInput(run.traces(.cold))
    let map = try PartMap(over: [problems, cold, hints], context: context)
    let found = try Parallel.map(Array(0..<map.count), threads: context.threads) { part in
      try Self.first(hints, part, as: Hint.self) { $0.id == hintID }.map { (part, $0) }
    }
    guard let (part, hint) = found.compactMap({ $0 }).first else {
      throw ShardError(run.hints, "has no hint `\(hintID)`; `tandem shard cat` lists them")
    }
    self.hint = hint
    let stale = ShardError(run.hints, "is not of these traces: run `tandem hint` again")
    guard
      let problem = try Self.first(problems, part, as: Problem.self, { $0.id == hint.problemID })
    else { throw stale }
    self.problem = problem
    guard let id = hint.teacherTraceID else {
      trace = nil
      return
    }
    guard let trace = try Self.first(cold, part, as: Trace.self, { $0.id == id }) else {
      throw stale
    }
    self.trace = trace
    guard Self.fits(hint.removed, trace.text) else { throw stale }
  }

  private static func first<Row: Record>(
    _ input: StageInput, _ part: Int, as type: Row.Type, _ isWanted: (Row) -> Bool
  ) throws -> Row? {
    var reader = try input.rows(part, as: Row.self)
    while let row = try reader.next() {
      if isWanted(row) { return row }
    }
    return nil
  }

  /// Whether every piece stands in the trace where it says it does.
  private static func fits(_ removed: [Hint.Removal], _ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    return removed.allSatisfy { removal in
      guard let span = removal.span, span.upperBound <= scalars.count else { return false }
      return removal.text.unicodeScalars.elementsEqual(scalars[span])
    }
  }
}
