import GRDB
import TandemTestEngine
import TandemTestSupport
import Testing

@testable import TandemRollouts

/// A disk that fills up while samples are stored, by a limit on the database's pages.
@Suite struct FullDiskTests {
  @Test func whatIsStoredIsKeptAndTheRestComesLater() throws {
    let folder = try WorkFolder()
    let requests = (0..<400).map { CacheFixtures.request($0) }
    let cache = try RolloutCache(folder.path("cache"))
    func limit(_ pages: Int) throws {
      try cache.database.writeWithoutTransaction { database in
        _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(pages)")
      }
    }
    try limit(60)
    var engine = ScriptedEngine(model: "m")
    engine.threads = 2
    let monitor = CountingMonitor()
    #expect {
      try CacheFilling(cache, monitor: monitor)(ListSource(requests), with: engine)
    } throws: { error in
      "\(error)".hasSuffix("cannot be written: the disk is full; what is stored is kept")
    }
    // What was reported is there, and nothing else.
    let kept = try cache.statistics().entries
    #expect(kept == monitor.counts.stored && kept < 400)
    #expect(try cache.verify(remove: false).sound == kept)
    try limit(100_000)
    let later = CountingMonitor()
    _ = try CacheFilling(cache, monitor: later)(ListSource(requests), with: engine)
    #expect(later.counts.found == kept && later.counts.stored == 400 - kept)
    #expect(try cache.verify(remove: false).sound == 400)
  }
}
