internal import TandemRecords
internal import TandemShards

/// Files of a folder with one digest, which is read off the files only where they have changed.
package struct DigestedFiles: Hashable, Sendable {
  /// The folder, as the user names it.
  package let folder: String
  /// The SHA-256 of the lines `<sha256 of the file>  <name>`, sorted by name, as `sha256sum` prints them.
  package let digest: String
  private let stamps: [String: FileStamp]

  /// Remembers the digests of files that have not changed.
  package protocol Memory {
    func digest(of path: String, stamp: FileStamp) throws -> String?
    func remember(_ digest: String, of path: String, stamp: FileStamp) throws
  }

  /// A file younger than so many seconds is not remembered: a second change may leave its times alone.
  private static let racySeconds = 2

  /// Digests files; reads only those that `memory` does not know.
  ///
  /// A digest is remembered by path, device, inode, size, and the times of the last change of content and of status. The
  /// system alone sets the latter, so that a file put in place with its old times is still another file. What remains
  /// unseen: a change through a shared memory map until the system writes it back, and a disk or clock that lies.
  ///
  /// - Throws: ``RolloutError`` when a file is missing or changes while it is read.
  package init(
    _ folder: String, names: [String], memory: (any Memory)?, clock: some CacheClock = .system
  ) throws {
    var stamps: [String: FileStamp] = [:]
    var listing = ""
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let path = "\(folder)/\(name)"
      guard let stamp = FileStamp(path) else { throw RolloutError(path, "is not there") }
      stamps[name] = stamp
      listing += try Self.digest(path, stamp: stamp, memory: memory, clock: clock)
      listing += "  \(name)\n"
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
        "has changed while it was in use; what was sampled before is kept, run this again")
    }
  }

  private static func digest(
    _ path: String, stamp: FileStamp, memory: (any Memory)?, clock: some CacheClock
  ) throws -> String {
    if let known = try memory?.digest(of: path, stamp: stamp) { return known }
    let start = clock.now
    let digest = try InputFile(path).sha256()
    guard FileStamp(path) == stamp else {
      throw RolloutError(path, "changes while it is read; wait until it is whole")
    }
    if stamp.changeSeconds < start - racySeconds {
      try memory?.remember(digest, of: path, stamp: stamp)
    }
    return digest
  }
}
