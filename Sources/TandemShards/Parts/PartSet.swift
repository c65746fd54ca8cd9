/// The part files that a user means by a path: the file, the parts of a stage, or of every stage of a run.
package enum PartSet {
  /// The paths of the parts, in order.
  ///
  /// - Throws: ``ShardError`` when there is nothing of the kind under a path.
  package static func files(_ paths: [String]) throws(ShardError) -> [String] {
    var files: [String] = []
    for path in paths {
      guard Folder.isFolder(path) else {
        guard Folder.exists(path) else { throw ShardError(path, "is not there") }
        files.append(path)
        continue
      }
      let found = try parts(under: path)
      guard !found.isEmpty else {
        throw ShardError(path, "holds no parts: give a part, a stage's folder or a run")
      }
      files += found
    }
    return files
  }

  /// The stage folders under a path: the folder itself, or those of a run and of its rounds.
  package static func stageFolders(under path: String) throws(ShardError) -> [String] {
    try stageFolders(under: path, depth: depthLimit)
  }

  /// Deep enough for RUN/round-R/examples/MODEL; keeps a mistaken path from being searched whole.
  private static let depthLimit = 3

  private static func stageFolders(under path: String, depth: Int) throws(ShardError) -> [String] {
    var folders: [String] = []
    var isStage = false
    for name in try Folder.names(in: path) where !name.hasPrefix(".") {
      isStage = isStage || PartName.index(name) != nil || name == Manifest.fileName
      if depth > 0, Folder.isFolder("\(path)/\(name)") {
        folders += try stageFolders(under: "\(path)/\(name)", depth: depth - 1)
      }
    }
    return (isStage ? [path] : []) + folders
  }

  private static func parts(under path: String) throws(ShardError) -> [String] {
    var files: [String] = []
    for folder in try stageFolders(under: path) {
      for name in try Folder.names(in: folder) where PartName.index(name) != nil {
        files.append("\(folder)/\(name)")
      }
    }
    return files
  }
}
