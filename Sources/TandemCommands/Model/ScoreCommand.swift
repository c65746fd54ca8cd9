internal import ArgumentParser
internal import TandemLM
internal import TandemTokenizer

/// Gives the logprobs of texts.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Give the probability of every token of texts under a model.",
    discussion: """
      Rows are {"id": ..., "token_ids": [...]} or {"id": ..., "prompt": "...", "completion": \
      "..."}. Each gives {"id": ..., "logprobs": [...]}: the natural logarithm of the probability, \
      by the full softmax at temperature 1, of every token after the first, or of every token of \
      the completion. Prompt and completion are taken as they are, special tokens spelled out \
      counting as such, and each is turned into tokens for itself. Input is held in memory.

        tandem score --model DIR rows.jsonl
        jq -c '{id, prompt, completion: .text}' traces.jsonl | tandem score --model DIR -
      """)

  @OptionGroup var options: ModelOptionGroup

  @Argument(help: ArgumentHelp("JSON Lines; - is standard input.", valueName: "file"))
  var file: String

  @Flag(help: "Add what the tokenizer's template adds in front of the prompt.")
  var special = false

  func run() throws {
    let rows = try ScoreRows(path: file)
    let (model, adapter) = try options.load()
    var tokenizer: Tokenizer?
    if rows.needsText { tokenizer = try Tokenizer(folder: options.model) }
    var scorer = try Scorer(
      model: model, adapter: adapter, cacheBytes: rows.cacheBytes(model.configuration),
      threads: options.threads)
    var output = StandardOutput()
    try rows.score(with: &scorer, tokenizer: tokenizer, special: special, output: &output)
  }
}
