/// How large the micro-batches of a run become, which decides the memory of activations.
package struct WorkspaceSize: Hashable, Sendable {
  /// Tokens of the largest micro-batch.
  package var rows: Int
  /// Scored tokens of the micro-batch that has most.
  package var targets: Int
  /// Tokens of the longest sequence.
  package var longest: Int
  /// Whether layers are computed again on the way back, so that the activations of one are enough.
  package var recomputesLayers: Bool

  package init(rows: Int, targets: Int, longest: Int, recomputesLayers: Bool) {
    self.rows = rows
    self.targets = targets
    self.longest = longest
    self.recomputesLayers = recomputesLayers
  }
}
