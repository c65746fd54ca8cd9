/// The descriptors that come with the program, from `datasets/`.
package enum DatasetRegistry {
  private static let files: [(name: String, yaml: [UInt8])] = [
    ("aime", PackageResources.aime_yaml),
    ("gpqa", PackageResources.gpqa_yaml),
    ("gsm8k", PackageResources.gsm8k_yaml),
    ("math", PackageResources.math_yaml),
  ]

  /// The names of the datasets, sorted.
  package static var names: [String] { files.map(\.name) }

  /// The dataset with this name.
  ///
  /// - Throws: ``SourceError`` naming those that there are.
  package static func descriptor(_ name: String) throws(SourceError) -> DatasetDescriptor {
    guard let file = files.first(where: { $0.name == name }) else {
      throw SourceError(
        name,
        "is no known dataset\(suggestion(for: name, among: names)); known are \(names.joined(separator: ", "))"
      )
    }
    return try DatasetDescriptor(yaml: file.yaml, name: name)
  }
}
