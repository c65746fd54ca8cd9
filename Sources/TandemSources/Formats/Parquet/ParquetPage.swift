/// A page of a column: its kind, its counts and where its parts are.
struct ParquetPage {
  /// What a page holds.
  enum Content {
    case dictionary
    /// Levels and values, with the bytes of each kind of level in the second version.
    case data(repetitionBytes: Int?, definitionBytes: Int?)
    case other
  }

  let content: Content
  let values: Int
  let encoding: Int
  /// The page's bytes, no longer compressed.
  let bytes: [UInt8]

  /// The most bytes that a page may have.
  static let maxBytes = 1 << 28

  /// Reads the page at the front of `range`, and drops it from there.
  init(
    _ file: any RandomBytes, _ range: inout Range<Int>, codec: ParquetCodec
  ) throws(ParquetDamage) {
    let (header, length) = try Self.header(file, range)
    guard let stored = header[3]?.int, let size = header[2]?.int, stored >= 0, size >= 0,
      stored <= range.count - length
    else { throw ParquetDamage("has a damaged page header") }
    guard max(stored, size) <= Self.maxBytes else {
      throw ParquetDamage("has a page of more than \(Self.maxBytes >> 20) MiB")
    }
    let body = try Self.read(file, at: range.lowerBound + length, count: stored)
    range = range.lowerBound + length + stored..<range.upperBound
    if let expected = header[4]?.int,
      UInt32(truncatingIfNeeded: expected) != checksum(of: body[...])
    {
      throw ParquetDamage("has a page with a wrong checksum")
    }
    self = try Self(header, body, size: size, codec: codec)
  }

  private init(_ header: ThriftValue, _ body: [UInt8], size: Int, codec: ParquetCodec)
    throws(ParquetDamage)
  {
    let details: ThriftValue?
    switch header[1]?.int {
    case 0?:
      details = header[5]
      content = .data(repetitionBytes: nil, definitionBytes: nil)
      encoding = details?[2]?.int ?? -1
      bytes = try codec.decompress(body[...], size: size)
    case 2?:
      details = header[7]
      content = .dictionary
      encoding = details?[2]?.int ?? -1
      bytes = try codec.decompress(body[...], size: size)
    case 3?:
      details = header[8]
      let definition = details?[5]?.int ?? -1
      let repetition = details?[6]?.int ?? -1
      guard definition >= 0, repetition >= 0, definition <= body.count,
        repetition <= body.count - definition, size >= definition + repetition
      else { throw ParquetDamage("has a damaged page header") }
      content = .data(repetitionBytes: repetition, definitionBytes: definition)
      encoding = details?[4]?.int ?? -1
      // Levels are never compressed here, and values only if the header says so.
      let levels = definition + repetition
      let packed = details?[7]?.bool == false || body.count == levels ? .uncompressed : codec
      bytes =
        Array(body[..<levels])
        + (try packed.decompress(body[levels...], size: size - levels))
    default:
      (details, content, encoding, bytes) = (nil, .other, -1, [])
      values = 0
      return
    }
    guard let count = details?[1]?.int, count >= 0, count <= Int(Int32.max) else {
      throw ParquetDamage("has a damaged page header")
    }
    values = count
  }

  /// The header at the front of `range` with the bytes that it takes.
  private static func header(_ file: any RandomBytes, _ range: Range<Int>) throws(ParquetDamage)
    -> (ThriftValue, Int)
  {
    var size = 512
    while true {
      let bytes = try read(file, at: range.lowerBound, count: min(size, range.count))
      var reader = ThriftReader(bytes[...])
      do throws(ParquetDamage) {
        return (try reader.fields(), reader.position)
      } catch {
        // Statistics of long texts make headers long.
        guard reader.ranOut, size < range.count, size < 1 << 24 else { throw error }
        size *= 8
      }
    }
  }

  private static func read(_ file: any RandomBytes, at offset: Int, count: Int)
    throws(ParquetDamage) -> [UInt8]
  {
    do throws(SourceError) {
      return try file.read(at: offset, count: count)
    } catch {
      throw ParquetDamage("cannot be read (\(error.message))")
    }
  }
}
