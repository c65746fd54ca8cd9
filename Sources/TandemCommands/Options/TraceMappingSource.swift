internal import TandemRecords
internal import TandemShards
internal import TandemSources

/// A mapping as the user names it: a known one, or a YAML file.
struct TraceMappingSource {
  private let text: String

  init(_ text: String) {
    self.text = text
  }

  /// The mapping and the digest of its text.
  func load() throws -> (TraceMapping, sha256: String) {
    guard text.hasSuffix(".yaml") || text.hasSuffix(".yml") else {
      return (try TraceMappings.mapping(text), TraceMappings.sha256(text) ?? "")
    }
    let file = try InputFile(text)
    let bytes = try file.bytes(at: 0, count: min(file.size, 1 << 20))
    let name = Folder.split(text).name.split(separator: ".").first.map { String($0) } ?? text
    return (try TraceMapping(yaml: bytes, name: name), SHA256.hex(of: bytes))
  }
}
