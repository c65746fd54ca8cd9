extension Span<UInt8> {
  /// The scalar at a boundary of well-formed UTF-8, and its length in bytes.
  @inline(__always)
  func scalar(at index: Int) -> (value: UInt32, length: Int) {
    let lead = UInt32(self[index])
    if lead < 0x80 { return (lead, 1) }
    if lead < 0xE0 { return ((lead & 0x1F) << 6 | rest(index &+ 1), 2) }
    if lead < 0xF0 {
      return ((lead & 0x0F) << 12 | rest(index &+ 1) << 6 | rest(index &+ 2), 3)
    }
    return (
      (lead & 0x07) << 18 | rest(index &+ 1) << 12 | rest(index &+ 2) << 6 | rest(index &+ 3), 4
    )
  }

  /// The scalar that ends at a boundary of well-formed UTF-8, and its length in bytes.
  func scalar(before end: Int) -> (value: UInt32, length: Int) {
    var start = end - 1
    while start > 0, self[start] & 0xC0 == 0x80 { start -= 1 }
    return scalar(at: start)
  }

  @inline(__always)
  private func rest(_ index: Int) -> UInt32 { UInt32(self[index] & 0x3F) }

  /// The bytes of a range.
  func array(_ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for index in range { bytes.append(self[index]) }
    return bytes
  }
}
