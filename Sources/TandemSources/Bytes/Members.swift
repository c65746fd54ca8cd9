internal import Foundation

/// A file to read rows from.
struct Member {
  /// What rows and messages call it.
  var name: String
  /// Its bytes in order.
  var bytes: any ByteSource
  /// Its bytes anywhere, where that is possible.
  var random: (any RandomBytes)?
}

/// Files that are read one after another.
protocol Members: AnyObject {
  /// The next file, which ends the reading of the one before; nil behind the last.
  func next() throws(SourceError) -> Member?
}

/// One file.
final class SingleFile: Members {
  private var member: Member?

  init(_ member: Member) {
    self.member = member
  }

  func next() -> Member? { member.take() }
}

/// The files of an archive, in its order.
final class ArchiveMembers: Members {
  private let archive: Archive
  private let options: SourceOptions
  private var seen = 0
  private var taken = 0
  private var others: [String] = []

  init(_ archive: Archive, options: SourceOptions) {
    self.archive = archive
    self.options = options
  }

  func next() throws(SourceError) -> Member? {
    while let entry = try archive.next() {
      seen += 1
      guard seen <= options.maxMembers else {
        throw SourceError(archive.name, "holds more than \(options.maxMembers) members")
      }
      if archive.isSingleFile {
        taken += 1
        return Member(name: archive.name, bytes: archive)
      }
      guard entry.isFile else { continue }
      guard options.takes(entry.name) else {
        if others.count < 5 { others.append(entry.name) }
        continue
      }
      taken += 1
      return Member(name: "\(archive.name)!\(entry.name)", bytes: archive)
    }
    if taken == 0 { throw options.nothingTaken(from: archive.name, others: others) }
    return nil
  }
}

/// The files of a folder and of the folders in it, sorted by path.
///
/// Hidden files and links to folders are left out.
final class FolderMembers: Members {
  private let folder: String
  private let options: SourceOptions
  private let paths: [String]
  private var position = 0
  private var current: (any Members)?

  init(folder: String, name: String, options: SourceOptions) throws(SourceError) {
    self.folder = folder
    self.options = options
    var found: [String] = []
    try Self.list(folder, prefix: "", depth: 0, name: name, options: options, into: &found)
    paths = found.filter(options.takes)
    guard !paths.isEmpty else {
      throw options.nothingTaken(from: name, others: Array(found.prefix(5)))
    }
  }

  func next() throws(SourceError) -> Member? {
    while true {
      if let member = try current?.next() { return member }
      guard position < paths.count else { return nil }
      let path = paths[position]
      position += 1
      current = try openMembers(
        path: "\(folder)/\(path)", name: SourceName.printable(path), options: options.inside)
    }
  }

  private static func list(
    _ folder: String, prefix: String, depth: Int, name: String, options: SourceOptions,
    into found: inout [String]
  ) throws(SourceError) {
    guard depth < 32 else { throw SourceError(name, "has folders more than 32 deep") }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw SourceError(name, "\(prefix.isEmpty ? "the folder" : prefix) cannot be listed")
    }
    for child in names.sorted() where !child.hasPrefix(".") {
      let path = "\(folder)/\(child)"
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      if isFolder.boolValue {
        // A link to a folder above would be followed for ever.
        if (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil { continue }
        try list(
          path, prefix: "\(prefix)\(child)/", depth: depth + 1, name: name, options: options,
          into: &found)
      } else {
        found.append(prefix + child)
        guard found.count <= options.maxMembers else {
          throw SourceError(name, "holds more than \(options.maxMembers) files")
        }
      }
    }
  }
}

/// The files that a path stands for: a file, a folder, an archive or a compressed file.
///
/// - Throws: ``SourceError`` naming what cannot be read.
func openMembers(path: String, name: String, options: SourceOptions) throws(SourceError)
  -> any Members
{
  var isFolder: ObjCBool = false
  if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
    return try FolderMembers(folder: path, name: name, options: options)
  }
  let file = try FileBytes(path: path, name: name)
  let head = try file.read(at: 0, count: min(file.count(), Container.prefix))
  let container = Container(head)
  switch container {
  case .plain:
    guard !Container.suffixes.contains(SourceName.suffix(of: name)) || head.starts(with: lfsPointer)
    else {
      throw SourceError(name, "is not what its name says (no archive, not compressed)")
    }
    return SingleFile(Member(name: name, bytes: file, random: file))
  case .gzip:
    let archive = try Archive(
      GzipBytes(file, name: name), name: name, container, password: options.password)
    return ArchiveMembers(archive, options: options)
  case .compressed, .tar, .zip, .sevenZip:
    let archive = try Archive(path: path, name: name, container, password: options.password)
    return ArchiveMembers(archive, options: options)
  }
}
