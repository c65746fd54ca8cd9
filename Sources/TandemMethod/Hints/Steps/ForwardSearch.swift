internal import TandemAnswers

/// Finds the next place of a text from places that only grow, so that all searches together read the bytes once.
struct ForwardSearch {
  private let pattern: [UInt8]
  private var found: Int?

  init(_ pattern: String) {
    self.init(Array(pattern.utf8))
  }

  init(_ pattern: [UInt8]) {
    self.pattern = pattern
  }

  /// The first place at or behind `index`; `end` when there is none before it.
  mutating func next(from index: Int, in bytes: [UInt8], until end: Int) -> Int {
    if let found, found >= index { return found }
    var place = index
    while place + pattern.count <= end, !matches(bytes, place) { place += 1 }
    if place + pattern.count > end { place = end }
    found = place
    return place
  }

  private func matches(_ bytes: [UInt8], _ index: Int) -> Bool {
    for offset in pattern.indices where bytes[index + offset] != pattern[offset] { return false }
    return true
  }
}
