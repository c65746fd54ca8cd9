extension UnsafeRawBufferPointer {
  /// How many ASCII letters stand at a place, found eight bytes at a time.
  func letterCount(from start: Int) -> Int {
    var index = start
    while index + 8 <= count {
      let chunk = loadUnaligned(fromByteOffset: index, as: UInt64.self)
      // The top bit of a byte is set from `a` on, and behind `z`, since seven bits never carry over.
      let low = (chunk | 0x2020_2020_2020_2020) & 0x7F7F_7F7F_7F7F_7F7F
      let isFromA = low &+ 0x1F1F_1F1F_1F1F_1F1F
      let isBehindZ = low &+ 0x0505_0505_0505_0505
      let others = ~(isFromA & ~isBehindZ & ~chunk) & 0x8080_8080_8080_8080
      if others != 0 { return index + others.trailingZeroBitCount / 8 - start }
      index += 8
    }
    while index < count, (self[index] | 0x20) &- 0x61 < 26 { index += 1 }
    return index - start
  }
}
