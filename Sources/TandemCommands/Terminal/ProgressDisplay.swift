internal import Dispatch
internal import TandemStages

/// Shows how far a stage is: one changing line on a terminal, now and then a line elsewhere.
final class ProgressDisplay {
  private let timer: any DispatchSourceTimer
  private let queue = DispatchQueue(label: "progress")
  private let onTerminal = Console.isTerminal

  /// Starts to show what `progress` counts.
  init(_ progress: Progress) {
    timer = DispatchSource.makeTimerSource(queue: queue)
    let interval = onTerminal ? 0.2 : 10
    let start = DispatchTime.now()
    let onTerminal = onTerminal
    timer.schedule(deadline: .now() + interval, repeating: interval)
    timer.setEventHandler {
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
      guard let line = Self.line(progress.state, seconds: seconds) else { return }
      Console.send(onTerminal ? "\r\u{1B}[K\(line)" : "\(line)\n")
    }
    timer.resume()
  }

  /// Stops, and clears the line.
  func stop() {
    timer.cancel()
    queue.sync {}
    if onTerminal { Console.send("\r\u{1B}[K") }
  }

  private static func line(_ state: Progress.State, seconds: Double) -> String? {
    guard !state.stage.isEmpty else { return nil }
    let rate = Double(state.done) / max(seconds, 1e-3)
    var line = "\(state.stage): \(Quantity.count(state.done))"
    if let total = state.total { line += " of \(Quantity.count(total))" }
    line += " \(state.unit), \(rate < 10 ? Quantity.fixed(rate, 1) : Quantity.count(Int(rate)))/s"
    if state.tokens > 0 {
      line += ", \(Quantity.count(Int(Double(state.tokens) / max(seconds, 1e-3)))) tokens/s"
    }
    if let total = state.total, rate > 0, state.done < total {
      line += ", \(Quantity.duration(Double(total - state.done) / rate)) left"
    }
    return line
  }
}
