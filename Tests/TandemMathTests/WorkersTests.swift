import Testing

@testable import TandemMath

/// Integers that threads write, each its own.
private final class Slots {
  let values: UnsafeMutableBufferPointer<Int>

  init(_ count: Int) {
    values = .allocate(capacity: count)
    values.initialize(repeating: 0)
  }

  deinit { values.deallocate() }
}

@Suite struct WorkersTests {
  @Test(arguments: [1, 2, 3, 8]) func everyIndexIsTakenOnce(threads: Int) {
    let workers = Workers(threads: threads)
    for count in [0, 1, 2, 7, 100] {
      let calls = Slots(count)
      let wrongLanes = Slots(count)
      for _ in 0..<50 {
        workers.run(count) { index, lane in
          calls.values[index] += 1
          if lane < 0 || lane >= threads { wrongLanes.values[index] += 1 }
        }
      }
      #expect(Array(calls.values) == [Int](repeating: 50, count: count))
      #expect(Array(wrongLanes.values) == [Int](repeating: 0, count: count))
    }
  }

  @Test func workIsDoneWhenTheCallReturns() {
    let workers = Workers(threads: 3)
    let slots = Slots(64)
    var wrong = 0
    // Each round reads all that the one before wrote: a call that returned early would be seen.
    for round in 1...500 {
      let previous = Array(slots.values)
      workers.run(64) { index, _ in slots.values[index] = previous[63 - index] + 1 }
      wrong += slots.values.filter { $0 != round }.count
    }
    #expect(wrong == 0)
  }

  @Test(arguments: [1, 2, 5]) func rangesMakeUpTheWhole(threads: Int) {
    let workers = Workers(threads: threads, grain: 1)
    for (count, multiple) in [(0, 1), (1, 4), (10, 4), (1000, 4), (33, 1)] {
      let covered = Slots(count)
      let starts = Slots(count)
      workers.split(count, cost: 1, multiple: multiple) { range, _ in
        starts.values[range.lowerBound] += 1
        for index in range { covered.values[index] += 1 }
      }
      #expect(Array(covered.values) == [Int](repeating: 1, count: count))
      let unaligned = starts.values.indices.filter { starts.values[$0] > 0 && $0 % multiple != 0 }
      #expect(unaligned.isEmpty)
    }
  }

  @Test func littleWorkStaysWithTheCaller() {
    let workers = Workers(threads: 2)
    var calls: [Range<Int>] = []
    workers.split(100, cost: 10) { range, lane in
      calls.append(range)
      #expect(lane == 0)
    }
    #expect(calls == [0..<100])
  }
}
