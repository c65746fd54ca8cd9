internal import TandemJSON
internal import TandemRecords
internal import TandemShards
internal import TandemStages

/// What was packed for one model, for people.
struct PackText {
  let lines: [String]

  init(_ outcome: PackStage.Outcome) {
    let tally = outcome.tally
    let parts = outcome.manifest.parts.count
    var table = TextTable([(outcome.model, .left), ("", .right)])
    table.add(["examples", Quantity.count(tally.examples)])
    for round in Round.allCases {
      if let count = tally.rounds[round] {
        table.add(["  \(round.rawValue)", Quantity.count(count)])
      }
    }
    table.add(["  advantage above 0", Quantity.count(tally.positive)])
    table.add(["  advantage below 0", Quantity.count(tally.negative)])
    if tally.distilled > 0 {
      table.add(["  hint taken out of the prompt", Quantity.count(tally.distilled)])
    }
    table.add(["prompt tokens", Quantity.count(tally.promptTokens)])
    for (origin, count) in Self.counts(tally.prompts) {
      table.add(["  prompts \(origin.words)", Quantity.count(count)])
    }
    table.add(["completion tokens", Quantity.count(tally.completionTokens)])
    for (origin, count) in Self.counts(tally.completions) {
      table.add(["  completions \(origin.words)", Quantity.count(count)])
    }
    for (mode, count) in Self.counts(tally.modes) {
      table.add(["logprobs: \(mode.words)", Quantity.count(count)])
    }
    if let bytes = outcome.manifest.summary["bytes_per_token"]?.double {
      table.add(["bytes a token on disk", Quantity.fixed(bytes, 2)])
    }
    for (reason, count) in Self.counts(tally.omitted) {
      table.add(["left out: \(reason.words)", Quantity.count(count)])
    }
    lines =
      table.lines + [
        "\(Quantity.count(parts, of: "part")), \(outcome.made) made, \(parts - outcome.made) up to date"
      ] + Self.notes(outcome).map { "note: \($0)" } + [""]
  }

  private static func counts<Key: CaseIterable & Hashable>(_ counts: [Key: Int]) -> [(Key, Int)] {
    Key.allCases.compactMap { key in
      counts[key].flatMap { $0 > 0 ? (key, $0) : nil }
    }
  }

  private static func notes(_ outcome: PackStage.Outcome) -> [String] {
    let tally = outcome.tally
    var notes: [String] = []
    let missing = tally.modes[.none] ?? 0
    if missing > 0, missing < tally.examples - (tally.modes[.offPrompt] ?? 0) {
      notes.append(
        "some examples have \(outcome.options.behaviour.rawValue) logprobs and "
          + "\(Quantity.count(missing)) have none: a mixture, for which the trainer must recompute all of them"
      )
    }
    if tally.unusedLogprobs > 0 {
      notes.append(
        "\(Quantity.count(tally.unusedLogprobs)) traces have logprobs but not the tokens or the prompt that they belong to: left out"
      )
    }
    if tally.missingStops > 0 {
      notes.append(
        "\(Quantity.count(tally.missingStops)) stored completions stopped but do not end with a stop token: a model trained on them alone forgets to stop"
      )
    }
    if tally.assumedStops > 0 {
      notes.append(
        "\(Quantity.count(tally.assumedStops)) traces do not say why they ended: taken as complete, the stop token added"
      )
    }
    return notes
  }
}

extension PackTally.Origin {
  var words: String {
    switch self {
    case .stored: "stored as tokens"
    case .text: "tokenised from text"
    case .question: "made from the question"
    }
  }
}

extension BehaviourMode {
  var words: String {
    switch self {
    case .raw: "raw"
    case .sampling: "of the sampling distribution"
    case .offPrompt: "not needed (off_prompt)"
    case .none: "none"
    }
  }
}
