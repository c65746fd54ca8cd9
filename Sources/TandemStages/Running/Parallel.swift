internal import Dispatch
internal import Synchronization

/// Fork and join over numbered pieces of work.
package enum Parallel {
  /// Calls `body` with every number below `count`, on up to `threads` threads at once.
  ///
  /// After a failure no new number is handed out; of several failures the one with the lowest number is thrown.
  package static func forEach(
    _ count: Int, threads: Int, _ body: @Sendable (Int) throws -> Void
  ) throws {
    if threads <= 1 || count <= 1 {
      for index in 0..<count { try body(index) }
      return
    }
    let next = Atomic<Int>(0)
    let failure = Mutex<(index: Int, error: any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        do { try body(index) } catch {
          failure.withLock { if $0.map({ index < $0.index }) ?? true { $0 = (index, error) } }
          next.store(count, ordering: .relaxed)
        }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
  }

  /// The results of `transform` in the order of the elements.
  package static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], threads: Int, _ transform: @Sendable (Element) throws -> Result
  ) throws -> [Result] {
    if threads <= 1 || elements.count <= 1 { return try elements.map(transform) }
    let results = Mutex([Result?](repeating: nil, count: elements.count))
    try forEach(elements.count, threads: threads) { index in
      let result = try transform(elements[index])
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
