import Testing

@testable import TandemStages

@Suite struct SampleChoiceTests {
  @Test(arguments: 0..<50) func keepsSharesWithinOneRow(_ seed: Int) {
    let strata = (0..<997).map { "s\($0 * ($0 + seed) % 7)" }
    let choice = SampleChoice(count: 100, stratify: .level)
    let rows = choice.rows(strata: strata, seed: seed)
    #expect(rows.count == 100)
    #expect(rows == rows.sorted() && Set(rows).count == 100)
    for stratum in Set(strata) {
      let share = 100 * Double(strata.count { $0 == stratum }) / 997
      let taken = Double(rows.count { strata[$0] == stratum })
      #expect(abs(taken - share) < 1, "\(stratum)")
    }
  }

  @Test func dependsOnTheSeedAlone() {
    let strata = [String](repeating: "", count: 500)
    let choice = SampleChoice(count: 20)
    #expect(choice.rows(strata: strata, seed: 1) == choice.rows(strata: strata, seed: 1))
    #expect(choice.rows(strata: strata, seed: 1) != choice.rows(strata: strata, seed: 2))
  }

  @Test func takesEveryRowEquallyOften() {
    let strata = [String](repeating: "", count: 50)
    var taken = [Int](repeating: 0, count: 50)
    for seed in 0..<2_000 {
      for row in SampleChoice(count: 10).rows(strata: strata, seed: seed) { taken[row] += 1 }
    }
    // 400 expected, standard deviation 18: five of them on either side.
    #expect(taken.allSatisfy { (310...490).contains($0) }, "\(taken)")
  }

  @Test func takesAllWhenThereAreNoMore() {
    #expect(SampleChoice(count: 9).rows(strata: ["", "", ""], seed: 0) == [0, 1, 2])
  }
}
