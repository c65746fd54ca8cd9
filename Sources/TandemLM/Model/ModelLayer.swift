internal import TandemMath

/// The weights of one layer, matrices that read the same input stacked.
struct ModelLayer: Sendable {
  /// The norm before attention, `[hidden]`.
  let inputNorm: Vector
  /// q, k and v one below the other, `[q + 2 kv, hidden]`.
  let queryKeyValue: PackedMatrix
  let queryKeyValueBias: Vector?
  /// The norms of every head of q and of k, `[head]`.
  let queryNorm: Vector?
  let keyNorm: Vector?
  /// `[hidden, q]`.
  let output: PackedMatrix
  let outputBias: Vector?
  /// The norm before the feed-forward part, `[hidden]`.
  let innerNorm: Vector
  /// Gate and up one below the other, `[2 intermediate, hidden]`.
  let gateUp: PackedMatrix
  let gateUpBias: Vector?
  /// `[hidden, intermediate]`.
  let down: PackedMatrix
  let downBias: Vector?
}
