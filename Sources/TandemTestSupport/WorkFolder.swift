package import Foundation

/// A folder of a test's own, removed with it.
package final class WorkFolder: Sendable {
  package let path: String

  package init() throws {
    path = NSTemporaryDirectory() + "tandem-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A path inside the folder.
  package func path(_ name: String) -> String { path + "/" + name }

  /// Writes a file inside the folder and returns its path.
  package func write(_ text: String, to name: String) throws -> String {
    try write(Data(text.utf8), to: name)
  }

  /// Writes a file inside the folder and returns its path.
  package func write(_ data: Data, to name: String) throws -> String {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
    return url.path
  }
}
