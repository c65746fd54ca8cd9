internal import TandemJSON
internal import TandemShards
package import TandemSources

/// One file of traces that another tool wrote.
package struct ImportInput: Hashable, Sendable {
  package var path: String
  /// Its name without folders, which stands in the plan.
  package var name: String
  /// Digest of its content.
  package var sha256: String
  /// The model that wrote its traces; nil when the rows say so.
  package var model: String?

  package init(path: String, name: String, sha256: String, model: String?) {
    self.path = path
    self.name = name
    self.sha256 = sha256
    self.model = model
  }
}

/// Everything that decides what `import` writes.
package struct ImportRequest: Sendable {
  package var inputs: [ImportInput]
  package var mapping: TraceMapping
  /// Digest of the mapping's text.
  package var mappingSHA256: String
  package var options: SourceOptions
  package var onError = RowErrorPolicy.stop

  package init(
    inputs: [ImportInput], mapping: TraceMapping, mappingSHA256: String,
    options: SourceOptions = SourceOptions()
  ) {
    self.inputs = inputs
    self.mapping = mapping
    self.mappingSHA256 = mappingSHA256
    self.options = options
  }

  static let stageVersion = 1

  /// The plan; matching looks at all problems, so their manifest belongs to it.
  func plan(problems: Manifest) -> Plan {
    var options = JSONObject()
    options["mapping"] = .string(mapping.name)
    options["mapping_sha256"] = .string(mappingSHA256)
    options["inputs"] = .array(
      inputs.map {
        [
          "name": .string($0.name), "sha256": .string($0.sha256),
          "model": $0.model.map(JSONValue.string) ?? .null,
        ]
      })
    options["on_error"] = .string(onError.rawValue)
    options["problems"] = .array(problems.parts.map { .string($0.sha256) })
    return Plan(stage: "import", stageVersion: Self.stageVersion, options: options)
  }
}
