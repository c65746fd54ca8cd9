package import TandemJSON

/// What a part says of itself, in a skippable zstd frame between its rows and its seek table.
///
/// With it a part found on disk can be kept or remade without any other file.
package struct PartLabel: Hashable, Sendable {
  /// The kind of its rows.
  package var record: String
  /// The version of their schema.
  package var schemaVersion: Int
  /// The number of its rows.
  package var rows: Int
  /// Digest of all that its content follows from.
  package var fingerprint: String
  /// What its stage counted that cannot be read off the rows, such as what it left out; often empty.
  package var summary: JSONObject

  static let magic: UInt32 = 0x184D_2A50
  private static let sizeLimit = 1 << 16

  package init(
    record: String, schemaVersion: Int, rows: Int, fingerprint: String,
    summary: JSONObject = JSONObject()
  ) {
    self.record = record
    self.schemaVersion = schemaVersion
    self.rows = rows
    self.fingerprint = fingerprint
    self.summary = summary
  }

  /// The skippable frame.
  func encoded() -> [UInt8] {
    var json = JSONObject()
    json["record"] = .string(record)
    json["schema_version"] = .number(schemaVersion)
    json["rows"] = .number(rows)
    json["fingerprint"] = .string(fingerprint)
    if !summary.members.isEmpty { json["summary"] = .object(summary) }
    let text = Array(JSONValue.object(json).json.utf8)
    var bytes: [UInt8] = []
    bytes.append(littleEndian: Self.magic)
    bytes.append(littleEndian: UInt32(text.count))
    return bytes + text
  }

  /// Reads the label that stands behind the last frame.
  ///
  /// - Throws: ``ShardError`` when there is none.
  init(of file: borrowing InputFile, behind table: SeekTable) throws(ShardError) {
    let missing = ShardError(file.path, "has no label: it is damaged, or no tandem shard")
    guard table.end + 8 <= file.size else { throw missing }
    let header = try file.bytes(at: table.end, count: 8)
    let size = Int(header.littleEndian(at: 4))
    guard header.littleEndian(at: 0) == Self.magic, size <= Self.sizeLimit,
      table.end + 8 + size <= file.size
    else { throw missing }
    let text = try file.bytes(at: table.end + 8, count: size)
    guard let json = (try? JSONValue(parsing: text))?.object,
      let record = json["record"]?.string, let version = json["schema_version"]?.int,
      let rows = json["rows"]?.int, let fingerprint = json["fingerprint"]?.string
    else { throw missing }
    self.init(
      record: record, schemaVersion: version, rows: rows, fingerprint: fingerprint,
      summary: json["summary"]?.object ?? JSONObject())
  }
}
