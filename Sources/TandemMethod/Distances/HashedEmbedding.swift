internal import Glibc

/// A text as a unit vector of hashed word n-grams, so that texts can be compared without a model.
///
/// Words are runs of letters and digits in lower case. Every run of one, two or three words, joined by
/// blanks, is hashed by 64-bit FNV-1a and counted in one of 4,096 places; a count n becomes 1 + ln n, and the vector
/// is scaled to length 1.
///
/// Source of the hash: Fowler, Noll, Vo, "The FNV non-cryptographic hash algorithm", draft-eastlake-fnv.
package struct HashedEmbedding: Hashable, Sendable {
  /// The number of places.
  package static let dimensions = 4096
  /// The largest number of words in a counted run.
  static let longest = 3

  /// The places that are not 0, rising.
  package let places: [UInt16]
  /// Their values, all positive.
  package let values: [Double]

  /// The embedding of a text; empty for a text without words.
  package init(of text: String) {
    let words = WordList(of: text)
    var counts = [UInt32](repeating: 0, count: Self.dimensions)
    for first in 0..<words.count {
      var hash = FNV1a()
      for index in first..<min(first + Self.longest, words.count) {
        if index > first { hash.add(0x20) }
        for byte in words[index] { hash.add(byte) }
        counts[hash.place(of: Self.dimensions)] &+= 1
      }
    }
    let places = counts.indices.filter { counts[$0] > 0 }
    let weights = places.map { 1 + log(Double(counts[$0])) }
    let length = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
    self.places = places.map { UInt16(truncatingIfNeeded: $0) }
    values = weights.map { $0 / length }
  }

  /// The cosine of the angle between two texts, in [0, 1].
  ///
  /// Two texts without words have cosine 1, one without and one with words 0.
  package func cosine(_ other: HashedEmbedding) -> Double {
    if places.isEmpty || other.places.isEmpty { return places == other.places ? 1 : 0 }
    var (mine, theirs, sum) = (0, 0, 0.0)
    while mine < places.count, theirs < other.places.count {
      let (a, b) = (places[mine], other.places[theirs])
      if a == b { sum += values[mine] * other.values[theirs] }
      if a <= b { mine += 1 }
      if b <= a { theirs += 1 }
    }
    return min(sum, 1)
  }
}

/// The words of a text in lower case.
private struct WordList {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  var count: Int { ends.count }

  subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  init(of text: String) {
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        let byte = UInt8(truncatingIfNeeded: scalar.value)
        switch byte {
        case 0x61...0x7A, 0x30...0x39: bytes.append(byte)
        case 0x41...0x5A: bytes.append(byte | 0x20)
        default: close()
        }
      } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
      } else {
        close()
      }
    }
    close()
  }

  private mutating func close() {
    if bytes.count > ends.last ?? 0 { ends.append(bytes.count) }
  }
}

/// The 64-bit hash FNV-1a.
struct FNV1a {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// A place below `count`, a power of two; the halves are folded, since the low bits alone mix badly.
  func place(of count: Int) -> Int {
    Int(truncatingIfNeeded: value ^ value >> 32) & (count - 1)
  }
}
