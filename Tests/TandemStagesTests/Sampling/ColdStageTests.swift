import TandemJSON
import TandemPrompts
import TandemRecords
import TandemRollouts
import TandemShards
import TandemTestEngine
import TandemTestSupport
import Testing

@testable import TandemStages

/// The cold round with a team that needs no model.
@Suite struct ColdStageTests {
  let folder: WorkFolder
  let team = CountedTeam("b", "a")

  init() throws { folder = try WorkFolder() }

  private func run(_ name: String = "run", problems: Int = 10) throws -> RunFolder {
    try SamplingFixtures.run(folder.path(name), problems: problems)
  }

  @discardableResult
  private func cold(
    _ run: RunFolder, samples: Int = 2, team: CountedTeam? = nil, store: SampleStore? = nil,
    change: (inout SamplingOptions) -> Void = { _ in }
  ) throws -> SamplingStage.Outcome {
    var options = SamplingOptions(samples: samples)
    change(&options)
    let stage = SamplingStage(
      .cold, run: run, team: (team ?? self.team).models, options: options,
      store: try store ?? .shared(RolloutCache(folder.path("cache"))))
    return try stage(context: SamplingFixtures.context)
  }

  @Test func tracesStandByProblemModelAndSample() throws {
    let run = try run()
    let outcome = try cold(run)
    let traces = try SamplingFixtures.traces(run.traces(.cold))
    let places = traces.map { "\($0.problemID) \($0.model) \($0.sample)" }
    #expect(
      places
        == (0..<10).flatMap { p in
          ["b 0", "b 1", "a 0", "a 1"].map { "p\(p) \($0)" }
        })
    #expect(outcome.sampled == 40 && outcome.made == 3)
    #expect(outcome.counts.map(\.model) == ["b", "a"])
    #expect(outcome.counts.allSatisfy { $0.count.traces == 20 && $0.count.errors == 0 })
    #expect(Set(traces.map(\.id)).count == 40 && Set(traces.compactMap(\.seed)).count == 40)
  }

  @Test func aTraceSaysWhereItComesFrom() throws {
    let run = try run()
    try cold(run) { $0.seed = 5 }
    let trace = try #require(try SamplingFixtures.traces(run.traces(.cold)).first)
    #expect(trace.prompt == PromptTemplate.cold.text(for: SamplingFixtures.problems(0..<1)[0]))
    #expect(trace.promptIDs == trace.prompt.map { $0.utf8.map { Int32($0) } })
    #expect(trace.engine == "scripted/1" && trace.modelFingerprint == "weights of b")
    #expect(trace.adapterFingerprint == nil && trace.hintID == nil && trace.error == nil)
    #expect(trace.seed == ContentID.seed(["5", "cold", "p0", "b", "0"]))
    #expect(trace.sampling?["temperature"]?.double == 0.7)
    #expect(trace.sampling?["stop_token_ids"] == [256])
    #expect(trace.tokenIDs?.last == 256 && trace.finishReason == "stop")
    #expect(trace.tokenIDs?.count == trace.rawLogprobsE4?.count)
    #expect(trace.usage?["completion_tokens"]?.int == trace.tokenIDs?.count)
  }

  @Test func warmCacheAndNoCacheGiveTheSameBytes() throws {
    let runs = try ["first", "warm", "own"].map { try run($0) }
    try cold(runs[0])
    #expect(team.taken().count == 40)
    #expect(try cold(runs[1]).sampled == 0)
    #expect(team.taken().isEmpty)
    try cold(runs[2], store: .own)
    #expect(team.taken().count == 40)
    let contents = try runs.map { try FolderContent(of: $0.traces(.cold)) }
    #expect(contents[1].differences(from: contents[0]).isEmpty)
    #expect(contents[2].differences(from: contents[0]).isEmpty)
  }

  @Test func whatIsUpToDateAsksNobody() throws {
    let run = try run()
    try cold(run)
    let before = try FolderContent(of: run.path)
    _ = team.taken()
    let outcome = try cold(run, store: .own)
    #expect(outcome.made == 0 && outcome.sampled == 0 && team.taken().isEmpty)
    #expect(try FolderContent(of: run.path).differences(from: before).isEmpty)
  }

  @Test func moreSamplesOrProblemsComputeOnlyTheNew() throws {
    let run = try run()
    try cold(run)
    _ = team.taken()
    try cold(run, samples: 5)
    let more = team.taken()
    #expect(more.count == 60 && Set(more.map(\.sample)) == [2, 3, 4])
    let larger = try self.run("larger", problems: 13)
    #expect(try cold(larger).sampled == 12)
  }

  @Test func otherWeightsAdaptersSettingsAndSeedsNeverHit() throws {
    let first = try run("first")
    try cold(first)
    let before = try SamplingFixtures.traces(first.traces(.cold))
    let changed: [CountedTeam] = [
      CountedTeam("b", "a") { $0.identity.model += "'" },
      CountedTeam("b", "a") { $0.identity.adapter = "x" },
      CountedTeam("b", "a") { $0.identity.engine = "scripted/2" },
      CountedTeam("b", "a") { $0.stopTokenIDs = [255] },
    ]
    for (index, team) in changed.enumerated() {
      #expect(try cold(run("changed-\(index)"), team: team).sampled == 40)
    }
    let options: [(inout SamplingOptions) -> Void] = [
      { $0.seed = 1 }, { $0.parameters.temperature = 1 }, { $0.parameters.maxTokens = 7 },
    ]
    for (index, change) in options.enumerated() {
      let other = try run("options-\(index)")
      #expect(try cold(other, change: change).sampled == 40)
    }
    // And under new weights the parts of a finished run are made again.
    #expect(try cold(first, team: changed[0]).made == 3)
    #expect(try SamplingFixtures.traces(first.traces(.cold)) != before)
  }

  @Test func aFailedRequestIsATraceWithItsError() throws {
    let run = try run()
    let failing = CountedTeam("b", "a") { engine in
      engine.script = { request in
        request.sample == 1 && request.prompt.text.hasPrefix("3 ")
          ? .failure("the server was gone") : .sample(ScriptedEngine.answer(to: request))
      }
    }
    let outcome = try cold(run, team: failing)
    #expect(outcome.counts.map(\.count.errors) == [1, 1])
    let failed = try SamplingFixtures.traces(run.traces(.cold)).filter { $0.error != nil }
    #expect(failed.map(\.problemID) == ["p3", "p3"] && failed.map(\.model) == ["b", "a"])
    #expect(failed.allSatisfy { $0.text.isEmpty && $0.tokenIDs == nil && $0.sample == 1 })
    #expect(failed.allSatisfy { $0.error == "the server was gone" && $0.seed != nil })
  }

  @Test func interruptedItGoesOnWhereItWas() throws {
    for store in ["shared", "own"] {
      let run = try run(store)
      let calm = try self.run("calm-\(store)")
      let choice = { () -> SampleStore in
        store == "own" ? .own : .shared(try RolloutCache(folder.path("cache-\(store)")))
      }
      try cold(calm, store: .own)
      _ = team.taken()
      let context = StageContext(threads: 2)
      let begun = Counter()
      let stopping = CountedTeam("b", "a") { engine in
        let begins = engine.begins
        engine.begins = { request in
          try begins(request)
          if begun.next() == 12 { context.cancellation.request() }
        }
      }
      let stage = SamplingStage(
        .cold, run: run, team: stopping.models, options: SamplingOptions(samples: 2),
        store: try choice())
      #expect(throws: Interrupted.self) { try stage(context: context) }
      let done = Set(stopping.taken().map { RolloutKey($0) })
      let outcome = try cold(run, store: try choice())
      let again = team.taken().filter { done.contains(RolloutKey($0)) }
      // At most what was in the hands of two threads is computed again.
      #expect(again.count <= 2 && (28...30).contains(outcome.sampled), "\(store)")
      let differences = try FolderContent(of: run.traces(.cold))
        .differences(from: FolderContent(of: calm.traces(.cold)))
      #expect(differences.isEmpty, "\(store)")
    }
  }

  @Test func aCacheOfItsOwnDoesNotStayBehind() throws {
    let run = try run()
    let stopping = CountedTeam("b", "a") { engine in
      engine.confirms = { throw RolloutError("model.safetensors", "has changed") }
    }
    #expect(throws: RolloutError.self) { try cold(run, team: stopping, store: .own) }
    #expect(RolloutCache.isCache(run.traces(.cold) + "/.rollouts"))
    try cold(run)
    #expect(!RolloutCache.isCache(run.traces(.cold) + "/.rollouts"))
  }

  @Test func importedTracesAreNotThrownAway() throws {
    let run = try run()
    let output = try StageOutput<Trace>(
      run.traces(.cold), plan: Plan(stage: "import", stageVersion: 1), compression: Compression())
    let writer = try output.writer(0, fingerprint: "x")
    _ = try output.finish(parts: [try output.commit(writer)])
    #expect {
      try cold(run)
    } throws: {
      "\($0)".contains("was made by `import`")
    }
  }

  @Test func aPreviewTouchesNothing() throws {
    let run = try run()
    let before = try FolderContent(of: run.path)
    let stage = SamplingStage(
      .cold, run: run, team: team.models, options: SamplingOptions(samples: 2), store: .own)
    let preview = try stage.preview(context: SamplingFixtures.context)
    #expect(preview.parts.toMake == 3 && preview.parts.kept == 0)
    #expect(preview.samples == 40 && preview.cached == 0)
    #expect(try FolderContent(of: run.path) == before)
  }

  @Test func aPreviewCountsWhatIsCached() throws {
    let run = try run()
    try cold(run)
    let stage = SamplingStage(
      .cold, run: run, team: team.models, options: SamplingOptions(samples: 3),
      store: .shared(try RolloutCache(folder.path("cache"))))
    let preview = try stage.preview(context: SamplingFixtures.context)
    #expect(preview.samples == 60 && preview.cached == 40)
    #expect(preview.description.hasSuffix("60 samples are needed, 40 of them are in the cache"))
  }
}
