/// Finds stop strings in a text that comes in pieces.
///
/// Only the end of the text that could still become a stop string is held back.
package struct StopFilter: Sendable {
  private let stops: [[UInt8]]
  private var held: [UInt8] = []
  /// Whether a stop string was found; nothing comes through any more.
  package private(set) var isStopped = false

  /// A filter for stop strings; empty ones count for nothing.
  package init(_ stops: [String]) {
    self.stops = stops.map { Array($0.utf8) }.filter { !$0.isEmpty }
  }

  /// Takes a piece and gives the text that is certain to come before any stop string.
  package mutating func append(_ piece: String) -> String {
    guard !isStopped else { return "" }
    held += piece.utf8
    if let start = earliestStop() {
      isStopped = true
      defer { held.removeAll() }
      return String(decoding: held[..<start], as: UTF8.self)
    }
    let ready = held.count - longestBeginning()
    defer { held.removeFirst(ready) }
    return String(decoding: held[..<ready], as: UTF8.self)
  }

  /// Gives what was held back at the end of the text.
  package mutating func finish() -> String {
    defer { held.removeAll() }
    return String(decoding: held, as: UTF8.self)
  }

  /// Where the first stop string in the held text begins.
  private func earliestStop() -> Int? {
    held.indices.first { start in
      stops.contains { held[start...].starts(with: $0) }
    }
  }

  /// The length of the longest end of the held text that is the beginning of a stop string.
  private func longestBeginning() -> Int {
    let start = held.indices.first { start in
      stops.contains { $0.starts(with: held[start...]) }
    }
    return start.map { held.count - $0 } ?? 0
  }
}
