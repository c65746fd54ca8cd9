/// Texts of tokens by id, and ids by text, compared byte for byte.
///
/// One block of bytes and a hash table with open addressing.
struct TokenTable: Sendable {
  /// The largest id plus one that a file may have, so that a wrong one cannot ask for all the memory.
  static let limit = 1 << 24

  private var bytes: [UInt8] = []
  /// Where the text of every id lies in `bytes`; nil where an id has none.
  private var ranges: [Range<Int>?] = []
  private var slots: [Int32] = Array(repeating: -1, count: 64)
  private var used = 0

  /// The largest id plus one.
  var count: Int { ranges.count }

  /// Gives an id its text; of two ids with one text the later is found.
  ///
  /// - Returns: false when the id is below 0 or beyond the limit, or has a text already.
  mutating func insert(_ text: some Collection<UInt8>, id: Int) -> Bool {
    guard id >= 0, id < Self.limit else { return false }
    while ranges.count <= id { ranges.append(nil) }
    guard ranges[id] == nil else { return false }
    let start = bytes.count
    bytes.append(contentsOf: text)
    ranges[id] = start..<bytes.count
    if used * 2 >= slots.count { grow() }
    let slot = self.slot(of: bytes[start...])
    if slots[slot] < 0 { used += 1 }
    slots[slot] = Int32(id)
    return true
  }

  /// The id of a text.
  func id(of text: some Collection<UInt8>) -> Int32? {
    let found = slots[slot(of: text)]
    return found < 0 ? nil : found
  }

  /// The text of an id.
  subscript(id: Int) -> ArraySlice<UInt8>? {
    guard ranges.indices.contains(id), let range = ranges[id] else { return nil }
    return bytes[range]
  }

  /// The slot of a text, or the empty one where it belongs.
  private func slot(of text: some Collection<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: (hash ^ hash >> 32) & UInt64(mask))
    while slots[slot] >= 0 {
      if let range = ranges[Int(slots[slot])], range.count == text.count,
        bytes[range].elementsEqual(text)
      {
        return slot
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: -1, count: old.count * 2)
    for id in old where id >= 0 {
      guard let range = ranges[Int(id)] else { continue }
      slots[slot(of: bytes[range])] = id
    }
  }
}
