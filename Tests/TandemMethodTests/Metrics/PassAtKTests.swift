import Testing

@testable import TandemMethod

@Suite struct PassAtKTests {
  /// Every choice of k samples, counted one by one.
  private func byEnumeration(n: Int, c: Int, k: Int) -> Double {
    var (all, failing) = (0, 0)
    for subset in 0..<(1 << n) where subset.nonzeroBitCount == k {
      all += 1
      // The first c samples are the correct ones.
      if subset & ((1 << c) - 1) == 0 { failing += 1 }
    }
    return Double(failing) / Double(all)
  }

  @Test func agreesWithEnumeration() {
    for n in 0...9 {
      for c in 0...n {
        for k in 0...n {
          let value = PassAtK.failure(n: n, c: c, k: k)
          let expected = byEnumeration(n: n, c: c, k: k)
          #expect(abs((value ?? -1) - expected) < 1e-14, "n \(n), c \(c), k \(k)")
        }
      }
    }
  }

  @Test func isNilWithoutEnoughSamples() {
    #expect(PassAtK.failure(n: 3, c: 1, k: 4) == nil)
    #expect(PassAtK.failure(n: 3, c: 4, k: 1) == nil)
    #expect(PassAtK.failure(n: -1, c: -1, k: 0) == nil)
    #expect(PassAtK.team([(n: 2, c: 1), (n: 1, c: 0)], k: 2) == nil)
  }

  /// 1 - C(190, 100) / C(200, 100), from exact whole-number arithmetic.
  @Test func staysExactForManySamples() throws {
    let value = try #require(PassAtK.failure(n: 200, c: 10, k: 100))
    #expect(abs(value - 0.0007710260627178503) < 1e-15, "\(value)")
    #expect(PassAtK.success(n: 1_000_000, c: 1_000_000, k: 1) == 1)
    #expect(PassAtK.success(n: .max, c: 0, k: .max) == 0)
  }

  /// Two models with one correct sample of two each: 1 - 1/2 x 1/2.
  @Test func multipliesTheFailuresOfATeam() {
    #expect(PassAtK.team([(n: 2, c: 1), (n: 2, c: 1)], k: 1) == 0.75)
    #expect(PassAtK.team([(n: 2, c: 0), (n: 4, c: 1)], k: 1) == 0.25)
    #expect(PassAtK.team([(n: 2, c: 0), (n: 2, c: 2)], k: 2) == 1)
  }

  @Test func listsEverySmallK() {
    #expect(PassAtK.listed(upTo: 0) == [1])
    #expect(PassAtK.listed(upTo: 4) == [1, 2, 3, 4])
    #expect(PassAtK.listed(upTo: 64) == Array(1...16) + [32, 64])
    #expect(PassAtK.listed(upTo: 100) == Array(1...16) + [32, 64, 100])
  }
}
