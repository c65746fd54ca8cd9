import Testing

@testable import TandemStages

@Suite struct PartDealTests {
  @Test func dealsEveryRowOnceInOrder() {
    for rows in [0, 1, 5, 16, 1_319, 1_320] {
      for parts in [1, 2, 7, 16] {
        let deal = PartDeal(rows: rows, parts: parts)
        #expect((0..<parts).flatMap { Array(deal.range($0)) } == Array(0..<rows))
        let sizes = (0..<parts).map { deal.range($0).count }
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
      }
    }
  }

  @Test func dealsIntoAPartForEvery256Rows() {
    #expect(PartDeal(rows: 0, parts: nil).parts == 1)
    #expect(PartDeal(rows: 256, parts: nil).parts == 1)
    #expect(PartDeal(rows: 257, parts: nil).parts == 2)
    #expect(PartDeal(rows: 1_000_000, parts: nil).parts == 64)
  }
}
