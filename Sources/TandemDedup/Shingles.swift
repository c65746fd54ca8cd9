/// Sets of runs of words.
enum Shingles {
  /// The hash of every run of `length` words, in the order of the text; one run for a shorter text.
  static func runs(of words: [UInt64], length: Int) -> [UInt64] {
    guard !words.isEmpty else { return [] }
    guard words.count > length else { return [StableHash.of(words)] }
    return (0...words.count - length).map { StableHash.of(words[$0..<$0 + length]) }
  }

  /// The different runs, sorted.
  static func sorted(_ words: [UInt64], length: Int) -> [UInt64] {
    var set: [UInt64] = []
    for run in runs(of: words, length: length).sorted() where set.last != run { set.append(run) }
    return set
  }

  /// The words with blanks at both ends, so that every word stands in `length` runs.
  ///
  /// Otherwise two short questions that differ in their last word alone would be much alike.
  static func padded(_ words: [UInt64], length: Int) -> [UInt64] {
    let blanks = [UInt64](repeating: 0, count: length - 1)
    return words.isEmpty ? [] : blanks + words + blanks
  }

  /// The size of the intersection over that of the union of two sorted sets; 1 for two empty ones.
  static func jaccard(_ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>) -> Double {
    var (i, j, common) = (a.startIndex, b.startIndex, 0)
    while i < a.endIndex, j < b.endIndex {
      if a[i] == b[j] { common += 1 }
      let (x, y) = (a[i], b[j])
      if x <= y { i += 1 }
      if y <= x { j += 1 }
    }
    let union = a.count + b.count - common
    return union == 0 ? 1 : Double(common) / Double(union)
  }
}
