internal import ArgumentParser
internal import Foundation
internal import TandemShards
internal import TandemStages

/// Options of every command that makes parts.
struct WorkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many threads work at once.",
      discussion: "The default is one a core. The output does not depend on it."))
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  @Option(
    help: ArgumentHelp(
      "The zstd level of the parts, 1 (fast) to 19 (small).",
      discussion: "Part of the plan: another level makes the parts again."))
  var level: Int = 3

  @Flag(help: "Print the result as JSON.")
  var json = false

  @Flag(help: "Say what would be done, and do nothing.")
  var dryRun = false

  func validate() throws {
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1.") }
    guard (1...19).contains(level) else { throw ValidationError("--level must be 1 to 19.") }
  }

  /// Runs a stage with progress on standard error; SIGINT and SIGTERM stop it between rows.
  func run<Result>(_ stage: (StageContext) throws -> Result) throws -> Result {
    let context = StageContext(threads: threads, compression: Compression(level: level))
    let signals = Signals(cancelling: context.cancellation)
    let display = ProgressDisplay(context.progress)
    defer {
      display.stop()
      withExtendedLifetime(signals) {}
    }
    return try stage(context)
  }
}
