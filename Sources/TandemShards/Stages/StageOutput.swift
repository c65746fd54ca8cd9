internal import Synchronization
package import TandemJSON
package import TandemRecords

/// A stage's folder while its parts are made.
///
/// Parts that were made under the same plan from the same inputs are kept; everything else is removed once the first
/// new part is complete, so that a stage which fails before that leaves an earlier result whole. At any instant a
/// part is absent or whole, and `manifest.json` stands only while all parts are there.
package struct StageOutput<Row: Record>: ~Copyable, Sendable {
  package let folder: String
  package let plan: Plan
  package let planDigest: String
  private let lock: FolderLock
  private let compression: Compression
  private let hasPlan = Mutex(false)

  /// Takes the folder: locks it and removes leftovers.
  ///
  /// A folder made here is removed again when nothing is committed.
  ///
  /// - Throws: ``ShardError`` when another process writes here, or the folder cannot be written.
  package init(_ folder: String, plan: Plan, compression: Compression) throws(ShardError) {
    let plan = plan.compressed(compression)
    let lock = try FolderLock(folder)
    try Self.removeLeftovers(in: folder)
    self.lock = lock
    self.folder = folder
    self.plan = plan
    self.compression = compression
    planDigest = plan.digest
  }

  /// The part as it stands in a folder, if it was made from all that `fingerprint` stands for.
  package static func finished(_ index: Int, in folder: String, fingerprint: String)
    -> Manifest.Part?
  {
    guard let reader = try? PartReader("\(folder)/\(PartName.of(index))"),
      reader.label.fingerprint == fingerprint, reader.label.record == Row.kind.name,
      reader.label.schemaVersion == Row.kind.version, let sha256 = try? reader.sha256()
    else { return nil }
    return Manifest.Part(
      name: PartName.of(index), rows: reader.label.rows, bytes: reader.size, sha256: sha256,
      fingerprint: fingerprint)
  }

  /// The manifest of a folder that was finished under a plan and still holds every part; else nil.
  package static func manifest(in folder: String, planDigest: String) -> Manifest? {
    guard let manifest = try? Manifest(of: folder), manifest.plan == planDigest else { return nil }
    let isWhole = manifest.parts.enumerated().allSatisfy { index, part in
      finished(index, in: folder, fingerprint: part.fingerprint) == part
    }
    return isWhole ? manifest : nil
  }

  /// Starts a part, which is not seen before ``commit(_:)``.
  package func writer(_ index: Int, fingerprint: String) throws(ShardError) -> PartWriter<Row> {
    try PartWriter(path(index), compression: compression, fingerprint: fingerprint)
  }

  /// Completes a part, which takes away the manifest: the stage is not finished until ``finish(parts:summary:)``.
  package func commit(_ writer: consuming PartWriter<Row>) throws(ShardError) -> Manifest.Part {
    try storePlan()
    return try writer.finish()
  }

  /// Takes away the manifest and what was made under another plan; the first of several calls does so.
  private func storePlan() throws(ShardError) {
    try hasPlan.withLock { hasPlan throws(ShardError) in
      guard !hasPlan else { return }
      try Folder.removeFile("\(folder)/\(Manifest.fileName)")
      let path = "\(folder)/\(Plan.fileName)"
      let text = plan.json.json + "\n"
      if try Self.text(path) != text {
        try Self.removeResults(in: folder)
        try AtomicFile.write(text, to: path)
      }
      hasPlan = true
    }
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
    try Folder.removeFile("\(folder)/\(RejectWriter.fileName)")
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
