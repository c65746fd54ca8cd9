internal import TandemMath

/// Keys and values of many sequences in pages that sequences with a common beginning share.
///
/// A page holds some consecutive positions of one sequence in all layers. A page with more than one owner is never
/// written: whoever would write it gets a copy.
struct KeyValueCache: ~Copyable {
  /// How many pages there are, and what they hold.
  struct Size {
    let layout: KeyValueLayout
    let layerCount: Int
    let pageCount: Int

    /// The most pages of a model with this configuration that take at most so many bytes.
    ///
    /// - Throws: ``ModelError`` when not even one page fits.
    init(_ configuration: ModelConfiguration, bytes: Int, positionsPerPage: Int = 32)
      throws(ModelError)
    {
      layout = KeyValueLayout(
        heads: configuration.keyValueHeadCount, headDimension: configuration.headSize,
        positions: positionsPerPage)
      layerCount = configuration.layerCount
      let pageBytes = 4 * layout.pageFloats * layerCount
      let most = layout.pages(for: configuration.maximumPositions) * 1024
      pageCount = min(bytes / pageBytes, most)
      guard pageCount >= 1 else {
        throw ModelError(
          "",
          "\(bytes) bytes hold no keys and values of \(layout.positions) tokens; \(pageBytes) are needed"
        )
      }
    }

    /// The number of tokens that fit.
    var capacity: Int { pageCount * layout.positions }
  }

  private let size: Size
  private var pool: PagePool
  private let memory: FloatBuffer

  /// An empty cache.
  ///
  /// - Throws: `MemoryError`.
  init(_ size: Size) throws {
    memory = try FloatBuffer(
      capacity: size.pageCount * size.layerCount * size.layout.pageFloats)
    pool = PagePool(pageCount: size.pageCount)
    self.size = size
  }

  var layout: KeyValueLayout { size.layout }

  /// The number of pages.
  var pageCount: Int { pool.count }

  /// The number of pages that nobody holds.
  var freeCount: Int { pool.freeCount }

  /// The number of tokens that fit.
  var capacity: Int { size.capacity }

  /// The number of pages for so many tokens.
  func pageCount(for tokens: Int) -> Int { layout.pages(for: tokens) }

  /// The pages of one layer, as kernels see them.
  func pages(layer: Int) -> CachePages {
    CachePages(
      base: memory.base + layer * layout.pageFloats, stride: size.layerCount * layout.pageFloats)
  }
}

// MARK: - Sequences

extension KeyValueCache {
  /// Sees to it that a sequence may write its positions up to `count`; false when no page is left for that.
  mutating func reserve(_ sequence: inout CachedSequence, count: Int) -> Bool {
    let last = sequence.count / layout.positions
    if count > sequence.count, last < sequence.pages.count, pool.isShared(sequence.pages[last]) {
      guard let page = pool.take() else { return false }
      copy(sequence.pages[last], to: page)
      pool.release(sequence.pages[last])
      sequence.pages[last] = page
    }
    while sequence.pages.count < layout.pages(for: count) {
      guard let page = pool.take() else { return false }
      sequence.pages.append(page)
    }
    return true
  }

  /// A sequence that begins with the first `count` tokens of another and shares their pages.
  mutating func fork(_ sequence: CachedSequence, count: Int) -> CachedSequence {
    let pages = Array(sequence.pages.prefix(layout.pages(for: count)))
    for page in pages { pool.retain(page) }
    return CachedSequence(pages: pages, count: count)
  }

  /// Gives all pages of a sequence back.
  mutating func release(_ sequence: inout CachedSequence) {
    for page in sequence.pages { pool.release(page) }
    sequence = CachedSequence()
  }

  private func copy(_ source: Int32, to target: Int32) {
    let floats = size.layerCount * layout.pageFloats
    (memory.base + Int(target) * floats).update(
      from: memory.base + Int(source) * floats, count: floats)
  }
}
