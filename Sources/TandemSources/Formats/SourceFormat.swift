/// How the rows of a file are written.
package enum SourceFormat: String, CaseIterable, Sendable {
  /// One JSON object a line.
  case jsonl
  /// One array of objects, or objects one after another.
  case json
  /// Comma-separated values with a header.
  case csv
  /// Tab-separated values with a header.
  case tsv
  /// Apache Parquet, flat or nested.
  case parquet

  /// The format that a file name's suffix stands for.
  init?(suffix: String) {
    switch suffix {
    case "ndjson": self = .jsonl
    case "pq": self = .parquet
    default: self.init(rawValue: suffix)
    }
  }
}

/// How a git-LFS pointer starts.
let lfsPointer = Array("version https://git-lfs.github.com/spec/".utf8)

extension SourceFormat {
  /// Tells the format from what was asked for, the first bytes and the name, in this order.
  ///
  /// - Throws: ``SourceError`` when the bytes are no data or nothing tells the format.
  static func detect(_ window: ByteWindow, asked: SourceFormat?) throws(SourceError)
    -> SourceFormat
  {
    try window.fill(atLeast: Container.prefix)
    let name = window.name
    if window.bytes.starts(with: lfsPointer) {
      throw SourceError(
        name, "is a git-LFS pointer, not the data: run `git lfs pull` in its repository")
    }
    if window.bytes.starts(with: [0xFF, 0xFE]) || window.bytes.starts(with: [0xFE, 0xFF]) {
      throw SourceError(
        name, "is UTF-16, not UTF-8: convert it with `iconv -f UTF-16 -t UTF-8`")
    }
    guard case .plain = Container(Array(window.bytes.prefix(Container.prefix))) else {
      throw SourceError(
        name, "is an archive or compressed file in another one: unpack it and give the folder")
    }
    if window.bytes.starts(with: "PAR1".utf8) {
      guard let asked, asked != .parquet else { return .parquet }
      throw SourceError(name, "is Parquet, not \(asked.rawValue)")
    }
    var suffix = SourceName.suffix(of: name)
    if Container.suffixes.contains(suffix) {
      suffix = SourceName.suffix(of: String(name.dropLast(suffix.utf8.count + 1)))
    }
    let first = firstCharacter(window.bytes)
    switch asked ?? SourceFormat(suffix: suffix) {
    case .parquet?: throw SourceError(name, "is not Parquet: it does not start with PAR1")
    case .jsonl? where first == UInt8(ascii: "["): return .json
    case let format?: return format
    case nil:
      if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") { return .json }
      let known = allCases.map(\.rawValue).joined(separator: ", ")
      throw SourceError(name, "has no known format: name it with --format (\(known))")
    }
  }

  private static func firstCharacter(_ bytes: UnsafeRawBufferPointer) -> UInt8? {
    let text = bytes.starts(with: utf8Mark) ? bytes.dropFirst(3) : bytes[...]
    return text.first { !isBlank($0) }
  }
}

/// The byte order mark that some programs put before UTF-8.
let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]

/// Whether a byte is white space in JSON.
func isBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}
