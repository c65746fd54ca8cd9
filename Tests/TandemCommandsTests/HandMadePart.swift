import TandemJSON
import TandemRecords
import TandemShards

/// A row of any content under the name of a kind, to write parts that no stage would.
struct HandMadeRow<Kind: Record>: Record {
  static var kind: RecordKind { Kind.kind }
  static var columns: [JSONColumn] { Kind.columns }
  private let object: JSONObject

  init(_ object: JSONObject) { self.object = object }

  init(row: inout JSONRow) throws(JSONError) { throw JSONError("is only written") }

  func writeMembers(to writer: inout JSONWriter) {
    for member in object.members {
      writer.key(member.key)
      writer.value(member.value)
    }
  }
}

/// Parts written by hand.
enum HandMadePart {
  /// Writes rows as they are, under the label that a part of the kind would have.
  @discardableResult
  static func write<Kind: Record>(
    _ rows: [JSONObject], as kind: Kind.Type, to path: String, fingerprint: String = "by hand"
  ) throws -> Manifest.Part {
    var writer = try PartWriter<HandMadeRow<Kind>>(
      path, compression: Compression(), fingerprint: fingerprint)
    for row in rows { try writer.write(HandMadeRow(row)) }
    return try writer.finish()
  }

  /// Replaces the rows of a part and its entry in the manifest; what its label says stays.
  static func rewrite<Kind: Record>(
    _ path: String, as kind: Kind.Type, _ change: ([JSONObject]) throws -> [JSONObject]
  ) throws {
    var part = try PartReader(path)
    var rows: [JSONObject] = []
    for frame in 0..<part.frameCount {
      var lines = LineCursor(try part.frame(frame))
      while let line = lines.next() {
        if let row = try JSONValue(parsing: Array(line)).object { rows.append(row) }
      }
    }
    let written = try write(
      try change(rows), as: kind, to: path, fingerprint: part.label.fingerprint)
    let folder = Folder.split(path).folder
    var manifest = try Manifest(of: folder)
    manifest.parts = manifest.parts.map { $0.name == written.name ? written : $0 }
    try AtomicFile.write(manifest.json.json + "\n", to: folder + "/manifest.json")
  }
}
