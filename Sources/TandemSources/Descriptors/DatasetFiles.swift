internal import Foundation
internal import TandemRecords

/// Where a split was found, checked, and how to read it.
package struct LocatedSplit: Hashable, Sendable {
  /// The file or folder.
  package var path: String
  /// The form that it is.
  package var form: DatasetDescriptor.Form
  /// The SHA-256 of the file; nil for a folder.
  package var sha256: String?
  /// Whether the file is the very one that the descriptor names.
  package var isKnown: Bool

  /// Reads its rows.
  package func open() throws(SourceError) -> SourceReader {
    try SourceReader(path: path, options: form.options)
  }
}

extension DatasetDescriptor {
  /// Finds a split under a folder, or takes the file named, and checks it against its SHA-256.
  ///
  /// - Parameters:
  ///   - name: The split.
  ///   - place: A folder to look in, or a file or folder that is the split.
  ///   - acceptsChangedFiles: Whether a file with another SHA-256 is taken all the same.
  /// - Throws: ``SourceError`` when there is none, or only files with another SHA-256.
  package func locate(_ name: String, in place: String, acceptsChangedFiles: Bool = false)
    throws(SourceError) -> LocatedSplit
  {
    let split = try split(name)
    var found: [LocatedSplit] = []
    for (form, path) in try candidates(of: split, in: place) {
      let digest = Self.isFolder(path) ? nil : try Self.digest(of: path)
      let isKnown = form.sha256 != nil && form.sha256 == digest
      found.append(LocatedSplit(path: path, form: form, sha256: digest, isKnown: isKnown))
    }
    // The file of another split may have the same name: the very one goes before the first one.
    let best = found.first(where: \.isKnown) ?? found.first { $0.form.sha256 == nil }
    if let best = best ?? (acceptsChangedFiles ? found.first : nil) { return best }
    throw found.first.map(Self.mismatch) ?? notFound(split, in: place)
  }

  private func candidates(of split: Split, in place: String) throws(SourceError)
    -> [(Form, String)]
  {
    guard FileManager.default.fileExists(atPath: place) else {
      throw SourceError(place, "no such file or folder")
    }
    guard Self.isFolder(place) else {
      // The form of the same name comes first. Any other must have its checksum, or at least the
      // same kind of file.
      let name = SourceName.last(of: place)
      let isNamed = { (form: Form) in form.paths.contains { SourceName.last(of: $0) == name } }
      let isAlike = { (form: Form) in
        form.sha256 != nil
          || form.paths.contains { SourceName.suffix(of: $0) == SourceName.suffix(of: name) }
      }
      return (split.forms.filter(isNamed) + split.forms.filter { !isNamed($0) && isAlike($0) })
        .map { ($0, place) }
    }
    var found: [(Form, String)] = []
    for form in split.forms {
      for path in form.paths {
        let full = "\(place)/\(path)"
        let exists = FileManager.default.fileExists(atPath: full)
        if exists, Self.isFolder(full) == path.hasSuffix("/") { found.append((form, full)) }
      }
    }
    return found
  }

  private func notFound(_ split: Split, in place: String) -> SourceError {
    let paths = split.forms.flatMap(\.paths)
    return SourceError(
      place, "has none of the files of \(name) \(split.name): \(paths.joined(separator: ", "))")
  }

  private static func mismatch(_ found: LocatedSplit) -> SourceError {
    SourceError(
      SourceName.last(of: found.path),
      "SHA-256 is \(found.sha256 ?? ""), not \(found.form.sha256 ?? ""): it is damaged or another "
        + "version; get it again, or accept it with --any-version")
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// The SHA-256 of a file in hexadecimal digits.
  static func digest(of path: String) throws(SourceError) -> String {
    let file = try FileBytes(path: path, name: SourceName.last(of: path))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    var hash = SHA256()
    while case let count = try file.read(into: buffer), count > 0 {
      hash.update(UnsafeRawBufferPointer(rebasing: buffer.prefix(count)))
    }
    return hash.finish().hex
  }
}
