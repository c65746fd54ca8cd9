internal import Glibc
internal import TandemLM

/// Turns pairs of elements of q and k by angles that grow with the position.
///
/// Su and others, https://arxiv.org/abs/2104.09864; element j is paired with j + headSize / 2.
struct Rotary {
  /// Cosines, then sines, of one position, `[positions, headSize]`.
  private let table: Matrix
  private let headSize: Int

  /// The angles of the positions below `positions`.
  init(_ configuration: ModelConfiguration, positions: Int) throws(TrainingError) {
    headSize = configuration.headSize
    table = try Matrix(rows: positions, columns: headSize)
    let scaling = configuration.rotaryScaling
    let frequencies = scaling.inverseFrequencies(
      theta: configuration.rotaryTheta, headSize: headSize)
    for position in 0..<positions {
      let row = table.row(position)
      for (index, frequency) in frequencies.enumerated() {
        let angle = Double(position) * frequency
        row[index] = Float(cos(angle) * scaling.attentionFactor)
        row[index + headSize / 2] = Float(sin(angle) * scaling.attentionFactor)
      }
    }
  }

  /// With (a, b) a pair: a' = a cos - b sin, b' = b cos + a sin; in place.
  ///
  /// - Parameters:
  ///   - x: heads side by side, `[rows, heads * headSize]`.
  ///   - positions: of every row.
  func forward(_ x: Matrix, positions: [Int], _ workers: Workers) {
    turn(x, positions, sign: 1, workers)
  }

  /// The turn is orthogonal up to a factor, so that dx is dy turned back; in place.
  func backward(_ dy: Matrix, positions: [Int], _ workers: Workers) {
    turn(dy, positions, sign: -1, workers)
  }

  private func turn(_ x: Matrix, _ positions: [Int], sign: Float, _ workers: Workers) {
    let half = headSize / 2
    workers.forEachRange(of: x.rows, size: 64) { rows, _ in
      for row in rows {
        let (cosines, sines) = (table.row(positions[row]), table.row(positions[row]) + half)
        for head in stride(from: 0, to: x.columns, by: headSize) {
          let (a, b) = (x.row(row) + head, x.row(row) + head + half)
          for index in 0..<half {
            let (first, second, sine) = (a[index], b[index], sign * sines[index])
            a[index] = first * cosines[index] - second * sine
            b[index] = second * cosines[index] + first * sine
          }
        }
      }
    }
  }
}
