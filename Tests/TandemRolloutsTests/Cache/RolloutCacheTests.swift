import Foundation
import GRDB
import TandemTestEngine
import TandemTestSupport
import Testing

@testable import TandemRollouts

@Suite struct RolloutCacheTests {
  let folder: WorkFolder

  init() throws { folder = try WorkFolder() }

  @Test func whatIsStoredIsFoundByAnotherHandle() throws {
    let rollout = CacheFixtures.rollout(1)
    let cache = try RolloutCache(folder.path("cache"))
    #expect(try !cache.contains(RolloutKey(rollout.request)))
    #expect(try cache.sample(rollout.request) == nil)
    try cache.store([rollout])
    let other = try RolloutCache(folder.path("cache"))
    #expect(try other.contains(RolloutKey(rollout.request)))
    #expect(try other.sample(rollout.request) == rollout.sample)
  }

  @Test func whatIsMissingStaysMissing() throws {
    var rollout = CacheFixtures.rollout(1)
    rollout.request.prompt.ids = nil
    rollout.sample = RolloutSample(text: "só \u{0} \"\\\n\u{1F600}", finishReason: nil)
    let cache = try RolloutCache(folder.path("cache"))
    try cache.store([rollout])
    #expect(try cache.sample(rollout.request) == rollout.sample)
  }

  @Test func theFirstOfTwoStays() throws {
    let cache = try RolloutCache(folder.path("cache"))
    let rollout = CacheFixtures.rollout(1)
    var second = rollout
    second.sample.text = "other"
    try cache.store([rollout])
    try cache.store([second])
    #expect(try cache.sample(rollout.request) == rollout.sample)
    #expect(try cache.statistics().entries == 1)
  }

  @Test func aClaimKeepsOthersOutUntilItIsGivenBackOrItsOwnerIsGone() throws {
    let key = RolloutKey(CacheFixtures.request(1))
    let cache = try RolloutCache(folder.path("cache"))
    var other: RolloutCache? = try RolloutCache(folder.path("cache"))
    #expect(try other?.claim(key) == true)
    #expect(try !cache.claim(key))
    #expect(try cache.claim(RolloutKey(CacheFixtures.request(2))))
    other?.release(key)
    #expect(try cache.claim(key))
    cache.release(key)
    #expect(try other?.claim(key) == true)
    other = nil
    #expect(try cache.claim(key))
  }

  @Test func everyCommitIsSynced() throws {
    let cache = try RolloutCache(folder.path("cache"))
    let level = try cache.database.writeWithoutTransaction {
      try Int.fetchOne($0, sql: "PRAGMA synchronous")
    }
    #expect(level == 2)
    let mode = try cache.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
    #expect(mode == "wal")
  }

  @Test func theDefaultFolderFollowsTheEnvironment() {
    let folder = RolloutCache.defaultFolder
    #expect(folder(["XDG_CACHE_HOME": "/x", "HOME": "/h"]) == "/x/tandem/rollouts")
    #expect(folder(["XDG_CACHE_HOME": "", "HOME": "/h"]) == "/h/.cache/tandem/rollouts")
    // The specification has relative paths ignored.
    #expect(folder(["XDG_CACHE_HOME": "x", "HOME": "/h"]) == "/h/.cache/tandem/rollouts")
  }
}
