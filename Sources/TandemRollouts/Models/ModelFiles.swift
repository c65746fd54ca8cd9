internal import TandemRecords
internal import TandemShards

/// The files of a folder that decide what its model writes, with their digest.
package struct ModelFiles: Hashable, Sendable {
  /// The folder, as the user names it.
  package let folder: String
  /// One digest of all files with their names.
  package let digest: String
  private let stamps: [String: FileStamp]

  /// Remembers the digests of files that have not changed.
  package protocol Memory {
    func digest(of path: String, stamp: FileStamp) throws -> String?
    func remember(_ digest: String, of path: String, stamp: FileStamp) throws
  }

  /// Digests a folder; reads only files that `memory` does not know.
  ///
  /// A digest is remembered by path, device, inode, size, and the times of the last change of content and of status; the
  /// system sets the latter, so that a copy which keeps its times is still another file. What remains: a file that
  /// is written within the two seconds before it is digested is not remembered, since a second change may leave its
  /// times alone; changes through a shared memory map show only when the system writes them back.
  ///
  /// - Throws: ``RolloutError`` when there are no weights, or a file changes while it is read.
  package init(_ folder: String, memory: (any Memory)?, clock: some CacheClock = .system) throws {
    guard Folder.isFolder(folder) else {
      throw RolloutError(
        folder, "is no folder; a model is a folder with config.json and *.safetensors")
    }
    let names = try Folder.names(in: folder).filter(Self.decides)
    guard names.contains(where: { $0.hasSuffix(".safetensors") }) else {
      throw RolloutError(folder, "holds no weights (*.safetensors)")
    }
    var stamps: [String: FileStamp] = [:]
    var listing = ""
    for name in names {
      let path = "\(folder)/\(name)"
      guard let stamp = FileStamp(path) else { continue }
      stamps[name] = stamp
      listing += "\(try Self.digest(path, stamp: stamp, memory: memory, clock: clock)) \(name)\n"
    }
    self.folder = folder
    self.stamps = stamps
    digest = SHA256.hex(of: listing.utf8)
  }

  /// Throws when a file is not the one that was digested.
  package func confirm() throws {
    for (name, stamp) in stamps where FileStamp("\(folder)/\(name)") != stamp {
      throw RolloutError(
        "\(folder)/\(name)",
        "has changed while it was in use; what was sampled before is kept, run this again"
      )
    }
  }

  private static func decides(_ name: String) -> Bool {
    name.hasSuffix(".safetensors") || deciding.contains(name)
  }

  private static let deciding: Set<String> = [
    "config.json", "generation_config.json", "model.safetensors.index.json", "adapter_config.json",
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
    "vocab.json", "merges.txt", "chat_template.jinja", "chat_template.json",
  ]

  private static func digest(
    _ path: String, stamp: FileStamp, memory: (any Memory)?, clock: some CacheClock
  ) throws -> String {
    if let known = try memory?.digest(of: path, stamp: stamp) { return known }
    let start = clock.now
    let digest = try InputFile(path).sha256()
    guard FileStamp(path) == stamp else {
      throw RolloutError(path, "changes while it is read; wait until it is whole")
    }
    if stamp.changeSeconds < start - 2 {
      try memory?.remember(digest, of: path, stamp: stamp)
    }
    return digest
  }
}
