/// Small numbers as runs of equal ones and groups of packed bits: levels, dictionary indices, bools.
///
/// Decoded one by one, so that a long run takes no memory.
/// https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
struct ParquetRuns {
  private let bytes: ArraySlice<UInt8>
  private let width: Int
  private var position: Int
  private var left = 0
  private var repeated: Int?
  private var buffer: UInt64 = 0
  private var bits = 0

  /// Numbers of `width` bits, 0 to 32.
  init(_ bytes: ArraySlice<UInt8>, width: Int) throws(ParquetDamage) {
    guard (0...32).contains(width) else { throw ParquetDamage("has a damaged page") }
    self.bytes = bytes
    self.width = width
    position = bytes.startIndex
  }

  /// The next number.
  mutating func next() throws(ParquetDamage) -> Int {
    while left == 0 { try startRun() }
    left -= 1
    if let repeated { return repeated }
    while bits < width {
      buffer |= UInt64(try byte()) << UInt64(bits)
      bits += 8
    }
    let value = Int(buffer & ((1 << UInt64(width)) - 1))
    buffer >>= UInt64(width)
    bits -= width
    return value
  }

  private mutating func startRun() throws(ParquetDamage) {
    var header = 0
    var shift = 0
    while true {
      let next = try byte()
      guard shift <= 28 else { throw ParquetDamage("has a damaged page") }
      header |= Int(next & 127) << shift
      if next < 128 { break }
      shift += 7
    }
    (buffer, bits) = (0, 0)
    if header & 1 == 1 {
      left = (header >> 1) * 8
      repeated = nil
    } else {
      left = header >> 1
      var value = 0
      for place in 0..<(width + 7) / 8 { value |= Int(try byte()) << (8 * place) }
      repeated = value
    }
  }

  private mutating func byte() throws(ParquetDamage) -> UInt8 {
    guard position < bytes.endIndex else { throw .short }
    defer { position += 1 }
    return bytes[position]
  }
}
