internal import Glibc

/// The folder operations that stages need.
package enum Folder {
  /// The folder and the last component of a path; `.` where it names no folder.
  package static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return (folder, String(path[path.index(after: slash)...]))
  }

  /// Whether something stands under this path.
  package static func exists(_ path: String) -> Bool {
    access(path, F_OK) == 0
  }

  /// Whether a folder stands under this path.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes a folder with the folders above it; one that exists is left alone.
  ///
  /// - Returns: the folders that were made, the outermost first.
  @discardableResult
  package static func create(_ path: String) throws(ShardError) -> [String] {
    if isFolder(path) { return [] }
    let above = split(path).folder
    var made = above != path && !exists(above) ? try create(above) : []
    if mkdir(path, 0o755) == 0 {
      made.append(path)
    } else if errno != EEXIST {
      throw ShardError(path, "cannot create folder: \(String(cString: strerror(errno)))")
    }
    guard isFolder(path) else { throw ShardError(path, "is a file where a folder is needed") }
    return made
  }

  /// The names in a folder, sorted by bytes.
  package static func names(in path: String) throws(ShardError) -> [String] {
    guard let stream = opendir(path) else {
      throw ShardError(path, "cannot list: \(String(cString: strerror(errno)))")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Removes a file; one that is not there is no error.
  package static func removeFile(_ path: String) throws(ShardError) {
    guard unlink(path) == 0 || errno == ENOENT else {
      throw ShardError(path, "cannot remove: \(String(cString: strerror(errno)))")
    }
  }

  /// Makes renames in a folder durable.
  static func sync(_ path: String) throws(ShardError) {
    let descriptor = try check(path, "open") { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    defer { close(descriptor) }
    _ = try check(path, "sync") { fsync(descriptor) }
  }
}
