/// A text with its characters folded, and the way back to the text as given.
///
/// Entities are decoded, invisible characters removed, wide digits, dashes and blanks made plain.
/// Markup is left to the ``LeakLexer``. Plain ASCII is its own folding.
struct LeakText {
  /// The text as given.
  let source: [UInt8]
  /// The folded text.
  private(set) var bytes: [UInt8]
  /// The places where folding changed something, in the order of the text.
  private var pieces: [Piece] = []

  /// Bytes of the source and what they were folded to; between two pieces both texts are one.
  private struct Piece {
    var source: Range<Int>
    var folded: Range<Int>
  }

  init(_ text: String) {
    source = Array(text.utf8)
    bytes = source
    if let first = Self.firstUnplain(source, from: 0) { fold(from: first) }
  }

  /// The first byte from an index on that may not be its own folding.
  private static func firstUnplain(_ bytes: [UInt8], from index: Int) -> Int? {
    bytes.withUnsafeBytes { bytes in
      var index = index
      let ampersands = 0x0101_0101_0101_0101 &* UInt64(UInt8(ascii: "&"))
      while index + 8 <= bytes.count {
        let chunk = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let difference = chunk ^ ampersands
        // A byte beyond ASCII, or one that is 0 in the difference; the first such byte is exact.
        let marks =
          (chunk | (difference &- 0x0101_0101_0101_0101) & ~difference) & 0x8080_8080_8080_8080
        if marks != 0 { return index + marks.trailingZeroBitCount / 8 }
        index += 8
      }
      while index < bytes.count {
        if bytes[index] >= 0x80 || bytes[index] == UInt8(ascii: "&") { return index }
        index += 1
      }
      return nil
    }
  }

  private mutating func fold(from first: Int) {
    bytes = []
    bytes.reserveCapacity(source.count)
    var index = 0
    var next: Int? = first
    while let place = next {
      bytes.append(contentsOf: source[index..<place])
      index = foldOne(at: place)
      next = Self.firstUnplain(source, from: index)
    }
    bytes.append(contentsOf: source[index...])
  }

  /// Folds the entity or character at an index; the index behind it.
  private mutating func foldOne(at start: Int) -> Int {
    let byte = source[start]
    let folded = bytes.count
    let end: Int
    if byte == UInt8(ascii: "&") {
      guard let entity = Entities.read(source, at: start) else {
        bytes.append(byte)
        return start + 1
      }
      end = entity.end
      append(entity.scalar)
    } else {
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      end = min(source.count, start + length)
      var scalar = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
      for place in (start + 1)..<end { scalar = scalar << 6 | UInt32(source[place] & 0x3F) }
      append(scalar)
    }
    pieces.append(Piece(source: start..<end, folded: folded..<bytes.count))
    return end
  }

  private mutating func append(_ scalar: UInt32) {
    switch scalar {
    case 0..<0x80: bytes.append(UInt8(scalar))
    case 0xAD, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF:
      break
    case 0xFF01...0xFF5E: bytes.append(UInt8(scalar - 0xFEE0))
    case 0x1D7CE...0x1D7FF: bytes.append(UInt8(0x30 + (scalar - 0x1D7CE) % 10))
    case 0x2010...0x2013, 0x2212, 0xFE63: bytes.append(UInt8(ascii: "-"))
    case 0x2014, 0x2015: bytes.append(UInt8(ascii: ";"))
    case 0x2044, 0x2215: bytes.append(UInt8(ascii: "/"))
    case 0x2236: bytes.append(UInt8(ascii: ":"))
    case 0x2018, 0x2019: bytes.append(UInt8(ascii: "'"))
    case 0x201C, 0x201D: bytes.append(UInt8(ascii: "\""))
    case 0xA0, 0x2005...0x200A, 0x202F:
      bytes.append(0xC2)
      bytes.append(0xA0)
    case 0x2000...0x2004, 0x205F, 0x3000: bytes.append(0x20)
    case 0x2028, 0x2029: bytes.append(0x0A)
    default:
      guard let scalar = Unicode.Scalar(scalar) else { return bytes.append(0x3F) }
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        bytes.append(byte)
      }
    }
  }

  /// The bytes of the source behind a range of folded bytes.
  func sourceRange(_ range: Range<Int>) -> Range<Int> {
    guard let last = range.last, range.lowerBound >= 0, last < bytes.count else { return range }
    return unit(of: range.lowerBound).lowerBound..<unit(of: last).upperBound
  }

  /// The bytes of the source that a folded byte comes from.
  private func unit(of folded: Int) -> Range<Int> {
    // The last piece that begins at or before the byte, by bisection.
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = low + (high - low) / 2
      if pieces[middle].folded.lowerBound <= folded { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return folded..<(folded + 1) }
    let piece = pieces[low - 1]
    if piece.folded.contains(folded) { return piece.source }
    let start = piece.source.upperBound + folded - piece.folded.upperBound
    return start..<(start + 1)
  }
}
