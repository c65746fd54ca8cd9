/// Applies merges to the symbols of one piece; keeps its memory from piece to piece.
struct PairMerger: Sendable {
  /// Pieces with more symbols are merged with a heap, since scanning them is quadratic.
  static let longest = 40

  /// The symbols; merged in place.
  var symbols: [Int32] = []
  private var merges: [UInt64] = []
  private var previous: [Int32] = []
  private var next: [Int32] = []
  private var heap: [Candidate] = []

  /// A merge that could be made at a place; ordered by rank, then place.
  private struct Candidate {
    var merge: UInt64
    var place: Int32

    @inline(__always)
    static func < (a: Self, b: Self) -> Bool {
      let (first, second) = (a.merge >> 32, b.merge >> 32)
      return first != second ? first < second : a.place < b.place
    }
  }

  /// Merges until no pair is left that can be.
  mutating func run(_ table: MergeTable) {
    if symbols.count > Self.longest { runWithHeap(table) } else { runByScanning(table) }
  }

  /// Finds the lowest rank by looking at every pair.
  mutating func runByScanning(_ table: MergeTable) {
    merges.removeAll(keepingCapacity: true)
    guard var left = symbols.first else { return }
    for right in symbols.dropFirst() {
      merges.append(table.merge(left, right))
      left = right
    }
    while true {
      var best = MergeTable.none
      var place = 0
      for index in merges.indices where merges[index] >> 32 < best >> 32 {
        best = merges[index]
        place = index
      }
      guard best != MergeTable.none else { return }
      symbols[place] = MergeTable.merged(best)
      symbols.remove(at: place &+ 1)
      merges.remove(at: place)
      if place < merges.count { merges[place] = table.merge(symbols[place], symbols[place &+ 1]) }
      if place > 0 { merges[place &- 1] = table.merge(symbols[place &- 1], symbols[place]) }
    }
  }

  /// Finds the lowest rank in a heap over a linked list: n log n in the number of symbols.
  mutating func runWithHeap(_ table: MergeTable) {
    let count = symbols.count
    previous = (0..<count).map { Int32(truncatingIfNeeded: $0 - 1) }
    next = (0..<count).map { Int32(truncatingIfNeeded: $0 + 1 < count ? $0 + 1 : -1) }
    heap.removeAll(keepingCapacity: true)
    for index in symbols.indices.dropLast() { consider(index, table) }
    while let candidate = pop() {
      let place = Int(candidate.place)
      // Stale when either side has changed since.
      guard symbols[place] >= 0, next[place] >= 0 else { continue }
      let right = Int(next[place])
      guard table.merge(symbols[place], symbols[right]) == candidate.merge else { continue }
      symbols[place] = MergeTable.merged(candidate.merge)
      symbols[right] = -1
      next[place] = next[right]
      if next[place] >= 0 { previous[Int(next[place])] = candidate.place }
      consider(place, table)
      if previous[place] >= 0 { consider(Int(previous[place]), table) }
    }
    symbols.removeAll { $0 < 0 }
  }

  private mutating func consider(_ place: Int, _ table: MergeTable) {
    guard next[place] >= 0 else { return }
    let merge = table.merge(symbols[place], symbols[Int(next[place])])
    if merge != MergeTable.none {
      push(Candidate(merge: merge, place: Int32(truncatingIfNeeded: place)))
    }
  }

  private mutating func push(_ candidate: Candidate) {
    heap.append(candidate)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func pop() -> Candidate? {
    guard let last = heap.popLast() else { return nil }
    guard let first = heap.first else { return last }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in 2 * parent + 1...2 * parent + 2
      where child < heap.count && heap[child] < heap[least] {
        least = child
      }
      guard least != parent else { return first }
      heap.swapAt(least, parent)
      parent = least
    }
  }
}
