internal import ArgumentParser
internal import TandemJSON
internal import TandemRollouts

/// What a cache holds.
struct CacheStats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count the entries of every model, with tokens and sizes.",
    discussion: "Reads the index alone. Times of use are kept to a day.")

  @OptionGroup var folder: CacheFolder

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let statistics = try folder.open().statistics()
    var output = StandardOutput()
    if json {
      try output.line(statistics.json.json)
      return try output.flush()
    }
    var table = TextTable([
      ("engine", .left), ("model", .left), ("adapter", .left), ("entries", .right),
      ("tokens", .right), ("bytes", .right), ("days unused", .right),
    ])
    let now = SystemCacheClock().now
    for model in statistics.models {
      table.add([
        model.identity.engine, String(model.identity.model.prefix(12)),
        model.identity.adapter.map { String($0.prefix(12)) } ?? "-", Quantity.count(model.entries),
        Quantity.count(model.tokens), Quantity.bytes(model.bytes),
        Quantity.count(max(0, now - model.lastUse) / 86_400),
      ])
    }
    table.add([
      "total", "", "", Quantity.count(statistics.entries), Quantity.count(statistics.tokens),
      Quantity.bytes(statistics.bytes), "",
    ])
    for line in table.lines { try output.line(line) }
    try output.line("\(folder.path): \(Quantity.bytes(statistics.fileBytes)) on disk")
    try output.flush()
  }
}
