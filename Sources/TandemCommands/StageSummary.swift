internal import TandemJSON
internal import TandemShards

/// What a stage that reads files says when it is done.
struct StageSummary {
  private let manifest: Manifest
  private let folder: String
  private let upToDate: Bool

  init(_ manifest: Manifest, folder: String, upToDate: Bool) {
    self.manifest = manifest
    self.folder = folder
    self.upToDate = upToDate
  }

  /// Writes the table; what was left out and why goes with it.
  func write(to output: inout StandardOutput) throws {
    if upToDate { Console.note("\(manifest.stage): \(folder) is up to date") }
    var table = TextTable([(manifest.stage, .left), ("", .right)])
    table.add([folder, "\(Quantity.count(manifest.rows)) \(manifest.record)s"])
    table.add(["parts", Quantity.count(manifest.parts.count)])
    table.add(["bytes", Quantity.bytes(manifest.parts.reduce(0) { $0 + $1.bytes })])
    if let read = manifest.summary["rows_read"]?.int {
      table.add(["rows read", Quantity.count(read)])
    }
    for member in manifest.summary["models"]?.object?.members ?? [] {
      table.add(["traces of \(member.key)", Quantity.count(member.value.int ?? 0)])
    }
    for member in manifest.summary["left_out"]?.object?.members ?? [] {
      table.add(["left out: \(member.key)", Quantity.count(member.value.int ?? 0)])
    }
    for line in table.lines { try output.line(line) }
    if Folder.exists("\(folder)/\(RejectWriter.fileName)") {
      Console.note("what was left out, with reasons: \(folder)/\(RejectWriter.fileName)")
    }
  }
}
