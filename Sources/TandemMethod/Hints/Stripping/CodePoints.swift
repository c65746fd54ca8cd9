/// The way between bytes and code points of UTF-8.
package enum CodePoints {
  /// The byte ranges of spans in code points, in one pass.
  package static func byteRanges(_ spans: [Range<Int>], in bytes: [UInt8]) -> [Range<Int>] {
    map(spans, in: bytes) { $1 }
  }

  /// The spans in code points of byte ranges, in one pass.
  package static func spans(of ranges: [Range<Int>], in bytes: [UInt8]) -> [Range<Int>] {
    map(ranges, in: bytes, fromBytes: true) { code, _ in code }
  }

  private static func map(
    _ ranges: [Range<Int>], in bytes: [UInt8], fromBytes: Bool = false, _ take: (Int, Int) -> Int
  ) -> [Range<Int>] {
    // Both ends of every range in order, so that one walk meets all of them.
    let wanted = Set(ranges.flatMap { [$0.lowerBound, $0.upperBound] }).sorted()
    var found: [Int: Int] = [:]
    var (code, byte) = (0, 0)
    for place in wanted {
      while (fromBytes ? byte : code) < place, byte < bytes.count {
        byte += 1
        while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
        code += 1
      }
      found[place] = take(code, byte)
    }
    return ranges.map { range in
      let start = found[range.lowerBound] ?? 0
      return start..<max(start, found[range.upperBound] ?? start)
    }
  }
}
