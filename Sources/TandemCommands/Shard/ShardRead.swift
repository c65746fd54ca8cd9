internal import ArgumentParser
internal import Foundation
internal import TandemJSON
internal import TandemRecords
internal import TandemShards
internal import TandemStages

/// Measures how fast parts are read into typed rows.
struct ShardRead: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Read every row into its type, and say how fast.",
    discussion: "Frames are decoded in parallel. Compare with `zstd -dc PART... | wc -c`.")

  @Argument(help: "Parts, stage folders or runs.")
  var paths: [String]

  @Option(help: "How many threads work at once.")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1.") }
  }

  func run() throws {
    let start = DispatchTime.now()
    let total = try ParallelRead.count(try PartSet.files(paths), threads: threads)
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    var output = StandardOutput()
    if json {
      let report: JSONValue = [
        "rows": .number(total.rows), "bytes": .number(total.bytes), "seconds": .number(seconds),
      ]
      try output.line(report.json)
    } else {
      let rate = Quantity.bytes(Int(Double(total.bytes) / max(seconds, 1e-9)))
      try output.line(
        "\(Quantity.count(total.rows)) rows, \(Quantity.bytes(total.bytes)) in "
          + "\(Quantity.fixed(seconds, 2)) s: \(rate)/s")
    }
    try output.flush()
  }
}
