import TandemMath
import Testing

@testable import TandemLM

struct KeyValueCacheTests {
  private static func cache(pages: Int) throws -> KeyValueCache {
    let configuration = TinyModel.configuration()
    let one = try KeyValueCache.Size(configuration, bytes: 1 << 20, positionsPerPage: 16)
    let bytes = 4 * one.layout.pageFloats * configuration.layerCount * pages
    return try KeyValueCache(
      KeyValueCache.Size(configuration, bytes: bytes + 8, positionsPerPage: 16))
  }

  @Test func pagesAreSharedUntilTheyAreWritten() throws {
    var cache = try Self.cache(pages: 6)
    #expect(cache.pageCount == 6 && cache.capacity == 96)
    var first = CachedSequence()
    #expect(cache.reserve(&first, count: 20))
    first.count = 20
    #expect(cache.freeCount == 4)
    let marks = cache.pages(layer: 1)
    marks.base[Int(first.pages[1]) * marks.stride] = 42
    var second = cache.fork(first, count: 18)
    #expect(second.pages == first.pages && cache.freeCount == 4)
    // The page of position 18 is shared, so that the second gets its own with what it holds.
    #expect(cache.reserve(&second, count: 19))
    #expect(second.pages[0] == first.pages[0] && second.pages[1] != first.pages[1])
    #expect(marks.base[Int(second.pages[1]) * marks.stride] == 42)
    #expect(cache.freeCount == 3)
    // Now nobody shares the first one's page.
    let before = first.pages
    #expect(cache.reserve(&first, count: 21) && first.pages == before)
    cache.release(&first)
    #expect(cache.freeCount == 4 && first.count == 0)
    cache.release(&second)
    #expect(cache.freeCount == 6)
  }

  @Test func forksAtPageBordersCopyNothing() throws {
    var cache = try Self.cache(pages: 4)
    var first = CachedSequence()
    #expect(cache.reserve(&first, count: 32))
    first.count = 32
    var second = cache.fork(first, count: 16)
    #expect(second.pages.count == 1)
    #expect(cache.reserve(&second, count: 17))
    #expect(second.pages[0] == first.pages[0] && cache.freeCount == 1)
  }

  @Test func theConfigurationKnowsTheBytesOfAToken() throws {
    for architecture in ModelConfiguration.Architecture.allCases {
      let configuration = TinyModel.configuration(architecture)
      let bytes = configuration.cacheBytesPerToken * 160
      #expect(try KeyValueCache.Size(configuration, bytes: bytes).pageCount == 5)
      #expect(try KeyValueCache.Size(configuration, bytes: bytes - 1).pageCount == 4)
    }
  }

  @Test func aFullCacheSaysSo() throws {
    var cache = try Self.cache(pages: 2)
    var sequence = CachedSequence()
    #expect(!cache.reserve(&sequence, count: 33))
    cache.release(&sequence)
    #expect(cache.freeCount == 2)
  }
}
