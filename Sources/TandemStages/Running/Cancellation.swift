internal import Synchronization
package import TandemShards

/// Whether the user asked to stop; stages look at it between rows.
package final class Cancellation: Sendable {
  private let requested = Atomic<Bool>(false)

  package init() {}

  /// Asks all who look to stop.
  package func request() {
    requested.store(true, ordering: .relaxed)
  }

  /// Throws once a stop was asked for.
  ///
  /// - Throws: `Interrupted`.
  package func check() throws(Interrupted) {
    if requested.load(ordering: .relaxed) { throw Interrupted() }
  }
}
