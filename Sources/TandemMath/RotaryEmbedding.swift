internal import CKernels
internal import Glibc

/// Rotary position embedding in the form of halves: dimensions i and i + half of a head are turned together.
///
/// The angle of dimension i at position p is the float32 product p * inverseFrequencies[i]; scalings of the frequencies are the
/// caller's.
package struct RotaryEmbedding: Sendable {
  /// Half of a head's dimensions.
  package let half: Int
  /// Positions that the table covers.
  package let positions: Int
  private let memory: AlignedMemory

  /// Computes cosines and sines of all angles.
  ///
  /// - Parameters:
  ///   - inverseFrequencies: one for every pair of dimensions.
  ///   - positions: how many positions to prepare.
  ///   - attentionFactor: multiplies cosines and sines.
  /// - Throws: `MemoryError`.
  package init(inverseFrequencies: [Float], positions: Int, attentionFactor: Float = 1) throws {
    half = inverseFrequencies.count
    self.positions = positions
    memory = try AlignedMemory(byteCount: 8 * half * positions)
    let table = memory.base.bindMemory(to: Float.self, capacity: 2 * half * positions)
    for position in 0..<positions {
      let row = table + position * 2 * half
      for (i, frequency) in inverseFrequencies.enumerated() {
        let angle = Double(Float(position) * frequency)
        row[i] = Float(cos(angle)) * attentionFactor
        row[half + i] = Float(sin(angle)) * attentionFactor
      }
    }
  }

  /// Turns, in place, every head of every row: x is [rows, heads * 2 * half], row r at position `positions[r]`.
  package func rotate(_ x: Rows, positions: UnsafeBufferPointer<Int32>, on workers: Workers) {
    precondition(positions.count == x.count, "\(positions.count) positions for \(x.count) rows")
    precondition(half > 0 && x.width % (2 * half) == 0, "heads of \(2 * half) in \(x.width)")
    let kernels = workers.kernels
    let table = memory.base.assumingMemoryBound(to: Float.self)
    workers.split(x.count, cost: 4 * x.width) { range, _ in
      for row in range {
        let position = Int(positions[row])
        precondition(position >= 0 && position < self.positions, "position \(position)")
        let angles = table + position * 2 * half
        for head in 0..<x.width / (2 * half) {
          kernels.pointee.rotate(x.pointer(row) + head * 2 * half, angles, angles + half, half)
        }
      }
    }
  }
}
