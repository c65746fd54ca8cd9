/// `README.md` of what was trained: from what and how, so that it can be made again.
struct ModelCard {
  let baseName: String
  let isAdapter: Bool
  let facts: [(name: String, value: String)]
  let data: TrainingData
  let last: StepMetrics?

  /// The text, without clocks or paths.
  var text: String {
    var lines = ["---", "base_model: \(baseName)"]
    lines += isAdapter ? ["library_name: peft", "tags:", "- lora"] : ["library_name: transformers"]
    lines += ["---", "", isAdapter ? "# Adapter for \(baseName)" : "# \(baseName)", ""]
    lines.append(
      isAdapter
        ? "A LoRA adapter of `\(baseName)`, trained with tandem." : "Trained with tandem.")
    lines += ["", "| | |", "| --- | --- |"]
    lines += facts.map { "| \($0.name) | \($0.value) |" }
    lines += [
      "| examples | \(data.sequenceCount) of \(data.problemCount) problems |",
      "| tokens | \(data.counts.tokens), \(data.counts.scored) of them trained on |",
    ]
    if let last { lines.append("| last step | \(last.step), loss \(last.loss) |") }
    return lines.joined(separator: "\n") + "\n"
  }
}
