internal import ArgumentParser
internal import TandemJSON
internal import TandemShards

/// Checks parts completely.
struct ShardVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read parts completely and report whatever is wrong with them.",
    discussion: """
      Finds flipped bytes, truncated files, missing parts and wrong row counts: every frame's \
      checksum, every row's JSON, the rows that the part's label promises, and in a stage's folder \
      the SHA-256, size and rows that manifest.json names. Exit status 2 when a fault is found.
      """)

  @Argument(help: "Parts, stage folders or runs.")
  var paths: [String]

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    var parts = 0
    var rows = 0
    var faults: [ShardError] = []
    for path in paths {
      if Folder.isFolder(path) {
        let folders = try PartSet.stageFolders(under: path)
        guard !folders.isEmpty else {
          throw ShardError(path, "holds no parts: give a part, a stage's folder or a run")
        }
        for folder in folders {
          let check = try StageCheck(folder)
          parts += check.parts.count
          rows += check.parts.reduce(0) { $0 + $1.rows }
          faults += check.allFaults
        }
      } else {
        guard Folder.exists(path) else { throw ShardError(path, "is not there") }
        let check = PartCheck(path)
        parts += 1
        rows += check.rows
        faults += check.faults
      }
    }
    try report(parts: parts, rows: rows, faults: faults)
    if !faults.isEmpty { throw ExitCode(2) }
  }

  private func report(parts: Int, rows: Int, faults: [ShardError]) throws {
    var output = StandardOutput()
    if json {
      let report: JSONValue = [
        "parts": .number(parts), "rows": .number(rows),
        "faults": .array(faults.map { .string($0.description) }),
      ]
      try output.line(report.json)
    } else {
      for fault in faults { try output.line(fault.description) }
      let what = "\(Quantity.count(parts, of: "part")), \(Quantity.count(rows, of: "row"))"
      let result = faults.isEmpty ? "sound" : Quantity.count(faults.count, of: "fault")
      try output.line("\(what): \(result)")
    }
    try output.flush()
  }
}
