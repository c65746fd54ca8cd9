internal import Yams

/// A mapping of a YAML file, read key by key; errors name the file and the line.
struct YAMLMap {
  /// A key with its value, in the order of the file.
  struct Entry {
    var key: String
    var node: Node
    var line: Int
  }

  /// The name of the file.
  let file: String
  /// The keys with their values.
  let entries: [Entry]
  private let line: Int

  /// Reads a file whose top is a mapping.
  ///
  /// - Throws: ``SourceError`` for malformed YAML.
  init(yaml: [UInt8], file: String) throws(SourceError) {
    guard let text = String(validating: yaml, as: UTF8.self) else {
      throw SourceError(file, "is not valid UTF-8")
    }
    let node: Node?
    do {
      node = try compose(yaml: text)
    } catch {
      throw Self.failure(error, file: file)
    }
    guard let node else { throw SourceError(file, "is empty") }
    try self.init(node, file: file, line: 1, what: "the file")
  }

  private init(_ node: Node, file: String, line: Int, what: String) throws(SourceError) {
    guard let mapping = node.mapping else {
      throw SourceError(file, "line \(node.mark?.line ?? line): \(what) is not a mapping of keys")
    }
    self.file = file
    self.line = node.mark?.line ?? line
    var entries: [Entry] = []
    for (key, value) in mapping {
      let line = key.mark?.line ?? line
      guard let name = key.scalar?.string else {
        throw SourceError(file, "line \(line): a key is not a word")
      }
      guard !entries.contains(where: { $0.key == name }) else {
        throw SourceError(file, "line \(line): `\(name)` is given twice")
      }
      entries.append(Entry(key: name, node: value, line: line))
    }
    self.entries = entries
  }

  private static func failure(_ error: any Error, file: String) -> SourceError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _)?, .parser(_, let problem, let mark, _)?,
      .composer(_, let problem, let mark, _)?:
      SourceError(file, "line \(mark.line): is not YAML (\(SourceName.printable(problem)))")
    case .duplicatedKeysInMapping(let keys, _)?:
      SourceError(file, "is not YAML (a key is given twice: \(keys.joined(separator: ", ")))")
    default: SourceError(file, "is not YAML")
    }
  }
}

// MARK: - Values

extension YAMLMap {
  /// Checks that every key is one of these.
  ///
  /// - Throws: ``SourceError`` naming the first other key and the one that may be meant.
  func allow(_ keys: [String]) throws(SourceError) {
    for entry in entries where !keys.contains(entry.key) {
      throw error(
        entry,
        "unknown key `\(entry.key)`\(suggestion(for: entry.key, among: keys)); known are \(keys.joined(separator: ", "))"
      )
    }
  }

  /// The text under a key; nil when absent.
  func optionalString(_ key: String) throws(SourceError) -> String? {
    guard let entry = entry(key) else { return nil }
    guard let text = entry.node.scalar?.string else { throw error(entry, "`\(key)` is not a text") }
    return text
  }

  /// The text under a key.
  func string(_ key: String) throws(SourceError) -> String {
    guard let text = try optionalString(key), !text.isEmpty else { throw missing(key) }
    return text
  }

  /// The whole number under a key, at least 0; nil when absent.
  func optionalInt(_ key: String) throws(SourceError) -> Int? {
    guard let entry = entry(key) else { return nil }
    guard let text = entry.node.scalar?.string, let value = Int(text), value >= 0 else {
      throw error(entry, "`\(key)` is not a whole number")
    }
    return value
  }

  /// The texts under a key, which may be one text or a list; nil when absent.
  func optionalStrings(_ key: String) throws(SourceError) -> [String]? {
    guard let entry = entry(key) else { return nil }
    if let text = entry.node.scalar?.string { return [text] }
    let texts = entry.node.sequence?.compactMap(\.scalar?.string)
    guard let texts, texts.count == entry.node.sequence?.count else {
      throw error(entry, "`\(key)` is not a text or a list of texts")
    }
    return texts
  }

  /// One of the cases of an enumeration; nil when absent.
  func optionalChoice<T: RawRepresentable & CaseIterable>(_ key: String) throws(SourceError) -> T?
  where T.RawValue == String {
    guard let text = try optionalString(key) else { return nil }
    guard let value = T(rawValue: text) else {
      let known = T.allCases.map(\.rawValue)
      let meant = suggestion(for: text, among: known)
      throw error(
        key,
        "`\(key)` is `\(text)`\(meant.isEmpty ? ", none of \(known.joined(separator: ", "))" : meant)"
      )
    }
    return value
  }

  /// The mapping under a key; nil when absent.
  func optionalMap(_ key: String) throws(SourceError) -> YAMLMap? {
    guard let entry = entry(key) else { return nil }
    return try YAMLMap(entry.node, file: file, line: entry.line, what: "`\(key)`")
  }

  /// The mapping that an entry holds.
  func map(_ entry: Entry) throws(SourceError) -> YAMLMap {
    try YAMLMap(entry.node, file: file, line: entry.line, what: "`\(entry.key)`")
  }

  /// The list of mappings under a key; empty when absent.
  func maps(_ key: String) throws(SourceError) -> [YAMLMap] {
    guard let entry = entry(key) else { return [] }
    guard let nodes = entry.node.sequence else { throw error(entry, "`\(key)` is not a list") }
    var maps: [YAMLMap] = []
    for node in nodes {
      maps.append(try YAMLMap(node, file: file, line: entry.line, what: "an entry of `\(key)`"))
    }
    return maps
  }

  /// The error for a key that must be there.
  func missing(_ key: String) -> SourceError {
    SourceError(file, "line \(line): `\(key)` is missing or empty")
  }

  /// An error about the value of a key.
  func error(_ key: String, _ message: String) -> SourceError {
    SourceError(file, "line \(entry(key)?.line ?? line): \(message)")
  }

  private func error(_ entry: Entry, _ message: String) -> SourceError {
    SourceError(file, "line \(entry.line): \(message)")
  }

  private func entry(_ key: String) -> Entry? {
    entries.first { $0.key == key }
  }
}
