internal import Dispatch
internal import Glibc
internal import TandemStages

/// Turns SIGINT and SIGTERM into a request to stop, so that the part in hand is discarded whole.
final class Signals {
  private let sources: [any DispatchSourceSignal]

  /// Listens until it is dropped; a second signal ends the process at once.
  init(cancelling cancellation: Cancellation) {
    let queue = DispatchQueue(label: "signals")
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        signal(number, SIG_DFL)
        cancellation.request()
      }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
