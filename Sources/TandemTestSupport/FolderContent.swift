package import Foundation

/// Every file below a folder with its bytes, to compare two runs.
package struct FolderContent: Hashable, Sendable {
  /// Content by path below the folder; locks are left out.
  package let files: [String: Data]

  /// Reads a folder.
  package init(of folder: String) throws {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let path = folder + "/" + name
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue, !name.hasSuffix(".lock")
      else { continue }
      files[name] = try Data(contentsOf: URL(fileURLWithPath: path))
    }
    self.files = files
  }

  /// The names of files that only one has or that differ, sorted.
  package func differences(from other: FolderContent) -> [String] {
    Set(files.keys).union(other.files.keys).filter { files[$0] != other.files[$0] }.sorted()
  }
}
