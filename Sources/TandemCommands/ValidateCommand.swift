internal import ArgumentParser
internal import Foundation
internal import TandemJSON
internal import TandemRecords
internal import TandemShards
internal import TandemStages

/// Checks rows against the schemas.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check parts, manifests and plans against the JSON Schemas in schemas/.",
    discussion: """
      A part names the kind and version of its rows; a manifest.json or plan.json is known by its \
      name. Every violation is a line: file, row, field, what is wrong. Exit status 2 when there is \
      one.
      """)

  @Argument(help: "Parts, stage folders, runs, manifest.json or plan.json files.")
  var paths: [String]

  @Option(help: "Stop a file after this many violations.")
  var limit: Int = 20

  @Option(help: "How many threads work at once.")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard limit >= 1 else { throw ValidationError("--limit must be at least 1.") }
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1.") }
  }

  func run() throws {
    let files = try SchemaCheck.files(paths)
    let checks = try Parallel.map(files, threads: threads) { path in
      try SchemaCheck(path, limit: limit)
    }
    let rows = checks.reduce(0) { $0 + $1.rows }
    let violations = checks.flatMap(\.violations)
    var output = StandardOutput()
    if json {
      let report: JSONValue = [
        "files": .number(files.count), "rows": .number(rows),
        "violations": .array(violations.map { .string($0.description) }),
      ]
      try output.line(report.json)
    } else {
      for violation in violations { try output.line(violation.description) }
      let what = "\(Quantity.count(files.count, of: "file")), \(Quantity.count(rows, of: "row"))"
      let result =
        violations.isEmpty ? "valid" : Quantity.count(violations.count, of: "violation")
      try output.line("\(what): \(result)")
    }
    try output.flush()
    if !violations.isEmpty { throw ExitCode(2) }
  }
}
