import Testing

@testable import TandemTokenizer

@Suite struct PieceCacheTests {
  @Test func keysDifferWithBytesAndLengthWhereverTheyLie() {
    let bytes = Array("abcabc\0\0abcdefghijklmnopqrstuvwabcdefghijklmnopqrstuvx".utf8)
    func key(_ start: Int, _ end: Int) -> PieceCache.Key? { .init(bytes.span, start, end) }
    #expect(key(0, 3) == key(3, 6))
    #expect(key(3, 6) != key(3, 7))
    #expect(key(8, 31) != key(31, 54))
    #expect(key(8, 30) == key(31, 53))
    #expect(key(8, 16) == key(31, 39))
    #expect(key(8, 32) == nil)
  }

  @Test func keepsOnlyWhatFits() throws {
    var cache = PieceCache()
    let bytes = Array("one two".utf8)
    let made = PieceCache.Key(bytes.span, 0, 3)
    let key = try #require(made)
    var ids: [Int32] = []
    for tokens: [Int32] in [[], [1, 2, 3, 4], [1 << 20], [-1]] {
      cache.keep(key, tokens[...])
      let found = cache.append(key, to: &ids)
      #expect(!found && ids.isEmpty)
    }
    cache.keep(key, [5, 0, (1 << 20) - 1])
    let found = cache.append(key, to: &ids)
    #expect(found)
    #expect(ids == [5, 0, (1 << 20) - 1])
  }
}
