internal import ArgumentParser
internal import TandemJSON
internal import TandemStages

/// `tandem hint show RUN HINT`.
struct HintShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the teacher's trace with what the hint leaves out, and why.",
    discussion: """
      What was cut is struck through on a terminal, and stands between [- and -] elsewhere; the \
      reasons stand at the end of its line. The hint follows as the student reads it.

        tandem hint show run "$(tandem shard cat run/hints | jq -r .id | head -n 1)"
      """)

  @OptionGroup var target: RunArgument

  @Argument(help: "The id of the hint.")
  var hint: String

  @OptionGroup var work: WorkOptions

  func run() throws {
    let explanation = try work.run { context in
      try HintExplanation(of: hint, in: target.folder, context: context)
    }
    let text = HintExplanationText(explanation, isColoured: AuditText.isColourWanted)
    var output = StandardOutput()
    if work.json {
      try output.line(text.json.json)
    } else {
      for line in text.lines { try output.line(line) }
    }
    try output.flush()
  }
}
