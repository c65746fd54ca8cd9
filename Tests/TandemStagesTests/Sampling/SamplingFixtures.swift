import Synchronization
import TandemRecords
import TandemRollouts
import TandemShards
import TandemStages
import TandemTestEngine

/// Runs made by hand, and teams that count what they compute.
enum SamplingFixtures {
  static var context: StageContext { StageContext(threads: 2) }

  static func problems(_ numbers: Range<Int>) -> [Problem] {
    numbers.map { number in
      Problem(
        id: "p\(number)", dataset: "d", split: "test", question: "\(number) + 4?",
        choices: number % 4 == 3 ? ["1", "\(number + 4)"] : nil, gold: "\(number + 4)",
        goldType: .number, source: .init(file: "d.jsonl", row: number + 1))
    }
  }

  /// Writes rows into parts.
  static func write<R: Record>(_ parts: [[R]], to folder: String, team: [String]? = nil) throws {
    let output = try StageOutput<R>(
      folder, plan: Plan(stage: "test", stageVersion: 1, team: team), compression: Compression())
    var made: [Manifest.Part] = []
    for (index, rows) in parts.enumerated() {
      var writer = try output.writer(index, fingerprint: "made by hand")
      for row in rows { try writer.write(row) }
      made.append(try output.commit(writer))
    }
    _ = try output.finish(parts: made)
  }

  /// A run with so many problems, dealt one after another into parts.
  static func run(_ path: String, problems count: Int, parts: Int = 3) throws -> RunFolder {
    let run = RunFolder(path)
    let size = (count + parts - 1) / parts
    try write(
      (0..<parts).map { part in
        problems(min(count, part * size)..<min(count, (part + 1) * size))
      }, to: run.problems)
    return run
  }

  static func traces(_ folder: String) throws -> [Trace] {
    let input = try StageInput(folder)
    var traces: [Trace] = []
    for part in input.manifest.parts.indices {
      var reader = try input.rows(part, as: Trace.self)
      while let trace = try reader.next() { traces.append(trace) }
    }
    return traces
  }
}

/// Counts from 1.
final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

/// Models that write down every request that they work on.
final class CountedTeam: Sendable {
  private let begun = Mutex<[RolloutRequest]>([])
  private let names: [String]
  private let change: @Sendable (inout ScriptedEngine) -> Void

  init(_ names: String..., change: @escaping @Sendable (inout ScriptedEngine) -> Void = { _ in }) {
    self.names = names
    self.change = change
  }

  var models: [SamplingModel] {
    names.map { name in
      var engine = ScriptedEngine(model: "weights of \(name)")
      engine.threads = 2
      engine.begins = { request in self.begun.withLock { $0.append(request) } }
      change(&engine)
      return SamplingModel(name: name, engine: engine)
    }
  }

  /// What was worked on since the last time this was asked.
  func taken() -> [RolloutRequest] {
    begun.withLock { begun in
      defer { begun = [] }
      return begun
    }
  }
}
