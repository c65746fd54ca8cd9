internal import Dispatch
internal import Synchronization

/// Threads that share numbered pieces of work.
///
/// Pieces are cut by sizes of the data alone, never by the number of threads, and every number of a result is made by one
/// piece in a fixed order of operations: so results have the same bits for any number of threads.
package struct Workers: Hashable, Sendable {
  /// Threads that work, the caller included.
  package let threads: Int

  /// At least one thread.
  package init(threads: Int) {
    self.threads = max(threads, 1)
  }

  /// Calls `body` with every number below `count` and the lane it runs on, and returns when all are done.
  ///
  /// Lanes tell apart pieces that run at the same time, for memory of their own; there are `threads` of them.
  func forEach(_ count: Int, _ body: (_ index: Int, _ lane: Int) -> Void) {
    guard threads > 1, count > 1 else {
      for index in 0..<max(count, 0) { body(index, 0) }
      return
    }
    let next = Atomic<Int>(0)
    withoutActuallyEscaping(body) { body in
      // Pieces write to places of their own, and all are done before this returns.
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: min(threads, count)) { lane in
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < count else { return }
          body(index, lane)
        }
      }
    }
  }

  /// Calls `body` for consecutive ranges of about `size` that make up `0..<count`.
  func forEachRange(
    of count: Int, size: Int, _ body: (_ range: Range<Int>, _ lane: Int) -> Void
  ) {
    let cuts = Cuts(count, size: size)
    forEach(cuts.count) { index, lane in body(cuts[index], lane) }
  }
}

/// A range cut into pieces of nearly equal size.
struct Cuts {
  private let total: Int
  private let step: Int
  /// The number of pieces.
  let count: Int

  /// Cuts `0..<total` into pieces of at most about `size`, in multiples of 16 so that vectors stay whole.
  init(_ total: Int, size: Int) {
    self.total = total
    let pieces = max((total + size - 1) / size, 1)
    step = max(((total + pieces - 1) / pieces + 15) / 16 * 16, 16)
    count = total == 0 ? 0 : (total + step - 1) / step
  }

  /// One of the pieces.
  subscript(_ index: Int) -> Range<Int> {
    index * step..<min((index + 1) * step, total)
  }
}
