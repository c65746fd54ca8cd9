internal import TandemJSON
internal import TandemRecords
internal import TandemShards
package import TandemSources

/// One file, archive or folder of problems.
package struct IngestInput: Hashable, Sendable {
  /// Where it is.
  package var path: String
  /// Its name without folders, which stands in the plan.
  package var name: String
  /// Digest of its content.
  package var sha256: String
  /// How it is read.
  package var options: SourceOptions
  /// Which fields make its problems.
  package var fields: FieldMapping

  package init(
    path: String, name: String, sha256: String, options: SourceOptions, fields: FieldMapping
  ) {
    self.path = path
    self.name = name
    self.sha256 = sha256
    self.options = options
    self.fields = fields
  }
}

/// What happens at a row that cannot be used.
package enum RowErrorPolicy: String, CaseIterable, Sendable {
  /// The stage stops and names the row.
  case stop
  /// The row goes to `rejects.jsonl`.
  case skip
}

/// Everything that decides what `ingest` writes.
package struct IngestRequest: Sendable {
  /// The data set's name.
  package var dataset: String
  /// The split's name.
  package var split: String
  package var inputs: [IngestInput]
  /// Take only so many problems, from the start.
  package var limit: Int?
  package var sample: SampleChoice?
  /// Decides samples and the order of options.
  package var seed = 0
  /// How many parts; nil for one a few hundred problems.
  package var parts: Int?
  package var cleaning = Cleaning()
  package var onError = RowErrorPolicy.stop
  /// How many rows the source is known to have.
  package var expectedRows: Int?
  /// What is known of the data set, for the manifest.
  package var provenance: Provenance?

  /// What a descriptor says of a data set.
  package struct Provenance: Hashable, Sendable {
    package var title: String
    package var licence: String
    package var homepage: String

    package init(title: String, licence: String, homepage: String) {
      self.title = title
      self.licence = licence
      self.homepage = homepage
    }
  }

  package init(dataset: String, split: String, inputs: [IngestInput]) {
    self.dataset = dataset
    self.split = split
    self.inputs = inputs
  }

  static let stageVersion = 1

  var plan: Plan {
    var options = JSONObject()
    options["dataset"] = .string(dataset)
    options["split"] = .string(split)
    options["inputs"] = .array(
      inputs.map { ["name": .string($0.name), "sha256": .string($0.sha256)] })
    options["fields"] = .array(inputs.map { .string($0.fields.description) })
    options["limit"] = limit.map(JSONValue.number) ?? .null
    options["sample"] = sample.map(\.json) ?? .null
    options["parts"] = parts.map(JSONValue.number) ?? .null
    options["cleaning"] = cleaning.json
    options["on_error"] = .string(onError.rawValue)
    return Plan(stage: "ingest", stageVersion: Self.stageVersion, options: options, seed: seed)
  }
}
