internal import Synchronization
internal import TandemRollouts
internal import TandemShards

/// The requests to one model for all problems of several parts, one after another, so that an engine never waits for
/// the end of a part.
final class PartRequests: RolloutSource {
  private struct State: ~Copyable {
    var parts: ArraySlice<Int>
    var stream: ProblemStream?
    var ready: ArraySlice<RolloutRequest> = []
  }

  private let inputs: [StageInput]
  private let book: OrderBook
  private let model: SamplingModel
  private let state: Mutex<State>

  init(_ inputs: [StageInput], parts: [Int], book: OrderBook, model: SamplingModel) {
    self.inputs = inputs
    self.book = book
    self.model = model
    state = Mutex(State(parts: parts[...], stream: nil))
  }

  func next() throws -> RolloutRequest? {
    try state.withLock { state in
      while true {
        if let request = state.ready.popFirst() { return request }
        if let (problem, hints) = try state.stream?.next() {
          state.ready = try book.orders(for: problem, hints: hints, model: model).map(\.request)[
            ...]
        } else {
          guard let part = state.parts.popFirst() else { return nil }
          state.stream = try ProblemStream(inputs, part: part)
        }
      }
    }
  }
}
