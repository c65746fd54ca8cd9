package import TandemJSON

/// What a finished stage holds; written last, so that it stands for completeness.
///
/// It names no clock, host or absolute path.
package struct Manifest: Hashable, Sendable {
  /// One part.
  package struct Part: Hashable, Sendable {
    /// The file's name.
    package var name: String
    /// The number of its rows.
    package var rows: Int
    /// The file's size.
    package var bytes: Int
    /// Digest of the file.
    package var sha256: String
    /// Digest of all that its content follows from.
    package var fingerprint: String

    package init(name: String, rows: Int, bytes: Int, sha256: String, fingerprint: String) {
      self.name = name
      self.rows = rows
      self.bytes = bytes
      self.sha256 = sha256
      self.fingerprint = fingerprint
    }
  }

  /// The stage that made the parts.
  package var stage: String
  /// Its version.
  package var stageVersion: Int
  /// The kind of the rows.
  package var record: String
  /// The version of their schema.
  package var schemaVersion: Int
  /// Digest of the plan.
  package var plan: String
  /// The parts in order.
  package var parts: [Part]
  /// What the stage counted, and where its rows came from.
  package var summary: JSONObject

  package init(
    stage: String, stageVersion: Int, record: String, schemaVersion: Int, plan: String,
    parts: [Part], summary: JSONObject = JSONObject()
  ) {
    self.stage = stage
    self.stageVersion = stageVersion
    self.record = record
    self.schemaVersion = schemaVersion
    self.plan = plan
    self.parts = parts
    self.summary = summary
  }

  /// The rows of all parts.
  package var rows: Int { parts.reduce(0) { $0 + $1.rows } }

  static let fileName = "manifest.json"
}

// MARK: - Stored form

extension Manifest {
  /// The manifest as it is stored.
  package var json: JSONValue {
    [
      "stage": .string(stage), "stage_version": .number(stageVersion), "record": .string(record),
      "schema_version": .number(schemaVersion), "plan": .string(plan),
      "parts": .array(
        parts.map {
          [
            "name": .string($0.name), "rows": .number($0.rows), "bytes": .number($0.bytes),
            "sha256": .string($0.sha256), "fingerprint": .string($0.fingerprint),
          ]
        }),
      "summary": .object(summary),
    ]
  }

  /// Reads the manifest of a stage folder.
  ///
  /// - Throws: ``ShardError`` when it is missing or damaged.
  package init(of folder: String) throws(ShardError) {
    let path = "\(folder)/\(Self.fileName)"
    guard Folder.exists(path) else {
      let what =
        Folder.isFolder(folder) ? "is not finished (it has no manifest.json)" : "is missing"
      throw ShardError(folder, "\(what): run the stage that makes it, then try again")
    }
    let file = try InputFile(path)
    guard file.size <= 1 << 28 else { throw ShardError(path, "is too large for a manifest") }
    let text = try file.bytes(at: 0, count: file.size)
    let damaged = ShardError(path, "is damaged: run the stage that makes it again")
    guard let object = (try? JSONValue(parsing: text))?.object,
      let stage = object["stage"]?.string, let stageVersion = object["stage_version"]?.int,
      let record = object["record"]?.string, let schemaVersion = object["schema_version"]?.int,
      let plan = object["plan"]?.string, let rows = object["parts"]?.array,
      let summary = object["summary"]?.object
    else { throw damaged }
    var parts: [Part] = []
    for (index, row) in rows.enumerated() {
      guard let part = Part(row.object), part.name == PartName.of(index) else { throw damaged }
      parts.append(part)
    }
    self.init(
      stage: stage, stageVersion: stageVersion, record: record, schemaVersion: schemaVersion,
      plan: plan, parts: parts, summary: summary)
  }
}

extension Manifest.Part {
  fileprivate init?(_ object: JSONObject?) {
    guard let object, let name = object["name"]?.string, let rows = object["rows"]?.int,
      let bytes = object["bytes"]?.int, let sha256 = object["sha256"]?.string,
      let fingerprint = object["fingerprint"]?.string
    else { return nil }
    self.init(name: name, rows: rows, bytes: bytes, sha256: sha256, fingerprint: fingerprint)
  }
}
