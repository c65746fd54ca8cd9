import TandemRecords
import Testing

@testable import TandemDedup

@Suite struct MinHashTests {
  @Test func choosesBandsThatRarelyMiss() {
    for threshold in [0.5, 0.7, 0.8, 0.9, 0.95] {
      let minHash = MinHash(threshold: threshold)
      #expect(minHash.rows * minHash.bands <= MinHash.permutations)
      #expect(MinHash.chance(threshold, rows: minHash.rows) >= MinHash.recall)
    }
    // 25 bands of 5 at 0.8: 1 - (1 - 0.8^5)^25.
    #expect(MinHash(threshold: 0.8).rows == 5)
    #expect(abs(MinHash.chance(0.8, rows: 5) - 0.999951) < 1e-5)
  }

  /// The share of equal places estimates the Jaccard similarity with standard error 0.044 at most.
  @Test(arguments: [0, 10, 50, 90, 100]) func estimatesTheSimilarity(common: Int) {
    let minHash = MinHash(threshold: 0.8)
    var random = PhiloxSequence(seed: common)
    var (sum, expected) = (0.0, 0.0)
    for _ in 0..<20 {
      let shared = (0..<common).map { _ in random.next() }
      let a = shared + (common..<100).map { _ in random.next() }
      let b = shared + (common..<100).map { _ in random.next() }
      let (x, y) = (minHash.signature(of: a), minHash.signature(of: b))
      sum += Double(zip(x, y).count { $0 == $1 }) / Double(x.count)
      expected += Double(common) / Double(200 - common)
    }
    // The error of the mean of 20: 5 standard errors.
    #expect(abs(sum - expected) / 20 < 5 * 0.0442 / 20.0.squareRoot(), "\(sum / 20)")
  }
}
