import Foundation
import TandemJSON
import Testing

@testable import TandemSources

/// Real data files, which stand beside the package where they are there at all.
enum SharedData {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/data").path

  static let isPresent = FileManager.default.fileExists(atPath: folder + "/README.md")
  static let needed: Comment = "needs the data files in ../shared/data"

  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path(name))))
  }
}

/// A folder that goes away with the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "tandem-sources-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let url = URL(filePath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, text.utf8)
  }

  /// Runs a program in the folder; nil when the machine does not have it.
  func run(_ program: String, _ arguments: [String]) throws -> Bool? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["sh", "-c", "command -v \(program) >/dev/null || exit 127; exec \"$@\"", "sh", program]
      + arguments
    process.currentDirectoryURL = URL(filePath: path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 127 ? nil : process.terminationStatus == 0
  }
}

/// All rows of what is at `path`.
func rows(_ path: String, _ options: SourceOptions = SourceOptions()) throws(SourceError)
  -> [SourceRow]
{
  var rows: [SourceRow] = []
  let reader = try SourceReader(path: path, options: options)
  while let row = try reader.next() { rows.append(row) }
  return rows
}

/// What reading says is wrong; nil when all is well.
func complaint(_ path: String, _ options: SourceOptions = SourceOptions()) -> String? {
  do throws(SourceError) {
    _ = try rows(path, options)
    return nil
  } catch {
    return error.description
  }
}

extension SourceRow {
  /// The text of a field.
  func text(_ key: String) -> String? { value[key]?.string }
}
