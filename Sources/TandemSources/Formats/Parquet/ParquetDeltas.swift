/// Whole numbers as differences in packed blocks, the encoding DELTA_BINARY_PACKED.
///
/// Decoded one by one, so that a block of equal differences takes no memory.
/// https://parquet.apache.org/docs/file-format/data-pages/encodings/#DELTAENC
struct ParquetDeltas {
  private let bytes: ArraySlice<UInt8>
  /// Where the bytes behind those decoded so far start.
  private(set) var position: Int
  /// How many numbers are still ahead.
  private(set) var left: Int
  private let blocks: Int
  private let perBlock: Int
  private var value: Int64
  private var isFirst = true
  private var minimum: Int64 = 0
  private var widths: ArraySlice<UInt8> = []
  private var leftInBlock = 0
  private var bit = 0

  /// Reads the header; the numbers may be `limit` at most.
  init(_ bytes: ArraySlice<UInt8>, limit: Int) throws(ParquetDamage) {
    self.bytes = bytes
    position = bytes.startIndex
    let size = try Self.varint(bytes, &position)
    let count = try Self.varint(bytes, &position)
    let total = try Self.varint(bytes, &position)
    guard size <= 1 << 16, count > 0, count <= size, size % count == 0, total <= UInt64(limit),
      (size / count) % 8 == 0
    else { throw ParquetDamage("has a damaged page") }
    blocks = Int(count)
    perBlock = Int(size / count)
    left = Int(total)
    value = Self.zigzag(try Self.varint(bytes, &position))
  }

  /// The next number.
  mutating func next() throws(ParquetDamage) -> Int64 {
    guard left > 0 else { throw .short }
    left -= 1
    if isFirst {
      isFirst = false
      return value
    }
    if leftInBlock == 0 { try startBlock() }
    // Sums wrap around by definition.
    value = value &+ minimum &+ Int64(bitPattern: try packed(Int(widths.first ?? 0)))
    leftInBlock -= 1
    // What is left of a last block is filled up.
    if leftInBlock == 0 || left == 0 { position += perBlock * Int(widths.first ?? 0) / 8 }
    guard position <= bytes.endIndex else { throw .short }
    return value
  }

  private mutating func startBlock() throws(ParquetDamage) {
    widths = widths.dropFirst()
    if widths.isEmpty {
      minimum = Self.zigzag(try Self.varint(bytes, &position))
      guard bytes.endIndex - position >= blocks else { throw .short }
      widths = bytes[position..<position + blocks]
      position += blocks
    }
    guard let width = widths.first, width <= 64 else { throw ParquetDamage("has a damaged page") }
    leftInBlock = perBlock
    bit = 0
  }

  private mutating func packed(_ width: Int) throws(ParquetDamage) -> UInt64 {
    var number: UInt64 = 0
    var done = 0
    while done < width {
      let place = position + bit / 8
      guard place < bytes.endIndex else { throw .short }
      let take = min(8 - bit % 8, width - done)
      let piece = UInt64(bytes[place] >> UInt8(bit % 8)) & ((1 << UInt64(take)) - 1)
      number |= piece << UInt64(done)
      done += take
      bit += take
    }
    return number
  }

  private static func varint(_ bytes: ArraySlice<UInt8>, _ position: inout Int)
    throws(ParquetDamage) -> UInt64
  {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard position < bytes.endIndex else { throw .short }
      let next = bytes[position]
      position += 1
      value |= UInt64(next & 127) << shift
      if next < 128 { return value }
    }
    throw ParquetDamage("has a damaged page")
  }

  private static func zigzag(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}

/// Texts whose lengths stand in front of them, and that may share their start with the one before.
struct ParquetDeltaTexts {
  private var prefixes: ParquetDeltas?
  private var lengths: ParquetDeltas
  private var rest: ArraySlice<UInt8>
  private var last: [UInt8] = []

  /// Reads DELTA_LENGTH_BYTE_ARRAY, or with shared starts DELTA_BYTE_ARRAY.
  init(_ bytes: ArraySlice<UInt8>, sharesStarts: Bool, limit: Int) throws(ParquetDamage) {
    rest = bytes
    if sharesStarts { prefixes = try Self.takeNumbers(&rest, limit: limit) }
    lengths = try Self.takeNumbers(&rest, limit: limit)
  }

  /// The next text.
  mutating func next() throws(ParquetDamage) -> [UInt8] {
    let shared = try prefixes?.next() ?? 0
    let length = try lengths.next()
    guard shared >= 0, shared <= Int64(last.count), length >= 0, length <= Int64(rest.count) else {
      throw ParquetDamage("has a damaged page")
    }
    last.removeLast(last.count - Int(shared))
    last.append(contentsOf: rest.prefix(Int(length)))
    rest = rest.dropFirst(Int(length))
    return last
  }

  /// Takes numbers off the front, which have to be run through to find their end.
  private static func takeNumbers(_ rest: inout ArraySlice<UInt8>, limit: Int) throws(ParquetDamage)
    -> ParquetDeltas
  {
    let numbers = try ParquetDeltas(rest, limit: limit)
    var scan = numbers
    while scan.left > 0 { _ = try scan.next() }
    rest = rest[scan.position...]
    return numbers
  }
}
