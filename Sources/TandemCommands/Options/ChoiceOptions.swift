internal import ArgumentParser
internal import TandemDedup
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

  @Option(
    help: ArgumentHelp(
      "Take out duplicates: exact (the same words) or near (nearly, by MinHash).",
      discussion: "Of each the first is kept. Problems that differ in a number are no duplicates."))
  var duplicates: DuplicatePolicy?

  @Option(
    help: "How alike near duplicates are at least, as the Jaccard similarity of word triples.")
  var similarity: Double = 0.8

  @Option(
    help: ArgumentHelp(
      "Take out problems that share runs of 13 words with this run, or known data set as NAME:SPLIT.",
      discussion:
        "May be given several times. What was taken out, and where it overlaps, stands in rejects.jsonl.",
      valueName: "run|name:split"))
  var decontaminate: [String] = []

  @Option(help: "How many parts; one for every 256 problems by default, 64 at most.")
  var parts: Int?

  func validate() throws {
    for (name, value) in [("--limit", limit), ("--sample", sample), ("--parts", parts)] {
      if let value, value < 1 { throw ValidationError("\(name) must be at least 1.") }
    }
    if let parts, parts > 99_999 { throw ValidationError("--parts must be at most 99999.") }
    guard (0.01...1).contains(similarity) else {
      throw ValidationError("--similarity must be 0.01 to 1.")
    }
    if stratify != nil, sample == nil { throw ValidationError("--stratify needs --sample.") }
  }

  /// Sets what was asked for.
  func apply(to request: inout IngestRequest, dataFolder: String?) throws {
    request.limit = limit
    request.sample = sample.map { SampleChoice(count: $0, stratify: stratify) }
    request.seed = seed
    request.parts = parts
    if let duplicates {
      // Above 1 no similarity is near enough, which leaves the exact ones.
      let threshold = duplicates == .near ? similarity : 2
      request.cleaning.duplicates = DuplicateFinder.Options(threshold: threshold)
    }
    request.cleaning.protected = try decontaminate.map {
      try ProtectedSource($0).load(dataFolder: dataFolder)
    }
  }
}

/// Which duplicates are taken out.
enum DuplicatePolicy: String, CaseIterable, ExpressibleByArgument {
  case exact, near
}
