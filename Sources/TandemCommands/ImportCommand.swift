internal import ArgumentParser
internal import Foundation
internal import TandemRecords
internal import TandemShards
internal import TandemSources
internal import TandemStages

/// Takes existing traces into a run.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in existing traces of any tool as the cold round.",
    discussion: """
      The mapping says which parts of a row make a trace; it is the name of a known one \
      (\(TraceMappings.names.joined(separator: ", "))) or a YAML file of one's own, for which \
      datasets/mappings/ has examples. Problems are found by id, else by the question's text, exact \
      and then without regard to case, spacing and punctuation; rows that match no problem go to \
      rejects.jsonl.

        tandem import run solutions.jsonl --mapping openai-gsm8k-solutions
        tandem import run small=a.jsonl large=b.jsonl --mapping lm-eval

      A file given as NAME=FILE holds the traces of that model. All files of a run are given at \
      once: other files make another plan, and replace what was imported before. The mapping \
      openai-gsm8k-solutions needs no file: the published one is taken from --from or downloaded.
      """)

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
  var path: String

  @Argument(help: ArgumentHelp("Files of traces, or NAME=FILE.", valueName: "file"))
  var files: [String] = []

  @Option(help: "A known mapping, or a YAML file.")
  var mapping: String = "generic"

  @Option(
    help: ArgumentHelp(
      "Take a mapping's published file from this folder instead of downloading it.",
      discussion: "The default is the environment's TANDEM_DATA, where it is set.",
      valueName: "path"))
  var from: String?

  @Option(help: "The format; told from names and first bytes by default.")
  var format: SourceFormat?

  @Option(help: "At a row that cannot be read: stop, or skip it into rejects.jsonl.")
  var onError: RowErrorPolicy = .stop

  @OptionGroup var work: WorkOptions

  func run() throws {
    let (mapping, digest) = try TraceMappingSource(mapping).load()
    let inputs = try files.isEmpty ? published(mapping) : files.map(input)
    var request = ImportRequest(
      inputs: inputs, mapping: mapping, mappingSHA256: digest,
      options: SourceOptions(format: format))
    request.onError = onError
    let run = RunFolder(path)
    let stage = ImportStage(run: run, request: request)
    try SourceStageRun(folder: run.traces(.cold), work: work)(
      preview: { try stage.preview(context: $0) }, stage: { try stage(context: $0) })
  }

  private func input(_ text: String) throws -> ImportInput {
    var (model, path): (String?, String) = (nil, text)
    if let sign = text.firstIndex(of: "="), !Folder.exists(text) {
      (model, path) = (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }
    return ImportInput(
      path: path, name: Folder.split(path).name, sha256: try SourceDigest.of(path), model: model)
  }

  private func published(_ mapping: TraceMapping) throws -> [ImportInput] {
    let environment = ProcessInfo.processInfo.environment["TANDEM_DATA"]
    let folder = [from, environment].compactMap { $0 }.first { !$0.isEmpty }
    let file = try mapping.publishedFile(in: folder)
    return [
      ImportInput(
        path: file.path, name: Folder.split(file.path).name,
        sha256: try file.sha256 ?? SourceDigest.of(file.path), model: nil)
    ]
  }
}
