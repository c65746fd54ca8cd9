/// One stage of the chain, as help texts, the README and planners name it.
package struct StageEntry: Hashable, Sendable {
  /// The subcommand.
  package let name: String
  /// The folders of the run that it reads.
  package let reads: [String]
  /// The folders of the run that it writes.
  package let writes: [String]
  /// Whether it needs a model.
  package let needsModel: Bool
  /// What it does, in one sentence.
  package let summary: String

  /// Every stage, in the order of the chain.
  package static let all: [StageEntry] = [
    StageEntry(
      name: "ingest", reads: [], writes: ["problems"], needsModel: false,
      summary: "Reads a data set and deals its problems into parts."),
    StageEntry(
      name: "cold", reads: ["problems"], writes: ["cold"], needsModel: true,
      summary: "Samples every model's own traces of every problem."),
    StageEntry(
      name: "import", reads: ["problems"], writes: ["cold"], needsModel: false,
      summary: "Takes in existing traces of any tool as the cold round."),
    StageEntry(
      name: "grade", reads: ["problems", "cold"], writes: ["grades"], needsModel: false,
      summary: "Extracts the final answer of every trace and compares it with the gold answer."),
    StageEntry(
      name: "hint", reads: ["problems", "cold", "grades"], writes: ["hints"], needsModel: false,
      summary:
        "Makes a hint without the answer for every student that failed where a peer succeeded."
    ),
    StageEntry(
      name: "audit", reads: ["problems", "hints"], writes: ["audit"], needsModel: false,
      summary: "Finds every place where a hint gives the answer away."),
    StageEntry(
      name: "rescue", reads: ["problems", "hints"], writes: ["rescue"], needsModel: true,
      summary: "Lets every student try again, with its hint or, where it is withheld, without."),
    StageEntry(
      name: "reward",
      reads: ["problems", "cold", "grades"],
      writes: ["rewards"], needsModel: false,
      summary: "Computes the reward terms and the advantage of every trace."),
    StageEntry(
      name: "pack",
      reads: ["problems", "cold", "grades", "rewards"],
      writes: ["examples"], needsModel: false,
      summary: "Makes training examples: tokens, advantages, weights."),
    StageEntry(
      name: "eval", reads: ["problems", "cold", "grades"], writes: ["eval"], needsModel: false,
      summary: "Computes the metrics of every model and of the team, with intervals."),
  ]
}
