import Foundation
import TandemTestSupport

/// The published solutions, ingested, imported and graded once a process; in six parts.
enum PublishedRun {
  private static let graded: CopiedFolder = {
    let folder = CopiedFolder { _ = try MainJobTests.run(in: $0, threads: "2") }
    atexit { graded.remove() }
    return folder
  }()

  /// A copy of the run for one test.
  static func copy(into folder: WorkFolder) throws -> String {
    let path = folder.path("run")
    try graded.copy("run", to: path)
    return path
  }
}
