/// An answer with its readings: text, spelling, and the tree or what stood in its way.
struct ParsedAnswer: Sendable {
  let bytes: [UInt8]
  let range: Range<Int>
  let tree: Tree?
  let limit: Limit?
  /// The reading in which a comma between digits separates list members.
  let listTree: Tree?

  /// Reads an answer; `expected` are the names that the gold answer uses.
  init(_ bytes: [UInt8], _ range: Range<Int>, expected: Set<Symbol>?) {
    self.bytes = bytes
    self.range = range
    var tree: Tree?
    var limit: Limit?
    let (bytes, range) = Self.halfWidth(bytes, range)
    do throws(Obstacle) {
      tree = try Parser.parse(bytes, range, expected: expected)
    } catch {
      if case .limit(let bound) = error { limit = bound }
    }
    self.tree = tree
    self.limit = limit
    listTree =
      Self.hasSplitReading(bytes, range)
      ? try? Parser.parse(bytes, range, expected: expected, splitsCommas: true) : nil
  }

  /// The bytes with full-width forms (U+FF01 to U+FF5E) as the ASCII characters that they stand for.
  private static func halfWidth(_ bytes: [UInt8], _ range: Range<Int>) -> ([UInt8], Range<Int>) {
    guard bytes[range].contains(0xEF) else { return (bytes, range) }
    var result: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == 0xEF, index + 2 < range.upperBound, 0xBC...0xBD ~= bytes[index + 1] {
        // The code points count on from 0xFF00, which stands for the blank.
        let offset = (Int(bytes[index + 1]) - 0xBC) * 64 + Int(bytes[index + 2]) - 0x80
        if 1...0x5E ~= offset {
          result.append(UInt8(offset + 0x20))
          index += 3
          continue
        }
      }
      result.append(byte)
      index += 1
    }
    return (result, 0..<result.count)
  }

  /// Words that are compared as they stand.
  init(text bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    self.range = range
    tree = nil
    listTree = nil
    limit = range.count > Limit.maximumLength ? .length : nil
  }

  /// Whether a comma between digits may be a thousands separator.
  private static func hasSplitReading(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index + 4 <= range.upperBound {
      if bytes[index] == UInt8(ascii: ","), index > range.lowerBound,
        bytes[index - 1] &- 0x30 < 10, bytes[index + 1] &- 0x30 < 10
      {
        return true
      }
      index += 1
    }
    return false
  }

  /// Bytes whose equality proves equal answers: markup of looks and most blanks removed.
  static func spelling(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = range.lowerBound
    var blank = false
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D {
        blank = true
        index += 1
        continue
      }
      if byte == UInt8(ascii: "$"), index == range.lowerBound || bytes[index - 1] != 0x5C {
        index += 1
        continue
      }
      if byte == UInt8(ascii: "\\") {
        if bytes.holds("\\left", at: index), !bytes.isWordByte(at: index + 5) {
          index += 5
          continue
        }
        if bytes.holds("\\right", at: index), !bytes.isWordByte(at: index + 6) {
          index += 6
          continue
        }
        if bytes.holds("\\dfrac", at: index) || bytes.holds("\\tfrac", at: index) {
          result.append(byte)
          index += 2
          continue
        }
      }
      if blank, let last = result.last, isWord(last), isWord(byte) { result.append(0x20) }
      blank = false
      result.append(byte)
      index += 1
    }
    while result.last == UInt8(ascii: ".") { result.removeLast() }
    return result
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }
}
