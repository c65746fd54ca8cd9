internal import Foundation

/// A folder that is filled once a process, of which every test takes a copy of its own.
package final class CopiedFolder: Sendable {
  private let content: Result<WorkFolder, any Error>

  /// Fills the folder; a failure is thrown by every copy.
  package init(_ fill: (WorkFolder) throws -> Void) {
    content = Result {
      let folder = try WorkFolder()
      try fill(folder)
      return folder
    }
  }

  /// Copies a subfolder to a path.
  package func copy(_ name: String, to path: String) throws {
    try FileManager.default.copyItem(atPath: try content.get().path(name), toPath: path)
  }

  /// Removes the folder; for the end of the process, which does not release what is static.
  package func remove() {
    if let folder = try? content.get() { try? FileManager.default.removeItem(atPath: folder.path) }
  }
}
