/// How data files are read.
package struct SourceOptions: Hashable, Sendable {
  /// The format of the rows; nil to tell it from names and first bytes.
  package var format: SourceFormat?
  /// Which files of a folder or archive to read; nil for all in a known format.
  package var members: MemberPattern?
  /// The password of an archive.
  package var password: String?
  /// 1-based record that holds the names of the columns of CSV; nil to skip a title by itself.
  package var headerRow: Int?
  /// The most bytes that one row may have.
  package var maxRowBytes = 64 << 20
  /// The most members that an archive, or files that a folder, may have.
  package var maxMembers = 1_000_000
  /// The most bytes of an archive's member that is read into memory, as Parquet must be.
  package var maxMemberInMemory = 1 << 30

  /// Reads every file in a known format.
  package init(
    format: SourceFormat? = nil, members: MemberPattern? = nil, password: String? = nil,
    headerRow: Int? = nil
  ) {
    self.format = format
    self.members = members
    self.password = password
    self.headerRow = headerRow
  }

  /// Whether the member of an archive or folder is to be read.
  func takes(_ name: String) -> Bool {
    if let members { return members.matches(name) }
    let suffix = SourceName.suffix(of: name)
    return SourceFormat(suffix: suffix) != nil || Container.suffixes.contains(suffix)
  }

  /// The same for a file of a folder, whose name has been matched already.
  var inside: SourceOptions {
    var inside = self
    inside.members = nil
    return inside
  }

  /// The error for a folder or archive without a file to read.
  func nothingTaken(from name: String, others: [String]) -> SourceError {
    let what = members.map { "no member that matches `\($0)`" } ?? "no file in a known format"
    let instead = others.isEmpty ? "it is empty" : "it holds \(others.joined(separator: ", "))"
    return SourceError(name, "has \(what); \(instead)")
  }
}
