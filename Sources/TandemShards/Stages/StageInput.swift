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
