import Foundation
import TandemTestSupport
import Testing

@testable import TandemRollouts

@Suite struct RolloutCacheCollectionTests {
  let folder: WorkFolder
  let clock = SetClock()
  let cache: RolloutCache

  init() throws {
    folder = try WorkFolder()
    cache = try RolloutCache(folder.path("cache"), clock: clock)
  }

  private func fill(_ numbers: Range<Int>, model: String = "m") throws {
    for number in numbers { try cache.store([CacheFixtures.rollout(number, model: model)]) }
  }

  private func isThere(_ number: Int) throws -> Bool {
    try cache.contains(RolloutKey(CacheFixtures.request(number)))
  }

  @Test func whatIsUsedStays() throws {
    try fill(0..<6)
    clock.advance(days: 10)
    for number in [1, 4] { _ = try cache.sample(CacheFixtures.request(number)) }
    try cache.flushUses()
    clock.advance(days: 25)
    let retention = RolloutCache.Retention(age: 30 * 86_400)
    #expect(try cache.collect(retention, dryRun: true).entries == 4)
    #expect(try cache.statistics().entries == 6)
    #expect(try cache.collect(retention, dryRun: false).entries == 4)
    for number in 0..<6 { #expect(try isThere(number) == [1, 4].contains(number)) }
    #expect(try cache.verify(remove: false).faults.isEmpty)
  }

  @Test func theLeastRecentlyUsedGoFirst() throws {
    try fill(0..<20)
    clock.advance(days: 2)
    for number in 0..<5 { _ = try cache.sample(CacheFixtures.request(number)) }
    try cache.flushUses()
    let total = try cache.statistics().bytes
    let collected = try cache.collect(.init(bytes: total / 2), dryRun: false)
    let left = try cache.statistics()
    #expect(left.bytes <= total / 2 && left.bytes + collected.bytes == total)
    #expect(left.entries + collected.entries == 20)
    for number in 0..<5 { #expect(try isThere(number)) }
    // No more than needed: with one entry more the rest would be too large.
    #expect(left.bytes > total / 2 - 2 * total / 20)
  }

  @Test func roomIsGivenBack() throws {
    try cache.store((0..<1500).map { CacheFixtures.rollout($0) })
    let collected = try cache.collect(.init(bytes: 0), dryRun: false)
    #expect(collected.entries == 1500)
    #expect(collected.fileBytesAfter * 5 < collected.fileBytesBefore)
    #expect(try cache.statistics().entries == 0)
  }

  @Test func aCacheInUseIsLeftAlone() throws {
    try fill(0..<3)
    let user = try RolloutCache(folder.path("cache"))
    #expect {
      try cache.collect(.init(bytes: 0), dryRun: false)
    } throws: {
      "\($0)".contains("is in use by another tandem process")
    }
    withExtendedLifetime(user) {}
    #expect(try cache.statistics().entries == 3)
  }

  @Test func statisticsCountByModel() throws {
    try fill(0..<3)
    clock.advance(days: 1)
    try fill(0..<2, model: "n")
    let statistics = try cache.statistics()
    #expect(statistics.models.map(\.identity.model) == ["n", "m"])
    #expect(statistics.models.map(\.entries) == [2, 3])
    let tokens = (0..<3).reduce(0) { $0 + (CacheFixtures.rollout($1).sample.tokenIDs?.count ?? 0) }
    #expect(statistics.models[1].tokens == tokens)
    #expect(statistics.fileBytes > statistics.bytes)
  }

  @Test func everythingIsExported() throws {
    try fill(0..<4)
    var seen: [Rollout] = []
    let damaged = try cache.forEach { key, rollout in
      #expect(key == RolloutKey(rollout.request))
      seen.append(rollout)
    }
    #expect(damaged == 0 && seen == (0..<4).map { CacheFixtures.rollout($0) })
  }
}
