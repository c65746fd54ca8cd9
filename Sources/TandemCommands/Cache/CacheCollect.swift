internal import ArgumentParser
internal import TandemJSON
internal import TandemRollouts

/// Takes out what is old or too much.
struct CacheCollect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Take out entries by age and by size, the least recently used first.",
    discussion: """
      Entries that were not used for so long go, then the least recently used until the samples \
      fit. The room is given back to the disk. A cache that another process uses is left alone.

        tandem cache gc --older-than 30d
        tandem cache gc --max-size 10GB --dry-run
      """)

  @OptionGroup var folder: CacheFolder

  @Option(help: "Take out what was not used for so long, such as 30d or 12h.")
  var olderThan: Age?

  @Option(help: "Keep at most so much, such as 10GB or 500MB.")
  var maxSize: Size?

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Say what would be done, and do nothing.")
  var dryRun = false

  func validate() throws {
    guard olderThan != nil || maxSize != nil else {
      throw ValidationError("Give --older-than, --max-size, or both.")
    }
  }

  func run() throws {
    let retention = RolloutCache.Retention(age: olderThan?.seconds, bytes: maxSize?.bytes)
    let collected = try folder.open().collect(retention, dryRun: dryRun)
    var output = StandardOutput()
    if json {
      let result: JSONValue = [
        "entries": .number(collected.entries), "bytes": .number(collected.bytes),
        "file_bytes_before": .number(collected.fileBytesBefore),
        "file_bytes_after": .number(collected.fileBytesAfter),
      ]
      try output.line(result.json)
    } else {
      let what =
        "\(Quantity.count(collected.entries)) entries with \(Quantity.bytes(collected.bytes))"
      let sizes =
        "\(Quantity.bytes(collected.fileBytesBefore)) -> "
        + "\(Quantity.bytes(collected.fileBytesAfter)) on disk"
      try output.line(dryRun ? "\(what) would go" : "\(what) are gone; \(sizes)")
    }
    try output.flush()
  }

  /// A duration as `12h` or `30d`.
  struct Age: ExpressibleByArgument {
    let seconds: Int

    init?(argument: String) {
      guard let unit = ["h": 3600, "d": 86_400][argument.suffix(1)],
        let count = Int(argument.dropLast()), count >= 0
      else { return nil }
      let (seconds, overflow) = count.multipliedReportingOverflow(by: unit)
      guard !overflow else { return nil }
      self.seconds = seconds
    }
  }

  /// A size as `500MB` or `10GB`, in steps of 1,000.
  struct Size: ExpressibleByArgument {
    let bytes: Int

    init?(argument: String) {
      let units = [
        "kB": 1000, "KB": 1000, "MB": 1_000_000, "GB": 1_000_000_000, "TB": 1_000_000_000_000,
      ]
      let unit = units.first { argument.hasSuffix($0.key) }
      let digits = argument.dropLast(unit?.key.count ?? 0)
      guard let count = Int(digits), count >= 0 else { return nil }
      let (bytes, overflow) = count.multipliedReportingOverflow(by: unit?.value ?? 1)
      guard !overflow else { return nil }
      self.bytes = bytes
    }
  }
}
