/// A dataset: what it is, where its files are, and which fields make its problems.
package struct DatasetDescriptor: Hashable, Sendable {
  /// A part of a dataset, such as `train`.
  package struct Split: Hashable, Sendable {
    /// Its name.
    package var name: String
    /// The files that hold it; any one will do, the first is preferred.
    package var forms: [Form]
    /// Which fields make its problems.
    package var fields: FieldMapping
  }

  /// One file, archive or folder that holds a whole split.
  package struct Form: Hashable, Sendable {
    /// Where it may be under a folder of the user's; one that ends in `/` is a folder.
    package var paths: [String]
    /// Where it can be had.
    package var url: String?
    /// The SHA-256 of the file, in hexadecimal digits; nil when it is not known.
    package var sha256: String?
    /// How many rows it has, as far as known.
    package var rows: Int?
    /// How it is read.
    package var options: SourceOptions
  }

  /// The name by which the dataset is called.
  package var name: String
  /// One line that says what it is.
  package var title: String
  /// Its licence.
  package var licence: String
  /// How to cite it.
  package var citation: String
  /// Where it comes from.
  package var homepage: String
  /// Its parts.
  package var splits: [Split]

  /// The split with this name.
  ///
  /// - Throws: ``SourceError`` naming the splits that there are.
  package func split(_ name: String) throws(SourceError) -> Split {
    guard let split = splits.first(where: { $0.name == name }) else {
      let names = splits.map(\.name)
      throw SourceError(
        self.name,
        "has no split `\(name)`\(suggestion(for: name, among: names)); it has \(names.joined(separator: ", "))"
      )
    }
    return split
  }
}

// MARK: - YAML

extension DatasetDescriptor {
  /// Reads a descriptor.
  ///
  /// - Throws: ``SourceError`` naming the file and line.
  package init(yaml: [UInt8], name: String) throws(SourceError) {
    let map = try YAMLMap(yaml: yaml, file: "\(name).yaml")
    try map.allow(["title", "licence", "homepage", "citation", "fields", "splits"])
    self.name = name
    title = try map.string("title")
    licence = try map.string("licence")
    homepage = try map.string("homepage")
    citation = try map.string("citation")
    var base = FieldMapping()
    if let fields = try map.optionalMap("fields") { base = try FieldMapping(fields, over: base) }
    guard let entries = try map.optionalMap("splits")?.entries, !entries.isEmpty,
      let parent = try map.optionalMap("splits")
    else { throw map.missing("splits") }
    splits = []
    for entry in entries {
      splits.append(try Split(entry.key, parent.map(entry), base: base))
    }
  }
}

extension DatasetDescriptor.Split {
  fileprivate init(_ name: String, _ map: YAMLMap, base: FieldMapping) throws(SourceError) {
    try map.allow(["fields", "forms"])
    self.name = name
    fields = base
    if let own = try map.optionalMap("fields") { fields = try FieldMapping(own, over: base) }
    try fields.check { map.error("fields", $0) }
    forms = []
    for form in try map.maps("forms") { forms.append(try DatasetDescriptor.Form(form)) }
    guard !forms.isEmpty else { throw map.missing("forms") }
  }
}

extension DatasetDescriptor.Form {
  init(_ map: YAMLMap) throws(SourceError) {
    try map.allow(["paths", "url", "sha256", "rows", "format", "members", "password", "header_row"])
    guard let paths = try map.optionalStrings("paths"), !paths.isEmpty else {
      throw map.missing("paths")
    }
    for path in paths where path.hasPrefix("/") || path.split(separator: "/").contains("..") {
      throw map.error("paths", "`\(path)` leaves the folder that the user names")
    }
    self.paths = paths
    url = try map.optionalString("url")
    sha256 = try map.optionalString("sha256")
    if let sha256, sha256.utf8.count != 64 || !sha256.utf8.allSatisfy(Self.isDigit) {
      throw map.error("sha256", "`sha256` is not 64 lower-case hexadecimal digits")
    }
    rows = try map.optionalInt("rows")
    options = SourceOptions(
      format: try map.optionalChoice("format"),
      members: try map.optionalString("members").map(MemberPattern.init),
      password: try map.optionalString("password"),
      headerRow: try map.optionalInt("header_row"))
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
