internal import Dispatch
internal import Glibc
internal import TandemStages

/// Turns SIGINT and SIGTERM into a request to stop, so that the part in hand is discarded whole.
final class Signals {
  private let sources: [any DispatchSourceSignal]

  /// Listens until it is dropped; a second signal ends the process at once.
  init(cancelling cancellation: Cancellation) {
    let queue = DispatchQueue(label: "signals")
    // A signal that came before its source is registered would be lost.
    let registered = DispatchGroup()
    sources = [SIGINT, SIGTERM].map { number in
      registered.enter()
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        signal(number, SIG_DFL)
        cancellation.request()
      }
      source.setRegistrationHandler { registered.leave() }
      source.resume()
      return source
    }
    registered.wait()
  }

  deinit { for source in sources { source.cancel() } }
}
