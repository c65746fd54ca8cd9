internal import ArgumentParser
internal import TandemShards

/// Prints the first rows of parts.
struct ShardHead: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "head", abstract: "Print the first rows.")

  @Argument(help: "Parts, stage folders or runs.")
  var paths: [String]

  @Option(name: .shortAndLong, help: "How many rows of each part.")
  var rows: Int = 5

  func validate() throws {
    guard rows >= 0 else { throw ValidationError("--rows must not be negative.") }
  }

  func run() throws {
    var output = StandardOutput()
    for path in try PartSet.files(paths) {
      var part = try PartReader(path)
      var left = rows
      var frame = 0
      while left > 0, frame < part.frameCount {
        var lines = LineCursor(try part.frame(frame))
        frame += 1
        while left > 0, let line = lines.next() {
          try output.write(line)
          try output.line()
          left -= 1
        }
      }
    }
    try output.flush()
  }
}
