package import ArgumentParser
internal import Glibc
internal import TandemJSON
internal import TandemLM
internal import TandemMath
internal import TandemPrompts
internal import TandemRecords
internal import TandemRollouts
internal import TandemShards
internal import TandemSources
internal import TandemTokenizer

/// The command line.
package struct Tandem: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "tandem",
    abstract:
      "Mines reasoning traces: turns what one model got right into training signal for another.",
    discussion: """
      A run is a folder of stages; every stage reads the parts of earlier ones and writes its own, \
      and can be rerun alone. What is up to date is kept.

        tandem ingest gsm8k --split test --out run
        tandem import run solutions.jsonl --mapping openai-gsm8k-solutions
        tandem grade run
        tandem eval run

      Exit status: 0 done, 1 an error (one line on standard error says what, where and what to do), \
      2 a check found what it guards against, 64 wrong usage.
      """,
    version: "tandem 0.1.0",
    subcommands: [
      IngestCommand.self, ColdCommand.self, ImportCommand.self, GradeCommand.self, HintCommand.self,
      RescueCommand.self, RewardCommand.self, PackCommand.self, EvalCommand.self, StatsCommand.self,
      AuditCommand.self, ShardCommand.self, CacheCommand.self,
      ValidateCommand.self, TokenizeCommand.self, GenerateCommand.self,
      ScoreCommand.self,
    ])

  package init() {}

  /// Parses the arguments, runs the command, and maps every way out to an exit status.
  package static func start() -> Never {
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      do {
        try command.run()
      } catch is StandardOutput.Closed {
        exit(withError: nil)
      } catch let error as Interrupted {
        Console.note("tandem: \(error): what is finished is kept; the same command continues")
        exit(withError: ExitCode(130))
      } catch let error where isOurs(error) {
        Console.note("tandem: \(error)")
        exit(withError: ExitCode(1))
      }
      exit(withError: nil)
    } catch {
      exit(withError: error)
    }
  }

  /// Whether an error is one of the libraries', which print as one line; others are the parser's, help among them.
  private static func isOurs(_ error: any Error) -> Bool {
    error is ShardError || error is SourceError || error is JSONError || error is SchemaError
      || error is TokenizerError || error is PromptError || error is RolloutError
      || error is ModelError || error is MemoryError
  }
}
