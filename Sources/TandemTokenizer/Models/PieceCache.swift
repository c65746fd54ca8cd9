/// The tokens of pieces seen lately.
///
/// Every piece has one slot, taken over by the next that falls on it; so the size is fixed. It holds pieces
/// of up to 23 bytes that are up to 3 tokens with ids below 2^20.
struct PieceCache: Sendable {
  private static let bits = 15

  /// A piece's bytes, zeros behind them, the length in the last byte.
  struct Key: Equatable, Sendable {
    fileprivate var words: (UInt64, UInt64, UInt64)

    /// The key of a piece; nil when it is too long.
    @inline(__always)
    init?(_ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) {
      let count = end &- start
      guard count <= 23 else { return nil }
      let length = UInt64(count) << 56
      if start &+ 24 <= text.count {
        let raw = text.bytes
        let first = raw.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
        if count <= 8 {
          words = (first & Self.mask(count), 0, length)
        } else {
          let second = raw.unsafeLoadUnaligned(fromByteOffset: start &+ 8, as: UInt64.self)
          let third = raw.unsafeLoadUnaligned(fromByteOffset: start &+ 16, as: UInt64.self)
          words = (
            first, second & Self.mask(count &- 8), third & Self.mask(count &- 16) | length
          )
        }
      } else {
        words = (0, 0, length)
        for index in 0..<count {
          let bits = UInt64(text[start &+ index]) << UInt64((index & 7) &* 8)
          if index < 8 {
            words.0 |= bits
          } else if index < 16 {
            words.1 |= bits
          } else {
            words.2 |= bits
          }
        }
      }
    }

    /// Ones in the first `count` bytes: none for 0 or less, all for 8 or more.
    @inline(__always)
    private static func mask(_ count: Int) -> UInt64 {
      count <= 0 ? 0 : count >= 8 ? .max : (1 << UInt64(count &* 8)) &- 1
    }

    @inline(__always)
    static func == (a: Key, b: Key) -> Bool { a.words == b.words }

    @inline(__always)
    fileprivate var slot: Int {
      var hash = words.0 &* 0x9E37_79B9_7F4A_7C15
      hash = (hash ^ words.1 ^ hash >> 29) &* 0xBF58_476D_1CE4_E5B9
      hash = (hash ^ words.2 ^ hash >> 32) &* 0x94D0_49BB_1331_11EB
      return Int(truncatingIfNeeded: hash >> UInt64(64 - PieceCache.bits))
    }
  }

  private struct Slot: Sendable {
    var key: Key
    /// The number of tokens in the upper 4 bits, then 20 bits each; 0 for nothing known.
    var tokens: UInt64
  }

  private var slots: [Slot]

  init() {
    let empty = Slot(key: Key(words: (0, 0, 0)), tokens: 0)
    slots = Array(repeating: empty, count: 1 << Self.bits)
  }

  /// Appends the tokens of a piece, if they are known.
  @inline(__always)
  func append(_ key: Key, to ids: inout [Int32]) -> Bool {
    let slot = slots[key.slot]
    guard slot.key == key, slot.tokens != 0 else { return false }
    var tokens = slot.tokens
    for _ in 0..<tokens >> 60 {
      ids.append(Int32(truncatingIfNeeded: tokens & 0xF_FFFF))
      tokens >>= 20
    }
    return true
  }

  /// Keeps the tokens of a piece, if they fit.
  mutating func keep(_ key: Key, _ tokens: ArraySlice<Int32>) {
    guard (1...3).contains(tokens.count), tokens.allSatisfy({ $0 >= 0 && $0 < 1 << 20 }) else {
      return
    }
    var packed: UInt64 = 0
    for id in tokens.reversed() { packed = packed << 20 | UInt64(id) }
    slots[key.slot] = Slot(key: key, tokens: packed | UInt64(tokens.count) << 60)
  }
}

extension PieceCache.Key {
  fileprivate init(words: (UInt64, UInt64, UInt64)) {
    self.words = words
  }
}
