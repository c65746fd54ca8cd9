internal import Foundation

/// The folder `shared` beside the package.
///
/// It holds published data sets and reference numbers that are not part of the package. Tests that need them are
/// skipped where it is absent.
package enum SharedData {
  /// The package's folder.
  package static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The folder's path.
  package static let path =
    URL(fileURLWithPath: package).deletingLastPathComponent().path + "/shared"

  /// Whether the folder is there.
  package static let isPresent = FileManager.default.fileExists(atPath: path + "/data/README.md")

  /// What a skipped test says.
  package static let absence =
    "../shared is absent: this test needs the published data beside the package"
}
