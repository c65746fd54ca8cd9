/// Whether a text repeats a problem that must stay unseen, as those of a test set.
package struct Contamination: Hashable, Sendable {
  /// The verdict on a text.
  package enum Label: String, CaseIterable, Sendable {
    case clean, contaminated
  }

  /// The verdict.
  package var label: Label
  /// The protected problem with the largest overlap; nil without any.
  package var protectedID: String?
  /// The share of the text's runs of words that the problem has as well.
  package var share: Double
  /// The share of the problem's runs of words that the text has as well.
  package var coverage: Double
  /// The longest stretch in common, in code points of the text, 0-based and half-open.
  package var span: Range<Int>?
}

/// Problems that must stay unseen, found again by their runs of 13 words.
///
/// Brown et al., "Language models are few-shot learners", arXiv 2005.14165, appendix C, for the
/// length of the runs. A text or problem of fewer words is compared as a whole.
/// Memory: 20 bytes a word.
package struct ProtectedIndex: Sendable {
  /// Words a run.
  package let length: Int
  /// The least share or coverage at which a text counts as contaminated.
  ///
  /// A single run says little: one AIME problem in six shares "m and n are relatively prime positive
  /// integers. Find m + n" with another year's, at shares up to 0.29.
  package let threshold: Double

  private var ids: [String] = []
  /// The number of different runs of each problem.
  private var sizes: [Int] = []
  private var runs = HashIndex()
  private var whole: [TextDigest: Int32] = [:]

  /// An index without problems.
  package init(length: Int = 13, threshold: Double = 0.35) {
    self.length = max(1, length)
    self.threshold = threshold
  }

  /// Adds a problem.
  package mutating func add(id: String, text: String) {
    let tokens = TextTokens(text)
    let number = Int32(truncatingIfNeeded: ids.count)
    let digest = TextDigest(tokens, of: text)
    if whole[digest] == nil { whole[digest] = number }
    let words = tokens.words.map(\.hash)
    let set = words.count < length ? [] : Shingles.sorted(words, length: length)
    for run in set { runs.insert(number, under: run) }
    ids.append(id)
    sizes.append(set.count)
  }

  /// Judges a text.
  package func check(_ text: String) -> Contamination {
    let tokens = TextTokens(text)
    if let number = whole[TextDigest(tokens, of: text)] {
      let start = tokens.tokens.first?.start ?? 0
      let end = tokens.tokens.last?.end ?? text.unicodeScalars.count
      return Contamination(
        label: .contaminated, protectedID: ids[Int(number)], share: 1, coverage: 1,
        span: start..<end)
    }
    let words = tokens.words
    let found = words.count < length ? [] : Shingles.runs(of: words.map(\.hash), length: length)
    var matches: [Int32: Int] = [:]
    for run in found { runs.forEach(under: run) { matches[$0, default: 0] += 1 } }
    let ordered = matches.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard let best = ordered.first else {
      return Contamination(label: .clean, protectedID: nil, share: 0, coverage: 0, span: nil)
    }
    let hits = found.map { run in
      var isHit = false
      runs.forEach(under: run) { isHit = isHit || $0 == best.key }
      return isHit
    }
    let different = Set(zip(found, hits).filter(\.1).map(\.0)).count
    let share = Double(best.value) / Double(found.count)
    let coverage = Double(different) / Double(sizes[Int(best.key)])
    return Contamination(
      label: max(share, coverage) >= threshold ? .contaminated : .clean,
      protectedID: ids[Int(best.key)], share: share, coverage: coverage,
      span: span(of: longest(hits), words))
  }

  /// The longest run of hits, of equally long ones the first.
  private func longest(_ hits: [Bool]) -> Range<Int> {
    var best = 0..<0
    var start = 0
    for (index, hit) in hits.enumerated() {
      if !hit {
        start = index + 1
      } else if index + 1 - start > best.count {
        best = start..<index + 1
      }
    }
    return best
  }

  private func span(of hits: Range<Int>, _ words: [TextTokens.Token]) -> Range<Int>? {
    guard let last = hits.last else { return nil }
    return words[hits.lowerBound].start..<words[last + length - 1].end
  }
}
