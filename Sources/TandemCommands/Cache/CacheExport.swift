internal import ArgumentParser
internal import TandemJSON
internal import TandemRecords
internal import TandemRollouts

/// Writes a cache's entries as rows.
struct CacheExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write every entry as a JSON line.",
    discussion: """
      Rows have the members of a trace as far as the cache knows them: engine, model_fingerprint, \
      adapter_fingerprint, prompt, prompt_ids, sampling, seed, sample, text, token_ids, \
      raw_logprobs_e4, sampling_logprobs_e4, finish_reason; but no problem. Damaged entries are \
      left out and counted; the exit status is then 2.

        tandem cache export | jq -r .text
      """)

  @OptionGroup var folder: CacheFolder

  func run() throws {
    var output = StandardOutput()
    var writer = JSONWriter()
    var count = 0
    let damaged = try folder.open().forEach { _, rollout in
      writer.removeAll()
      rollout.write(to: &writer)
      try output.write(writer.bytes)
      count += 1
    }
    try output.flush()
    Console.note("export: \(Quantity.count(count, of: "row"))")
    if damaged > 0 {
      Console.note("export: \(Quantity.count(damaged)) damaged entries are left out")
      throw ExitCode(2)
    }
  }
}
