/// A text with its characters folded, and the way back to the text as given.
///
/// Entities are decoded, invisible characters removed, wide digits, dashes and blanks made plain.
/// Markup is left to the ``LeakLexer``. Plain ASCII is its own folding.
struct LeakText {
  /// The text as given.
  let source: [UInt8]
  /// The folded text.
  private(set) var bytes: [UInt8]
  /// Where in the source each folded byte begins and ends; empty when both texts are one.
  private var starts: [Int32] = []
  private var ends: [Int32] = []

  init(_ text: String) {
    source = Array(text.utf8)
    bytes = source
    if source.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: "&") }),
      source.count < Int(Int32.max)
    {
      fold()
    }
  }

  private mutating func fold() {
    bytes = []
    bytes.reserveCapacity(source.count)
    starts.reserveCapacity(source.count)
    ends.reserveCapacity(source.count)
    var index = 0
    while index < source.count {
      let byte = source[index]
      var end = index + 1
      if byte == UInt8(ascii: "&"), let entity = Entities.read(source, at: index) {
        end = entity.end
        append(entity.scalar, index, end)
      } else if byte < 0x80 {
        appendByte(byte, index, end)
      } else {
        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        end = min(source.count, index + length)
        var scalar = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for place in (index + 1)..<end { scalar = scalar << 6 | UInt32(source[place] & 0x3F) }
        append(scalar, index, end)
      }
      index = end
    }
  }

  private mutating func appendByte(_ byte: UInt8, _ start: Int, _ end: Int) {
    bytes.append(byte)
    starts.append(Int32(truncatingIfNeeded: start))
    ends.append(Int32(truncatingIfNeeded: end))
  }

  private mutating func append(_ scalar: UInt32, _ start: Int, _ end: Int) {
    switch scalar {
    case 0..<0x80: appendByte(UInt8(scalar), start, end)
    case 0xAD, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF:
      break
    case 0xFF01...0xFF5E: appendByte(UInt8(scalar - 0xFEE0), start, end)
    case 0x1D7CE...0x1D7FF: appendByte(UInt8(0x30 + (scalar - 0x1D7CE) % 10), start, end)
    case 0x2010...0x2013, 0x2212, 0xFE63: appendByte(UInt8(ascii: "-"), start, end)
    case 0x2014, 0x2015: appendByte(UInt8(ascii: ";"), start, end)
    case 0x2044, 0x2215: appendByte(UInt8(ascii: "/"), start, end)
    case 0x2236: appendByte(UInt8(ascii: ":"), start, end)
    case 0x2018, 0x2019: appendByte(UInt8(ascii: "'"), start, end)
    case 0x201C, 0x201D: appendByte(UInt8(ascii: "\""), start, end)
    case 0xA0, 0x2005...0x200A, 0x202F:
      appendByte(0xC2, start, end)
      appendByte(0xA0, start, end)
    case 0x2000...0x2004, 0x205F, 0x3000: appendByte(0x20, start, end)
    case 0x2028, 0x2029: appendByte(0x0A, start, end)
    default:
      guard let scalar = Unicode.Scalar(scalar) else { return appendByte(0x3F, start, end) }
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        appendByte(byte, start, end)
      }
    }
  }

  /// The bytes of the source behind a range of folded bytes.
  func sourceRange(_ range: Range<Int>) -> Range<Int> {
    guard !starts.isEmpty, let last = range.last, range.lowerBound >= 0, last < starts.count else {
      return range
    }
    return Int(starts[range.lowerBound])..<Int(ends[last])
  }
}
