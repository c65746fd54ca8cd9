internal import TandemJSON
internal import TandemRecords
package import TandemShards

/// What checking one file against its schema found.
package struct SchemaCheck: Sendable {
  package var rows = 0
  /// Each names file, row and field.
  package var violations: [ShardError] = []

  /// The files that a user means: parts, and the manifests and plans of the folders given.
  package static func files(_ paths: [String]) throws -> [String] {
    var files = try PartSet.files(paths)
    for path in paths where Folder.isFolder(path) {
      for folder in try PartSet.stageFolders(under: path) {
        files += ["manifest.json", "plan.json"].map { "\(folder)/\($0)" }.filter(Folder.exists)
      }
    }
    return files
  }

  /// Checks a file, up to `limit` violations.
  ///
  /// - Throws: `ShardError` when the file cannot be read or no schema is known for it.
  package init(_ path: String, limit: Int) throws {
    let name = Folder.split(path).name
    if name == "manifest.json" || name == "plan.json" {
      try check(document: path, kind: String(name.dropLast(".json".count)), limit: limit)
    } else {
      try check(part: path, limit: limit)
    }
  }

  private mutating func check(document path: String, kind: String, limit: Int) throws {
    let file = try InputFile(path)
    let text = try file.bytes(at: 0, count: file.size)
    let validator = try Self.validator(kind, version: 1, for: path)
    rows = 1
    do {
      for violation in validator.validate(try JSONValue(parsing: text), limit: limit) {
        violations.append(ShardError(path, violation.description))
      }
    } catch {
      violations.append(ShardError(path, "is not JSON: \(error)"))
    }
  }

  private mutating func check(part path: String, limit: Int) throws {
    var part = try PartReader(path)
    let label = part.label
    let validator = try Self.validator(label.record, version: label.schemaVersion, for: path)
    var parser = try JSONParser()
    for frame in 0..<part.frameCount {
      var lines = LineCursor(try part.frame(frame))
      while let line = lines.next() {
        rows += 1
        guard violations.count < limit else { continue }
        do {
          let value = try parser.parse(padded: line)
          for violation in validator.validate(value, limit: limit - violations.count) {
            violations.append(ShardError(path, row: rows, violation.description))
          }
        } catch {
          violations.append(ShardError(path, row: rows, "is not JSON: \(error)"))
        }
      }
    }
  }

  private static func validator(_ kind: String, version: Int, for path: String) throws
    -> SchemaValidator
  {
    guard let validator = try SchemaRegistry.validator(kind, version: version) else {
      throw ShardError(
        path, "holds \(kind) rows of version \(version), for which no schema is known")
    }
    return validator
  }
}
