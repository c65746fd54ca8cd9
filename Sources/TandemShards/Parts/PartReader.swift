/// One part on disk: its label and its frames, in any order.
package struct PartReader: ~Copyable {
  package let label: PartLabel
  private let file: InputFile
  private let table: SeekTable
  private var decompressor: FrameDecompressor
  private var compressed: UnsafeMutableRawBufferPointer

  /// The largest frame that is decoded; a bound against damaged or hostile tables.
  package static let frameLimit = 1 << 30

  /// Opens a part and reads its label and seek table.
  package init(_ path: String) throws(ShardError) {
    let file = try InputFile(path)
    let table = try SeekTable(of: file)
    let label = try PartLabel(of: file, behind: table)
    let decompressor = try FrameDecompressor()
    self.file = file
    self.table = table
    self.label = label
    self.decompressor = decompressor
    compressed = .allocate(byteCount: 1 << 18, alignment: 64)
  }

  deinit { compressed.deallocate() }

  package var path: String { file.path }
  /// Bytes of the file.
  package var size: Int { file.size }
  /// Bytes of all rows.
  package var contentSize: Int { table.frames.reduce(0) { $0 + $1.size } }
  package var frameCount: Int { table.frames.count }

  /// Decodes a frame, which holds whole rows; valid until the next call.
  ///
  /// `JSONParser.padding` bytes behind it are readable.
  ///
  /// - Throws: ``ShardError`` naming the frame when its bytes are not those that were written.
  package mutating func frame(_ index: Int) throws(ShardError) -> UnsafeRawBufferPointer {
    let frame = table.frames[index]
    guard frame.size <= Self.frameLimit, frame.compressedSize <= Self.frameLimit else {
      throw ShardError(file.path, "frame \(index) is too large; make the part again")
    }
    if compressed.count < frame.compressedSize {
      compressed.deallocate()
      compressed = .allocate(byteCount: frame.compressedSize, alignment: 64)
    }
    let target = UnsafeMutableRawBufferPointer(rebasing: compressed.prefix(frame.compressedSize))
    try file.read(into: target, at: frame.offset)
    switch decompressor.decode(UnsafeRawBufferPointer(target), size: frame.size) {
    case .success(let content): return content
    case .failure(let failure):
      throw ShardError(
        file.path,
        "frame \(index) at byte \(frame.offset) is damaged (\(failure.reason)); make the part again"
      )
    }
  }

  /// The SHA-256 of the whole file, in hexadecimal digits.
  package func sha256() throws(ShardError) -> String {
    try file.sha256()
  }
}
