/// The keys and values of a sequence's first tokens, as a list of pages of a ``KeyValueCache``.
///
/// A handle: the cache owns the pages, and every handle must be given back to it.
struct CachedSequence {
  /// The pages, in the order of the tokens; the last may be partly filled.
  var pages: [Int32] = []
  /// The number of tokens whose keys and values are there.
  var count = 0
}
