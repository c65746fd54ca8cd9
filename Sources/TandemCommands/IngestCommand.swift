internal import ArgumentParser
internal import Foundation
internal import TandemRecords
internal import TandemShards
internal import TandemSources
internal import TandemStages

/// Reads a data set into a run.
struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Read a data set and deal its problems into parts.",
    discussion: """
      The source is the name of a known data set (\(DatasetRegistry.names.joined(separator: ", "))), \
      a YAML descriptor of one's own as datasets/README.md describes it, or a file, folder or archive \
      with --fields. Formats: JSON Lines, JSON, CSV, TSV, \
      Parquet; each also in tar.gz, zip, 7z, zst, gz, xz, read without unpacking.

        tandem ingest gsm8k --split test --out run      (or gsm8k:test)
        tandem ingest gsm8k --from ~/data --split test --out run
        tandem ingest mine.csv --fields question=Problem,gold=Answer --out run
        tandem ingest https://example.org/set.jsonl --fields question=q,gold=a --out run

      A known data set is taken from --from, else downloaded once, and checked against its SHA-256. \
      Keys of --fields: \(FieldMapping.keys.joined(separator: ", ")). `take` says how the gold answer \
      is found in its field: \(GoldRule.allCases.map(\.rawValue).joined(separator: ", ")).

      Every gold answer must grade as correct against itself; rows that cannot be used stop the \
      command, or with --on-error skip go to rejects.jsonl with the reason.
      """)

  @Argument(help: "A known data set, a descriptor, or a file, folder or archive.")
  var source: String

  @Option(help: ArgumentHelp("The run's folder.", valueName: "run"))
  var out: String

  @OptionGroup(title: "Where the rows are") var place: SourceOptionGroup

  @OptionGroup(title: "Which problems are taken") var choice: ChoiceOptions

  @Option(help: "At a row that cannot be used: stop, or skip it into rejects.jsonl.")
  var onError: RowErrorPolicy = .stop

  @OptionGroup var work: WorkOptions

  func run() throws {
    var request = try place.request(for: source)
    try choice.apply(to: &request, dataFolder: place.dataFolder)
    request.onError = onError
    let run = RunFolder(out)
    let stage = IngestStage(run: run, request: request)
    try SourceStageRun(folder: run.problems, work: work)(
      preview: { try stage.preview(context: $0) }, stage: { try stage(context: $0) })
  }
}

extension RowErrorPolicy: ExpressibleByArgument {}
extension SampleChoice.Stratum: ExpressibleByArgument {}
extension SourceFormat: ExpressibleByArgument {}
