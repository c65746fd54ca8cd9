/// What the distance between two traces is computed from.
package struct TraceFeatures: Hashable, Sendable {
  /// The words of the text.
  package let embedding: HashedEmbedding
  /// The kinds of step in it.
  package let signature: OperationSignature

  /// The features of a trace's text.
  package init(of text: String) {
    embedding = HashedEmbedding(of: text)
    signature = OperationSignature(of: text)
  }

  /// 0.6 cosine + 0.4 Jaccard, in [0, 1]: a positive semidefinite kernel, as a sum of two.
  package func similarity(_ other: TraceFeatures) -> Double {
    0.6 * embedding.cosine(other.embedding) + 0.4 * signature.jaccard(other.signature)
  }
}

/// The similarities of all pairs of a problem's traces; the distance is 1 minus the similarity.
///
/// Equation 13 of the method: 0.6 (1 - cosine) + 0.4 (1 - Jaccard).
package struct SimilarityMatrix: Hashable, Sendable {
  /// The number of traces.
  package let count: Int
  /// Row by row, count x count.
  private let values: [Double]

  /// Compares all pairs.
  package init(_ features: [TraceFeatures]) {
    count = features.count
    var values = [Double](repeating: 0, count: features.count * features.count)
    for (i, first) in features.enumerated() {
      for (j, second) in features.enumerated() where j >= i {
        let value = first.similarity(second)
        values[i * features.count + j] = value
        values[j * features.count + i] = value
      }
    }
    self.values = values
  }

  /// The similarity of two traces, in [0, 1].
  package func similarity(_ i: Int, _ j: Int) -> Double { values[i * count + j] }

  /// The distance of two traces, in [0, 1].
  package func distance(_ i: Int, _ j: Int) -> Double { 1 - values[i * count + j] }
}
