internal import Synchronization

/// How far a stage is; written by its workers, read by whoever shows it.
package final class Progress: Sendable {
  private let current = Mutex(State())
  private let count = Atomic<Int>(0)
  private let tokens = Atomic<Int>(0)

  /// What is being counted.
  package struct State: Sendable {
    /// The stage's name; empty before it begins.
    package var stage = ""
    /// What is counted, in the plural.
    package var unit = ""
    /// How many there are in all; nil when that is not known.
    package var total: Int?
    /// How many are done.
    package var done = 0
    /// Tokens that a model has generated for it.
    package var tokens = 0
  }

  package init() {}

  /// Begins to count something.
  package func begin(_ stage: String, unit: String, total: Int?) {
    current.withLock { $0 = State(stage: stage, unit: unit, total: total) }
    count.store(0, ordering: .relaxed)
    tokens.store(0, ordering: .relaxed)
  }

  /// Counts more of it.
  package func advance(_ more: Int) {
    count.wrappingAdd(more, ordering: .relaxed)
  }

  /// Counts tokens that a model has generated.
  package func generated(_ more: Int) {
    tokens.wrappingAdd(more, ordering: .relaxed)
  }

  /// Takes off what turned out to be done already, so that rate and time left speak of the work alone.
  package func skip(_ done: Int) {
    current.withLock { $0.total = $0.total.map { $0 - done } }
  }

  /// The state now.
  package var state: State {
    var state = current.withLock { $0 }
    state.done = count.load(ordering: .relaxed)
    state.tokens = tokens.load(ordering: .relaxed)
    return state
  }
}
