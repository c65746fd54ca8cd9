internal import ArgumentParser
internal import TandemJSON
internal import TandemShards

/// Tabulates parts.
struct ShardStats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Show rows, frames, sizes and ratios of parts.")

  @Argument(help: "Parts, stage folders or runs.")
  var paths: [String]

  @Flag(help: "Print one JSON object.")
  var json = false

  private struct Line {
    var path: String
    var record: String
    var rows: Int
    var frames: Int
    var bytes: Int
    var content: Int
  }

  func run() throws {
    var lines: [Line] = []
    for path in try PartSet.files(paths) {
      let part = try PartReader(path)
      lines.append(
        Line(
          path: path, record: part.label.record, rows: part.label.rows, frames: part.frameCount,
          bytes: part.size, content: part.contentSize))
    }
    var output = StandardOutput()
    if json {
      try output.line(report(lines).json)
    } else {
      for line in table(lines).lines { try output.line(line) }
    }
    try output.flush()
  }

  private func table(_ lines: [Line]) -> TextTable {
    var table = TextTable([
      ("part", .left), ("record", .left), ("rows", .right), ("frames", .right), ("bytes", .right),
      ("content", .right), ("ratio", .right),
    ])
    let total = Line(
      path: "total", record: "", rows: lines.reduce(0) { $0 + $1.rows },
      frames: lines.reduce(0) { $0 + $1.frames }, bytes: lines.reduce(0) { $0 + $1.bytes },
      content: lines.reduce(0) { $0 + $1.content })
    for line in lines + (lines.count > 1 ? [total] : []) {
      table.add([
        line.path, line.record, Quantity.count(line.rows), Quantity.count(line.frames),
        Quantity.bytes(line.bytes), Quantity.bytes(line.content),
        Quantity.fixed(Double(line.content) / Double(max(1, line.bytes)), 2),
      ])
    }
    return table
  }

  private func report(_ lines: [Line]) -> JSONValue {
    [
      "parts": .array(
        lines.map {
          [
            "path": .string($0.path), "record": .string($0.record), "rows": .number($0.rows),
            "frames": .number($0.frames), "bytes": .number($0.bytes),
            "content_bytes": .number($0.content),
          ]
        }),
      "rows": .number(lines.reduce(0) { $0 + $1.rows }),
    ]
  }
}
