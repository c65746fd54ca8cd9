internal import Foundation
package import Testing

extension Tool {
  /// A JSON object of the tool's output.
  package typealias Row = [String: Any]

  /// The objects of JSON Lines.
  package static func rows(of lines: String) throws -> [Row] {
    try lines.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? Row)
    }
  }

  /// The rows of a part, a stage's folder or a run, as `tandem shard cat` prints them.
  package static func rows(in path: String) throws -> [Row] {
    try rows(of: try output("shard", "cat", path))
  }

  /// The string that every row has under a name; empty where it has none.
  package static func column(_ name: String, in path: String) throws -> [String] {
    try rows(in: path).map { $0[name] as? String ?? "" }
  }

  /// Checks that a command ends with status 1 and one line on standard error that holds all of `words`.
  package static func expectRefusal(
    _ arguments: [String], saying words: [String], location: SourceLocation = #_sourceLocation
  ) throws {
    let result = try run(arguments)
    #expect(result.status == 1, "\(arguments)", sourceLocation: location)
    #expect(result.output.isEmpty, "\(arguments)", sourceLocation: location)
    let lines = result.errors.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 2 && lines.last == "", "\(result.errors)", sourceLocation: location)
    #expect(result.errors.hasPrefix("tandem: "), "\(result.errors)", sourceLocation: location)
    for word in words {
      #expect(
        result.errors.contains(word), "\(word) in \(result.errors)", sourceLocation: location)
    }
  }
}
