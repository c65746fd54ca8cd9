import Glibc
import TandemRecords
import TandemRollouts
import TandemShards
import TandemStages
import TandemTestEngine

// Runs `cold` with engines that need no model, for tests that kill it or run it twice at once:
//   sampling-trial RUN CACHE SAMPLES LOG
// A line `begin KEY` is appended to LOG before a sample is computed, `done KEY` once it is kept.

let arguments = CommandLine.arguments
guard arguments.count == 5, let samples = Int(arguments[3]) else { exit(64) }
let log = open(arguments[4], O_WRONLY | O_CREAT | O_APPEND, 0o644)

@Sendable func note(_ what: String, _ request: RolloutRequest) {
  let line = "\(what) \(RolloutKey(request).hex)\n"
  _ = line.withCString { write(log, $0, strlen($0)) }
}

do {
  let team = ["a", "b"].map { name in
    var engine = ScriptedEngine(model: name)
    engine.threads = 2
    engine.begins = { note("begin", $0) }
    engine.ended = { note("done", $0) }
    return SamplingModel(name: name, engine: engine)
  }
  let stage = SamplingStage(
    .cold, run: RunFolder(arguments[1]), team: team, options: SamplingOptions(samples: samples),
    store: .shared(try RolloutCache(arguments[2])))
  print(try stage(context: StageContext(threads: 2)).sampled)
} catch {
  _ = "\(error)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
  exit(1)
}
