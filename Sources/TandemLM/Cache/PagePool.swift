/// Which pages of a cache are free, and how many sequences share each of the others.
struct PagePool {
  private var owners: [Int32]
  private var free: [Int32]

  /// A pool of free pages.
  init(pageCount: Int) {
    owners = Array(repeating: 0, count: pageCount)
    // The last one is taken first: pages are used from the lowest number upwards.
    free = (0..<Int32(pageCount)).reversed()
  }

  /// The number of all pages.
  var count: Int { owners.count }

  /// The number of pages that nobody holds.
  var freeCount: Int { free.count }

  /// A page for one owner; nil when none is free.
  mutating func take() -> Int32? {
    guard let page = free.popLast() else { return nil }
    owners[Int(page)] = 1
    return page
  }

  /// Adds an owner to a page that has one.
  mutating func retain(_ page: Int32) {
    owners[Int(page)] += 1
  }

  /// Takes an owner away; the last one frees the page.
  mutating func release(_ page: Int32) {
    owners[Int(page)] -= 1
    if owners[Int(page)] == 0 { free.append(page) }
  }

  /// Whether a page has more than one owner, so that nobody may write it.
  func isShared(_ page: Int32) -> Bool {
    owners[Int(page)] > 1
  }
}
