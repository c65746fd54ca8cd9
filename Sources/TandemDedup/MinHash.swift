internal import TandemRecords

/// Signatures that agree in as many places as two sets have in common, cut into bands.
///
/// Broder, "On the resemblance and containment of documents", SEQUENCES 1997; Leskovec, Rajaraman,
/// Ullman, "Mining of massive datasets", section 3.4 for the bands.
struct MinHash: Sendable {
  /// Places of a signature.
  static let permutations = 128
  /// How likely two sets as similar as the threshold must share a band.
  static let recall = 0.999

  /// Places a band.
  let rows: Int
  /// Bands a signature.
  let bands: Int
  /// Each place orders the hashes in its own way: mixed after an exclusive or with its offset.
  private let offsets: [UInt64]

  /// Bands for sets of at least this Jaccard similarity.
  ///
  /// Takes the longest bands, which have the fewest false candidates, that still give the recall.
  init(threshold: Double) {
    var rows = 1
    for longer in 2...16 where Self.chance(threshold, rows: longer) >= Self.recall {
      rows = longer
    }
    self.rows = rows
    bands = Self.permutations / rows
    var random = PhiloxSequence(seed: 1)
    offsets = (0..<Self.permutations).map { _ in random.next() }
  }

  /// The probability that sets of a similarity share a band.
  static func chance(_ similarity: Double, rows: Int) -> Double {
    var band = 1.0
    for _ in 0..<rows { band *= similarity }
    var miss = 1.0
    for _ in 0..<(permutations / rows) { miss *= 1 - band }
    return 1 - miss
  }

  /// The smallest value of each permutation over a set of hashes.
  func signature(of set: [UInt64]) -> [UInt64] {
    var signature = [UInt64](repeating: .max, count: Self.permutations)
    for element in set {
      for place in signature.indices {
        signature[place] = min(signature[place], StableHash.mix(element ^ offsets[place]))
      }
    }
    return signature
  }

  /// A hash for each band of a set; sets with another salt share none.
  func bandHashes(of set: [UInt64], salt: UInt64) -> [UInt64] {
    let signature = signature(of: set)
    return (0..<bands).map { band in
      let places = signature[band * rows..<(band + 1) * rows]
      return StableHash.of(places, seed: StableHash.mix(salt &+ UInt64(band)))
    }
  }
}
