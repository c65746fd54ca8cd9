internal import Synchronization
internal import TandemRecords
internal import TandemShards

/// Reads the frames of many parts in parallel, each row into its type.
package enum ParallelRead {
  /// What was read.
  package struct Total: Hashable, Sendable {
    package var rows = 0
    /// Bytes of the rows as JSON.
    package var bytes = 0
  }

  /// Frames that a thread takes at once: enough to spare opening files, few enough to share the end evenly.
  private static let batch = 4

  private struct Work: Sendable {
    var path: String
    var record: String
    var frames: Range<Int>
  }

  /// Reads every row of the parts.
  ///
  /// - Throws: `ShardError` naming a part that holds rows of no known kind, or the row that cannot be read.
  package static func count(_ paths: [String], threads: Int) throws -> Total {
    var work: [Work] = []
    for path in paths {
      let part = try PartReader(path)
      for start in stride(from: 0, to: part.frameCount, by: batch) {
        let end = min(start + batch, part.frameCount)
        work.append(Work(path: path, record: part.label.record, frames: start..<end))
      }
    }
    let totals = try Parallel.map(work, threads: threads) { work in
      switch work.record {
      case Problem.kind.name: try read(work, as: Problem.self)
      case Trace.kind.name: try read(work, as: Trace.self)
      case Grade.kind.name: try read(work, as: Grade.self)
      case Hint.kind.name: try read(work, as: Hint.self)
      case Finding.kind.name: try read(work, as: Finding.self)
      case Reward.kind.name: try read(work, as: Reward.self)
      case Example.kind.name: try read(work, as: Example.self)
      default: throw ShardError(work.path, "holds \(work.record) rows, which are not known here")
      }
    }
    return totals.reduce(into: Total()) {
      $0.rows += $1.rows
      $0.bytes += $1.bytes
    }
  }

  private static func read<Row: Record>(_ work: Work, as row: Row.Type) throws -> Total {
    var reader = try RowReader<Row>(work.path, frames: work.frames)
    var rows = 0
    while try reader.next() != nil { rows += 1 }
    return Total(rows: rows, bytes: reader.bytesRead)
  }
}
