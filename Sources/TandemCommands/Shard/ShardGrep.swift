internal import ArgumentParser
internal import Glibc
internal import TandemJSON
internal import TandemShards

/// Prints the rows that hold a text.
struct ShardGrep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grep",
    abstract: "Print the rows that hold a text.",
    discussion: """
      The text is searched as it is, not as a pattern. Without --field it is searched in the row's \
      JSON, where quotes and line breaks are escaped. Exit status 1 when no row holds it.
      """)

  @Argument(help: "The text.")
  var text: String

  @Argument(help: "Parts, stage folders or runs.")
  var paths: [String]

  @Option(help: "Search only in this member's string, unescaped.")
  var field: String?

  @Flag(name: .shortAndLong, help: "Print only how many rows each part has.")
  var count = false

  func run() throws {
    var output = StandardOutput()
    var parser = try JSONParser()
    let needle = Array(text.utf8)
    var found = 0
    for path in try PartSet.files(paths) {
      var part = try PartReader(path)
      var inPart = 0
      for index in 0..<part.frameCount {
        var lines = LineCursor(try part.frame(index))
        while let line = lines.next() {
          guard try holds(line, needle, &parser, path: path) else { continue }
          inPart += 1
          if !count {
            try output.write(line)
            try output.line()
          }
        }
      }
      if count { try output.line("\(path): \(inPart)") }
      found += inPart
    }
    try output.flush()
    if found == 0 { throw ExitCode(1) }
  }

  private func holds(
    _ line: UnsafeRawBufferPointer, _ needle: [UInt8], _ parser: inout JSONParser, path: String
  ) throws -> Bool {
    guard let field else {
      return Self.contains(line, needle)
    }
    do {
      guard let value = try parser.parse(padded: line).object?[field]?.string else { return false }
      return Array(value.utf8).withUnsafeBytes { Self.contains($0, needle) }
    } catch {
      throw ShardError(path, "a row is not JSON: \(error)")
    }
  }

  private static func contains(_ text: UnsafeRawBufferPointer, _ needle: [UInt8]) -> Bool {
    guard let first = needle.first, let base = text.baseAddress else { return needle.isEmpty }
    var start = 0
    while start + needle.count <= text.count {
      let window = text.count - needle.count - start + 1
      guard let hit = memchr(base + start, CInt(first), window) else { return false }
      if memcmp(hit, needle, needle.count) == 0 { return true }
      start = UnsafeRawPointer(hit) - base + 1
    }
    return false
  }
}
