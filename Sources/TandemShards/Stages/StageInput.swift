package import TandemJSON
package import TandemRecords

/// The finished parts of a stage, as another stage reads them.
package struct StageInput: Sendable {
  /// The folder, as the user would name it.
  package let folder: String
  package let manifest: Manifest

  /// Opens a stage's folder.
  ///
  /// - Throws: ``ShardError`` when the stage is not finished.
  package init(_ folder: String) throws(ShardError) {
    self.folder = folder
    manifest = try Manifest(of: folder)
  }

  /// The path of a part.
  package func path(_ index: Int) -> String { "\(folder)/\(PartName.of(index))" }

  /// The rows of a part.
  ///
  /// - Throws: ``ShardError`` when the file is not the one that the manifest names.
  package func rows<Row: Record>(_ index: Int, as row: Row.Type = Row.self) throws(ShardError)
    -> RowReader<Row>
  {
    let reader = try RowReader<Row>(path(index))
    guard reader.label.fingerprint == manifest.parts[index].fingerprint,
      reader.label.rows == manifest.parts[index].rows
    else {
      throw ShardError(
        path(index), "is not the part that manifest.json names; run `tandem shard verify`")
    }
    return reader
  }

  /// The options and the team that the stage was made with, as its plan says.
  ///
  /// - Throws: ``ShardError`` when there is no readable plan.
  package func plan() throws(ShardError) -> JSONObject {
    let path = "\(folder)/\(Plan.fileName)"
    let file = try InputFile(path)
    guard file.size <= 1 << 24,
      let plan = (try? JSONValue(parsing: try file.bytes(at: 0, count: file.size)))?.object
    else { throw ShardError(path, "is damaged: run the stage that makes it again") }
    return plan
  }

  /// Checks that the stage was made for the same team, in whatever order, or for none in particular.
  package func requireTeam(_ team: [String]) throws(ShardError) {
    guard let theirs = try plan()["team"]?.array?.compactMap(\.string) else { return }
    guard Set(theirs) == Set(team) else {
      throw ShardError(
        folder,
        "was made for the team \(theirs.joined(separator: ",")), not \(team.joined(separator: ",")); "
          + "give the same --models or make it again")
    }
  }

  /// Checks that this input was dealt into the same parts as another.
  package func requireAligned(with other: StageInput) throws(ShardError) {
    guard manifest.parts.count == other.manifest.parts.count else {
      throw ShardError(
        folder,
        "has \(manifest.parts.count) parts where \(other.folder) has \(other.manifest.parts.count); make it again from that"
      )
    }
  }
}
