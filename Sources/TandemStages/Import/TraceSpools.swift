internal import TandemRecords
internal import TandemShards

/// Traces put aside by the part that their problem stands in, until each part can be put in order.
struct TraceSpools: ~Copyable {
  private let folder: String
  private var writers: [PartSpool?]
  private(set) var rows = 0

  /// Holds a spool of one part; boxed, since arrays hold no unique values.
  private final class PartSpool {
    var spool: Spool<Trace>

    init(_ part: Int, in folder: String) throws {
      spool = try Spool("traces-\(part)", in: folder)
    }
  }

  init(parts: Int, in folder: String) {
    self.folder = folder
    writers = (0..<parts).map { _ in nil }
  }

  /// Adds a trace to its part.
  mutating func write(_ trace: Trace, to part: Int) throws {
    if writers[part] == nil { writers[part] = try PartSpool(part, in: folder) }
    try writers[part]?.spool.write(trace)
    rows += 1
  }

  /// The traces of a part in the order of arrival; held in memory.
  func traces(of part: Int) throws -> [Trace] {
    guard let spool = writers[part] else { return [] }
    var reader = try spool.spool.read()
    var traces: [Trace] = []
    while let trace = try reader.next() { traces.append(trace) }
    return traces
  }
}
