import Foundation
import Synchronization
import TandemJSON
import TandemTestEngine
import TandemTestSupport
import Testing

@testable import TandemRollouts

@Suite struct CacheFillingTests {
  let folder: WorkFolder

  init() throws { folder = try WorkFolder() }

  private func cache() throws -> RolloutCache { try RolloutCache(folder.path("cache")) }

  private let requests = (0..<60).map { CacheFixtures.request($0 / 3, sample: $0 % 3) }

  @Test func onlyWhatIsMissingIsComputed() throws {
    let cache = try cache()
    for request in requests.prefix(20) {
      try cache.store([Rollout(request: request, sample: ScriptedEngine.answer(to: request))])
    }
    let monitor = CountingMonitor()
    var engine = ScriptedEngine(model: "m")
    engine.threads = 3
    let failures = try CacheFilling(cache, monitor: monitor)(ListSource(requests), with: engine)
    #expect(failures.isEmpty)
    #expect(
      monitor.counts == CountingMonitor.Counts(found: 20, stored: 40, failed: 0, tokens: 40 * 64))
    for request in requests {
      #expect(try cache.sample(request) == ScriptedEngine.answer(to: request))
    }
  }

  @Test func anEngineWithNothingToDoIsNotAsked() throws {
    struct Busy: Error {}
    let cache = try cache()
    for request in requests {
      try cache.store([Rollout(request: request, sample: ScriptedEngine.answer(to: request))])
    }
    var engine = ScriptedEngine(model: "m")
    engine.begins = { _ in throw Busy() }
    _ = try CacheFilling(cache, monitor: CountingMonitor())(ListSource(requests), with: engine)
  }

  @Test func failuresAreReturnedAndNotKept() throws {
    let cache = try cache()
    var engine = ScriptedEngine(model: "m")
    engine.script = { request in
      request.sample == 1 ? .failure("no room") : .sample(ScriptedEngine.answer(to: request))
    }
    let failures = try CacheFilling(cache, monitor: CountingMonitor())(
      ListSource(requests), with: engine)
    #expect(failures.count == 20 && Set(failures.values) == ["no room"])
    #expect(try cache.statistics().entries == 40)
    // The next time they are tried again.
    let monitor = CountingMonitor()
    _ = try CacheFilling(cache, monitor: monitor)(
      ListSource(requests), with: ScriptedEngine(model: "m"))
    #expect(monitor.counts.stored == 20)
  }

  @Test func stoppingKeepsWhatIsDoneAndFreesTheRest() throws {
    let cache = try cache()
    var engine = ScriptedEngine(model: "m")
    engine.threads = 2
    #expect(throws: CountingMonitor.Stopped.self) {
      try CacheFilling(cache, monitor: CountingMonitor(stopAfter: 10 * 64))(
        ListSource(requests), with: engine)
    }
    // Nine had ended before the one that was stopped, or eight beside one on the other thread.
    let kept = try cache.statistics().entries
    #expect((8...10).contains(kept))
    let other = try self.cache()
    for request in requests { #expect(try other.claim(RolloutKey(request))) }
  }

  @Test func aModelThatChangedWhileItSampledIsNotKept() throws {
    let cache = try cache()
    var engine = ScriptedEngine(model: "m")
    let samples = Mutex(0)
    engine.confirms = {
      let count = samples.withLock { count in
        count += 1
        return count
      }
      if count > 5 { throw RolloutError("model.safetensors", "has changed") }
    }
    #expect(throws: RolloutError.self) {
      try CacheFilling(cache, monitor: CountingMonitor())(ListSource(requests), with: engine)
    }
    #expect(try cache.statistics().entries == 5)
  }

  @Test func anEngineThatLosesARequestIsFound() throws {
    struct Lossy: Engine {
      var inner = ScriptedEngine(model: "m")
      var identity: EngineIdentity { inner.identity }
      var stopTokenIDs: [Int32] { [] }
      var promptFormat: JSONValue { "none" }
      func prompt(_ text: String) throws -> RolloutPrompt { try inner.prompt(text) }
      func confirmIdentity() throws {}
      func sample(_ queue: some RolloutQueue) throws { while try queue.next() != nil {} }
    }
    #expect {
      try CacheFilling(try cache(), monitor: CountingMonitor())(
        ListSource(requests), with: Lossy())
    } throws: {
      "\($0)".contains("returned before")
    }
  }

  /// Two handles have locks of their own, as two processes have.
  @Test func twoFillingOneCacheComputeNothingTwice() throws {
    let begun = Mutex<[RolloutKey: Int]>([:])
    let monitors = [CountingMonitor(), CountingMonitor()]
    let folder = folder.path("cache")
    let requests = requests
    let errors = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 2) { number in
      do {
        var engine = ScriptedEngine(model: "m")
        engine.threads = 2
        engine.begins = { request in
          begun.withLock { $0[RolloutKey(request), default: 0] += 1 }
        }
        let order = number == 0 ? requests : requests.reversed()
        _ = try CacheFilling(try RolloutCache(folder), monitor: monitors[number])(
          ListSource(order), with: engine)
      } catch {
        errors.withLock { $0.append("\(error)") }
      }
    }
    #expect(errors.withLock { $0 } == [])
    #expect(begun.withLock { $0.count } == 60 && begun.withLock { $0.values.max() } == 1)
    let counts = monitors.map(\.counts)
    #expect(counts[0].stored + counts[1].stored == 60)
    #expect(counts.allSatisfy { $0.found + $0.stored == 60 })
    #expect(try cache().verify(remove: false).sound == 60)
  }

  /// A claim whose owner dies with the work undone.
  @Test func theWorkOfADeadProcessIsTakenOver() throws {
    let cache = try cache()
    var dead: RolloutCache? = try self.cache()
    for request in requests.prefix(7) { #expect(try dead?.claim(RolloutKey(request)) == true) }
    let monitor = CountingMonitor()
    var engine = ScriptedEngine(model: "m")
    let owner = Mutex(dead)
    dead = nil
    // It dies while the last request that it had not claimed is computed.
    let last = requests.last.map { RolloutKey($0) }
    engine.ended = { request in
      if RolloutKey(request) == last { owner.withLock { $0 = nil } }
    }
    _ = try CacheFilling(cache, monitor: monitor)(ListSource(requests), with: engine)
    #expect(monitor.counts.stored == 60)
  }
}
