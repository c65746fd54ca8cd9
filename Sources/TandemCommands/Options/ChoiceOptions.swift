internal import ArgumentParser
internal import TandemStages

/// Which problems `ingest` takes and how it deals them.
struct ChoiceOptions: ParsableArguments {
  @Option(help: "Take only the first problems, so many.")
  var limit: Int?

  @Option(help: "Take a seeded sample of so many problems, in the order of the source.")
  var sample: Int?

  @Option(help: "Keep the shares of this field's values in the sample: level, subject, gold_type.")
  var stratify: SampleChoice.Stratum?

  @Option(help: "Decides the sample and the order of options.")
  var seed: Int = 0

  @Option(help: "How many parts; one for every 256 problems by default, 64 at most.")
  var parts: Int?

  func validate() throws {
    for (name, value) in [("--limit", limit), ("--sample", sample), ("--parts", parts)] {
      if let value, value < 1 { throw ValidationError("\(name) must be at least 1.") }
    }
    if let parts, parts > 99_999 { throw ValidationError("--parts must be at most 99999.") }
    if stratify != nil, sample == nil { throw ValidationError("--stratify needs --sample.") }
  }

  /// Sets what was asked for.
  func apply(to request: inout IngestRequest) throws {
    request.limit = limit
    request.sample = sample.map { SampleChoice(count: $0, stratify: stratify) }
    request.seed = seed
    request.parts = parts
  }
}
