import Testing

@testable import TandemTokenizer

@Suite struct TokenTableTests {
  @Test func findsWhatWasInserted() {
    var table = TokenTable()
    for id in 0..<5_000 { _ = table.insert("token\(id)".utf8, id: id * 2) }
    #expect((0..<5_000).allSatisfy { table.id(of: "token\($0)".utf8) == Int32($0 * 2) })
    #expect(table.id(of: "token".utf8) == nil)
    #expect(table[3] == nil && table[-1] == nil && table[1 << 30] == nil)
    #expect(table.count == 9_999)
  }

  @Test func refusesIdsThatCannotBe() {
    var table = TokenTable()
    let isFirstIn = table.insert("a".utf8, id: 0)
    #expect(isFirstIn)
    for id in [0, -1, TokenTable.limit, .max, .min] {
      let isIn = table.insert("b".utf8, id: id)
      #expect(!isIn, "\(id)")
    }
  }

  /// Equal by canonical equivalence is not equal.
  @Test func comparesBytes() {
    var table = TokenTable()
    _ = table.insert("\u{E9}".utf8, id: 0)
    _ = table.insert("e\u{301}".utf8, id: 1)
    #expect(table.id(of: "e\u{301}".utf8) == 1 && table.id(of: "\u{E9}".utf8) == 0)
  }
}
