internal import ArgumentParser
internal import TandemShards

/// Prints the rows of parts.
struct ShardCat: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cat", abstract: "Print every row, one JSON object a line.")

  @Argument(help: "Parts, stage folders or runs.")
  var paths: [String]

  func run() throws {
    var output = StandardOutput()
    for path in try PartSet.files(paths) {
      var part = try PartReader(path)
      for index in 0..<part.frameCount { try output.write(try part.frame(index)) }
    }
    try output.flush()
  }
}
