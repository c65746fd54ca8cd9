internal import Dispatch
internal import TandemTraining

/// Shows how far a training run is: one changing line on a terminal, now and then a line elsewhere.
struct TrainDisplay {
  private let name: String
  private let onTerminal = Console.isTerminal
  private var total = 0
  private var first = 0
  private var tokens = 0
  private var start = DispatchTime.now()
  private var lastShown: Double?

  init(name: String) {
    self.name = name
  }

  /// Shows what happened.
  mutating func show(_ event: TrainingEvent) {
    switch event {
    case .begins(let steps, let from, let memory):
      (total, first, start) = (steps, from, .now())
      let going = from > 0 ? ", going on behind step \(Quantity.count(from))" : ""
      note(
        "train \(name): \(Quantity.count(steps, of: "step"))\(going); at most \(Quantity.bytes(memory.total)) of memory"
      )
    case .warning(let warning): note("train \(name): warning: \(warning)")
    case .scoring(let sequences):
      note("train \(name): logprobs of \(Quantity.count(sequences, of: "sequence")) come first")
    case .saved: break
    case .step(let metrics):
      tokens += metrics.tokens
      let seconds = elapsed
      if let lastShown, seconds - lastShown < (onTerminal ? 0.2 : 10), metrics.step < total {
        return
      }
      lastShown = seconds
      let line = line(metrics, seconds: seconds)
      Console.send(onTerminal ? "\r\u{1B}[K\(line)" : "\(line)\n")
    }
  }

  /// Ends the line.
  func stop() {
    if onTerminal, lastShown != nil { Console.send("\n") }
  }

  private var elapsed: Double {
    Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
  }

  private func note(_ text: String) {
    Console.note((onTerminal ? "\r\u{1B}[K" : "") + text)
  }

  private func line(_ metrics: StepMetrics, seconds: Double) -> String {
    let rate = Double(tokens) / max(seconds, 1e-3)
    var parts = [
      "train \(name): step \(Quantity.count(metrics.step)) of \(Quantity.count(total))",
      "\(Quantity.count(Int(rate))) tokens/s", "loss \(Quantity.fixed(metrics.loss, 4))",
    ]
    if let value = metrics.referenceDivergence ?? metrics.behaviourDivergence {
      parts.append("KL \(Quantity.fixed(value, 4))")
    }
    if let value = metrics.effectiveShare { parts.append("ESS \(Quantity.fixed(value, 2))") }
    if metrics.meanRatio != nil {
      parts.append("clipped \(Quantity.fixed(100 * metrics.clippedShare, 1)) %")
    }
    parts.append("gradient \(Quantity.fixed(metrics.gradientNorm, 3))")
    let left = Double(total - metrics.step) * seconds / Double(max(metrics.step - first, 1))
    if metrics.step < total { parts.append("\(Quantity.duration(left)) left") }
    return parts.joined(separator: ", ")
  }
}
