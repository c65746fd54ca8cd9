package import TandemJSON
package import TandemRecords

/// A stage's folder while its parts are made.
///
/// Parts that were made under the same plan from the same inputs are kept; everything else is removed. At any
/// instant a part is absent or whole, and `manifest.json` stands only while all parts are there.
package struct StageOutput<Row: Record>: ~Copyable, Sendable {
  package let folder: String
  package let plan: Plan
  private let planDigest: String
  private let lock: FolderLock
  private let compression: Compression

  /// Takes the folder: locks it, removes leftovers and parts of another plan, and stores the plan.
  ///
  /// - Throws: ``ShardError`` when another process writes here, or the folder cannot be written.
  package init(_ folder: String, plan: Plan, compression: Compression) throws(ShardError) {
    var plan = plan
    plan.options["zstd_level"] = .number(compression.level)
    plan.options["frame_bytes"] = .number(compression.frameSize)
    try Folder.create(folder)
    let lock = try FolderLock(folder)
    try Self.removeLeftovers(in: folder)
    let planPath = "\(folder)/\(Plan.fileName)"
    if try Self.text(planPath) != plan.json.json + "\n" {
      try Self.removeResults(in: folder)
      try AtomicFile.write(plan.json.json + "\n", to: planPath)
    }
    self.lock = lock
    self.folder = folder
    self.plan = plan
    self.compression = compression
    planDigest = plan.digest
  }

  /// Digest of the plan and of the inputs of one part.
  package func fingerprint(inputs: [String]) -> String {
    SHA256.hex(of: ([planDigest] + inputs).joined(separator: "\n").utf8)
  }

  /// The part as it stands, if it was made from all that `fingerprint` stands for.
  package func finished(_ index: Int, fingerprint: String) -> Manifest.Part? {
    guard let reader = try? PartReader(path(index)), reader.label.fingerprint == fingerprint,
      reader.label.record == Row.kind.name, reader.label.schemaVersion == Row.kind.version,
      let sha256 = try? reader.sha256()
    else { return nil }
    return Manifest.Part(
      name: PartName.of(index), rows: reader.label.rows, bytes: reader.size, sha256: sha256,
      fingerprint: fingerprint)
  }

  /// Starts a part, which takes away the manifest: the stage is not finished until ``finish(parts:summary:)``.
  package func writer(_ index: Int, fingerprint: String) throws(ShardError) -> PartWriter<Row> {
    try Folder.removeFile("\(folder)/\(Manifest.fileName)")
    return try PartWriter(path(index), compression: compression, fingerprint: fingerprint)
  }

  /// The stage as it was finished under this plan; nil when it was not.
  package func finishedManifest() -> Manifest? {
    guard let manifest = try? Manifest(of: folder), manifest.plan == planDigest else { return nil }
    return manifest
  }

  /// Completes the stage: removes parts beyond the last one and writes the manifest.
  package func finish(parts: [Manifest.Part], summary: JSONObject = JSONObject()) throws(ShardError)
    -> Manifest
  {
    for name in try Folder.names(in: folder) {
      if let index = PartName.index(name), index >= parts.count {
        try Folder.removeFile("\(folder)/\(name)")
      }
    }
    let manifest = Manifest(
      stage: plan.stage, stageVersion: plan.stageVersion, record: Row.kind.name,
      schemaVersion: Row.kind.version, plan: planDigest, parts: parts, summary: summary)
    let text = manifest.json.json + "\n"
    let path = "\(folder)/\(Manifest.fileName)"
    if try Self.text(path) != text { try AtomicFile.write(text, to: path) }
    return manifest
  }

  private func path(_ index: Int) -> String { "\(folder)/\(PartName.of(index))" }

  private static func removeLeftovers(in folder: String) throws(ShardError) {
    for name in try Folder.names(in: folder) where name.hasSuffix(AtomicFile.temporarySuffix) {
      try Folder.removeFile("\(folder)/\(name)")
    }
  }

  private static func removeResults(in folder: String) throws(ShardError) {
    try Folder.removeFile("\(folder)/\(Manifest.fileName)")
    try Folder.removeFile("\(folder)/\(Rejects.fileName)")
    for name in try Folder.names(in: folder) where PartName.index(name) != nil {
      try Folder.removeFile("\(folder)/\(name)")
    }
  }

  private static func text(_ path: String) throws(ShardError) -> String? {
    guard Folder.exists(path) else { return nil }
    let file = try InputFile(path)
    return String(decoding: try file.bytes(at: 0, count: file.size), as: UTF8.self)
  }
}
