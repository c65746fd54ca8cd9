internal import TandemRecords
internal import TandemShards

/// The digest of a file, or of all files in a folder with their names.
enum SourceDigest {
  /// SHA-256 in hexadecimal digits.
  static func of(_ path: String) throws -> String {
    guard Folder.isFolder(path) else { return try InputFile(path).sha256() }
    return SHA256.hex(of: try listing(path, prefix: "").utf8)
  }

  private static func listing(_ folder: String, prefix: String) throws -> String {
    var lines = ""
    for name in try Folder.names(in: folder) {
      let path = "\(folder)/\(name)"
      if Folder.isFolder(path) {
        lines += try listing(path, prefix: "\(prefix)\(name)/")
      } else {
        lines += "\(try InputFile(path).sha256()) \(prefix)\(name)\n"
      }
    }
    return lines
  }
}
