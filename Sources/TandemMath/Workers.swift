internal import CKernels

/// Threads that share the work of one caller, with the kernels that they run.
///
/// Work is split over outputs only, so that results do not depend on the number of threads. An instance serves one caller
/// at a time. With one thread nothing is started and a call costs nothing.
package final class Workers {
  /// Threads that work, the caller included.
  package let threads: Int
  /// The kernels in use.
  package let level: KernelLevel

  let kernels: UnsafePointer<ck_kernels>
  private let grain: Int
  private let pool: OpaquePointer?
  private var scratchMemory: FloatBuffer?

  /// Starts `threads - 1` threads; fewer than one thread counts as one, and a system that refuses leaves the caller alone.
  ///
  /// - Parameters:
  ///   - threads: how many threads work, the caller included.
  ///   - level: the kernels to use; a level that the processor lacks becomes its best.
  ///   - grain: the least work, in multiply-adds, that is worth a thread; less stays with the caller.
  package init(threads: Int, level: KernelLevel = .best, grain: Int = 200_000) {
    self.grain = max(grain, 1)
    pool = threads > 1 ? ck_workers_create(threads) : nil
    self.threads = pool == nil ? 1 : threads
    self.level = min(level, .best)
    kernels = level.kernels
  }

  deinit {
    if let pool { ck_workers_destroy(pool) }
  }

  /// Calls `body` once for every index below `count`, in any order and on any thread, and returns when all are done.
  ///
  /// `body` must only touch what belongs to its index or its lane; the lane tells the threads apart and is below `threads`.
  package func run(_ count: Int, _ body: (_ index: Int, _ lane: Int) -> Void) {
    guard let pool, count > 1 else {
      for index in 0..<max(count, 0) { body(index, 0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      var body = body
      withUnsafeMutablePointer(to: &body) { context in
        ck_workers_run(
          pool, count,
          { context, index, lane in
            context.assumingMemoryBound(to: ((Int, Int) -> Void).self).pointee(index, lane)
          }, context)
      }
    }
  }

  /// Calls `body` for consecutive ranges that make up `0..<count`, in one call where the work is too little to share.
  ///
  /// - Parameters:
  ///   - count: how many items there are.
  ///   - cost: the work of one item, about one per multiply-add.
  ///   - multiple: every range but the last holds a multiple of this many items.
  ///   - body: receives the range and the lane.
  func split(
    _ count: Int, cost: Int, multiple: Int = 1, _ body: (_ range: Range<Int>, _ lane: Int) -> Void
  ) {
    let units = (count + multiple - 1) / multiple
    let pieces = min(threads * 4, count * cost / grain, units)
    guard threads > 1, pieces > 1 else {
      if count > 0 { body(0..<count, 0) }
      return
    }
    run(pieces) { piece, lane in
      let start = piece * units / pieces * multiple
      let end = min((piece + 1) * units / pieces * multiple, count)
      if start < end { body(start..<end, lane) }
    }
  }

  /// At least `floats` floats of memory, valid until the next call; contents undefined, 64-byte aligned.
  func scratch(floats: Int) -> UnsafeMutablePointer<Float> {
    if let scratchMemory, scratchMemory.capacity >= floats { return scratchMemory.base }
    do {
      let grown = try FloatBuffer(capacity: max(floats, 1 << 16))
      scratchMemory = grown
      return grown.base
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
