package import TandemJSON
package import TandemRecords

/// How parts are compressed; part of every plan, since it decides their bytes.
package struct Compression: Hashable, Sendable {
  /// The zstd level, 1 (fast) to 19 (small).
  package var level: Int
  /// A frame is closed once its rows reach this many bytes.
  package var frameSize: Int

  package init(level: Int = 3, frameSize: Int = 1 << 20) {
    self.level = level
    self.frameSize = frameSize
  }
}

/// Writes the rows of one part: frames, label, seek table.
///
/// Nothing is seen under the part's name before ``finish()``.
package struct PartWriter<Row: Record>: ~Copyable {
  private var file: AtomicFile
  private var compressor: FrameCompressor
  private var buffer: JSONWriter
  private var table: SeekTable
  private var rows: Int
  private let frameSize: Int
  private let fingerprint: String
  private var digest: SHA256
  private var bytes: Int
  /// What the part's label is to say beyond its rows; small.
  package var summary = JSONObject()

  /// Starts a part.
  package init(_ path: String, compression: Compression, fingerprint: String) throws(ShardError) {
    let file = try AtomicFile(path)
    let compressor = try FrameCompressor(level: compression.level)
    self.file = file
    self.compressor = compressor
    buffer = JSONWriter(capacity: compression.frameSize + (compression.frameSize >> 3))
    frameSize = compression.frameSize
    self.fingerprint = fingerprint
    table = SeekTable()
    rows = 0
    digest = SHA256()
    bytes = 0
  }

  /// Appends a row.
  package mutating func write(_ row: borrowing Row) throws(ShardError) {
    row.write(to: &buffer)
    rows += 1
    if buffer.count >= frameSize { try flush() }
  }

  /// Writes what is left, makes the part durable and gives it its name.
  package consuming func finish() throws(ShardError) -> Manifest.Part {
    try flush()
    let label = PartLabel(
      record: Row.kind.name, schemaVersion: Row.kind.version, rows: rows, fingerprint: fingerprint,
      summary: summary)
    try append(label.encoded() + table.encoded())
    try file.commit()
    let name = Folder.split(file.path).name
    let (rows, bytes) = (rows, bytes)
    return Manifest.Part(
      name: name, rows: rows, bytes: bytes, sha256: digest.finish().hex, fingerprint: fingerprint)
  }

  private mutating func flush() throws(ShardError) {
    guard buffer.count > 0 else { return }
    let frame = try compressor.compress(buffer.bytes)
    guard frame.count <= UInt32.max, buffer.count <= UInt32.max else {
      throw ShardError(file.path, row: rows, "has a row beyond 4 GiB")
    }
    table.append(compressedSize: frame.count, size: buffer.count)
    try append(frame)
    buffer.removeAll()
  }

  private mutating func append(_ data: UnsafeRawBufferPointer) throws(ShardError) {
    try file.write(data)
    digest.update(data)
    bytes += data.count
  }

  private mutating func append(_ data: [UInt8]) throws(ShardError) {
    try file.write(data)
    data.withUnsafeBytes { digest.update($0) }
    bytes += data.count
  }
}
