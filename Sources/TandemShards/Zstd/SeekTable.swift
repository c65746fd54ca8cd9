/// Where the frames of a part lie.
///
/// Written as the zstd seekable format, version 0.1.0, lays it down: a skippable frame at the end of the file, which
/// every zstd reader passes over.
struct SeekTable: Hashable, Sendable {
  /// One frame.
  struct Frame: Hashable, Sendable {
    /// Offset in the file, in bytes.
    let offset: Int
    /// Bytes in the file.
    let compressedSize: Int
    /// Bytes of its content.
    let size: Int
  }

  private(set) var frames: [Frame] = []

  static let skippableMagic: UInt32 = 0x184D_2A5E
  static let seekableMagic: UInt32 = 0x8F92_EAB1
  static let footerSize = 9
  private static let entrySize = 8
  private static let checksumFlag: UInt8 = 0x80
  private static let reservedBits: UInt8 = 0x7C

  /// The end of the last frame.
  var end: Int { frames.last.map { $0.offset + $0.compressedSize } ?? 0 }

  /// Adds the next frame.
  mutating func append(compressedSize: Int, size: Int) {
    frames.append(Frame(offset: end, compressedSize: compressedSize, size: size))
  }

  /// The skippable frame that holds the table.
  func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: Self.skippableMagic)
    bytes.append(littleEndian: UInt32(frames.count * Self.entrySize + Self.footerSize))
    for frame in frames {
      bytes.append(littleEndian: UInt32(frame.compressedSize))
      bytes.append(littleEndian: UInt32(frame.size))
    }
    bytes.append(littleEndian: UInt32(frames.count))
    bytes.append(0)
    bytes.append(littleEndian: Self.seekableMagic)
    return bytes
  }

  init() {}

  /// Reads the table at the end of a file.
  ///
  /// - Throws: ``ShardError`` when there is none, or when it does not fit the file.
  init(of file: borrowing InputFile) throws(ShardError) {
    let missing = ShardError(
      file.path, "has no seek table at its end: it is truncated, or no tandem shard")
    guard file.size >= Self.footerSize + 8 else { throw missing }
    let footer = try file.bytes(at: file.size - Self.footerSize, count: Self.footerSize)
    guard footer.littleEndian(at: 5) == Self.seekableMagic else { throw missing }
    let descriptor = footer[4]
    let entrySize = Self.entrySize + (descriptor & Self.checksumFlag == 0 ? 0 : 4)
    let count = Int(footer.littleEndian(at: 0))
    let tableSize = count * entrySize + Self.footerSize
    let damaged = ShardError(file.path, "has a damaged seek table; make the part again")
    guard descriptor & Self.reservedBits == 0, tableSize + 8 <= file.size else { throw damaged }
    let table = try file.bytes(at: file.size - tableSize - 8, count: tableSize + 8)
    guard table.littleEndian(at: 0) == Self.skippableMagic,
      Int(table.littleEndian(at: 4)) == tableSize
    else { throw damaged }
    frames.reserveCapacity(count)
    for index in 0..<count {
      let entry = 8 + index * entrySize
      append(
        compressedSize: Int(table.littleEndian(at: entry)),
        size: Int(table.littleEndian(at: entry + 4)))
    }
    guard end <= file.size - tableSize - 8 else { throw damaged }
  }
}

extension [UInt8] {
  mutating func append(littleEndian value: UInt32) {
    for shift in stride(from: 0 as UInt32, to: 32, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// The number at an offset that lies inside the array.
  func littleEndian(at offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(self[offset + $1]) << (8 * UInt32($1)) }
  }
}
