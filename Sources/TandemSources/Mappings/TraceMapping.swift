internal import TandemRecords

/// Which parts of a row make traces of another tool.
///
/// Each list of paths names alternatives: the first that a row has is taken. Paths that start with
/// `item` look into the element of ``each``, or the object of a model.
package struct TraceMapping: Hashable, Sendable {
  /// The name by which it is called.
  package var name: String
  /// One line that says what it reads.
  package var about: String
  /// The published file that it was made for, if there is one.
  var published: DatasetDescriptor.Form?
  /// Lists whose elements are one trace each; a row without them is one trace.
  var each: [DotPath] = []
  /// Fields that are named after models and hold one trace each.
  var models: [DotPath] = []
  /// A field of which only rows with its first value are taken, because others repeat them.
  var onlyFirst: DotPath?
  /// What separates a problem's id from a sample number behind it.
  var sampleSeparator: String?
  /// The paths of everything else.
  var paths: [Part: [DotPath]] = [:]

  /// A part of a trace.
  enum Part: String, CaseIterable, Sendable {
    case problemID = "problem_id"
    case question, model, text, sample, prompt
    case tokenIDs = "token_ids"
    case logprobs
    case finishReason = "finish_reason"
    case usage, sampling, error
  }

  /// Reads a mapping.
  ///
  /// - Throws: ``SourceError`` naming the file and line.
  package init(yaml: [UInt8], name: String) throws(SourceError) {
    let map = try YAMLMap(yaml: yaml, file: "\(name).yaml")
    let parts = Part.allCases.map(\.rawValue)
    try map.allow(
      ["about", "each", "models", "only_first", "sample_separator", "published"] + parts)
    self.name = name
    about = try map.string("about")
    published = try map.optionalMap("published").map { (form) throws(SourceError) in
      try DatasetDescriptor.Form(form)
    }
    each = try map.paths("each")
    models = try map.paths("models")
    onlyFirst = try map.paths("only_first").first
    sampleSeparator = try map.optionalString("sample_separator")
    for part in Part.allCases { paths[part] = try map.paths(part.rawValue) }
    guard paths[.text]?.isEmpty == false else { throw map.missing("text") }
    guard paths[.problemID]?.isEmpty == false || paths[.question]?.isEmpty == false else {
      throw map.missing("problem_id` or `question")
    }
    guard each.isEmpty || models.isEmpty else {
      throw map.error("models", "`each` and `models` exclude one another")
    }
  }
}

extension YAMLMap {
  fileprivate func paths(_ key: String) throws(SourceError) -> [DotPath] {
    var paths: [DotPath] = []
    for text in try optionalStrings(key) ?? [] {
      guard let path = DotPath(text) else {
        throw error(key, "`\(text)` is not a path such as doc.question or choices[0]")
      }
      paths.append(path)
    }
    return paths
  }
}

/// The mappings that come with the program, from `datasets/mappings/`.
package enum TraceMappings {
  private static let files: [(name: String, yaml: [UInt8])] = [
    ("generic", PackageResources.generic_yaml),
    ("lm-eval", PackageResources.lm_eval_yaml),
    ("openai-batch", PackageResources.openai_batch_yaml),
    ("openai-gsm8k-solutions", PackageResources.openai_gsm8k_solutions_yaml),
    ("trl", PackageResources.trl_yaml),
  ]

  /// The names of the mappings, sorted.
  package static var names: [String] { files.map(\.name) }

  /// The SHA-256 of a mapping's text.
  package static func sha256(_ name: String) -> String? {
    files.first { $0.name == name }.map { SHA256.hex(of: $0.yaml) }
  }

  /// The mapping with this name.
  ///
  /// - Throws: ``SourceError`` naming those that there are.
  package static func mapping(_ name: String) throws(SourceError) -> TraceMapping {
    guard let file = files.first(where: { $0.name == name }) else {
      throw SourceError(
        name,
        "is no known mapping\(suggestion(for: name, among: names)); known are \(names.joined(separator: ", "))"
      )
    }
    return try TraceMapping(yaml: file.yaml, name: name)
  }
}
