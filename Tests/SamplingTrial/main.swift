import Dispatch
import Glibc
import TandemRecords
import TandemRollouts
import TandemShards
import TandemStages
import TandemTestEngine

// Runs `cold` with engines that need no model, for tests that kill it or run it twice at once:
//   sampling-trial RUN CACHE SAMPLES LOG
// A line `begin KEY` is appended to LOG before a sample is computed, `reported COUNT` as progress goes on; standard
// output says how many were computed in all.

let arguments = CommandLine.arguments
guard arguments.count == 5, let samples = Int(arguments[3]) else { exit(64) }
let log = open(arguments[4], O_WRONLY | O_CREAT | O_APPEND, 0o644)

@Sendable func note(_ line: String) {
  _ = (line + "\n").withCString { write(log, $0, strlen($0)) }
}

do {
  let team = ["a", "b"].map { name in
    var engine = ScriptedEngine(model: name)
    engine.threads = 2
    engine.begins = { note("begin \(RolloutKey($0).hex)") }
    return SamplingModel(name: name, engine: engine)
  }
  let stage = SamplingStage(
    .cold, run: RunFolder(arguments[1]), team: team, options: SamplingOptions(samples: samples),
    store: .shared(try RolloutCache(arguments[2])))
  let context = StageContext(threads: 2)
  DispatchQueue.global().async {
    var last = 0
    while true {
      let state = context.progress.state
      if state.unit == "samples", state.done > last {
        last = state.done
        note("reported \(last)")
      }
      usleep(500)
    }
  }
  print(try stage(context: context).sampled)
} catch {
  _ = "\(error)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
  exit(1)
}
