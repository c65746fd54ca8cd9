internal import ArgumentParser
internal import TandemJSON
internal import TandemRollouts

/// Checks a cache completely.
struct CacheVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read every entry and report whatever is wrong.",
    discussion: """
      Checks the database's own order, every sample's checksum, and that every sample belongs under \
      its key. Exit status 2 when a fault is found. A damaged entry that is taken out is computed \
      again when a run needs it; a database that is damaged itself has to be removed, after \
      `tandem cache export` has saved what can be read.
      """)

  @OptionGroup var folder: CacheFolder

  @Flag(help: "Take damaged entries out.")
  var remove = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let found = try folder.open().verify(remove: remove)
    var output = StandardOutput()
    if json {
      let report: JSONValue = [
        "sound": .number(found.sound), "bytes": .number(found.bytes),
        "removed": .number(found.removed), "faults": .array(found.faults.map(JSONValue.string)),
      ]
      try output.line(report.json)
    } else {
      for fault in found.faults { try output.line(fault) }
      let result =
        found.faults.isEmpty ? "nothing wrong" : Quantity.count(found.faults.count, of: "fault")
      let removed = found.removed > 0 ? ", \(Quantity.count(found.removed)) taken out" : ""
      try output.line("\(Quantity.count(found.sound)) entries are sound: \(result)\(removed)")
    }
    try output.flush()
    if !found.faults.isEmpty { throw ExitCode(2) }
  }
}
