internal import TandemLM

/// softmax(q k^T / sqrt(headSize)) v, each query over the keys up to its own position of its own sequence.
///
/// Several query heads share a head of keys and values. Sequences lie one after another without padding; one sequence
/// and head is a piece of work, in which blocks of queries meet all keys that they may see.
/// Probabilities are not kept: the way back makes them again from the logarithms of their sums (Dao and others,
/// https://arxiv.org/abs/2205.14135).
struct Attention {
  let heads: Int
  let keyValueHeads: Int
  let headSize: Int

  /// The width of q, and of the result.
  var queryWidth: Int { heads * headSize }
  /// The width of k, and of v.
  var keyWidth: Int { keyValueHeads * headSize }

  init(_ configuration: ModelConfiguration) {
    heads = configuration.headCount
    keyValueHeads = configuration.keyValueHeadCount
    headSize = configuration.headSize
  }

  /// Memory of one lane: two blocks of scores.
  func scratchSize(longest: Int) -> Int { 2 * Self.blockRows * longest }

  /// - Parameters:
  ///   - qkv: q, k, v side by side, `[rows, queryWidth + 2 * keyWidth]`.
  ///   - sequences: the rows of each sequence.
  ///   - scratch: one row of ``scratchSize(longest:)`` a lane.
  ///   - output: `[rows, queryWidth]`.
  ///   - logSums: ln of the sum of e^score of every row and head, for the way back, `[rows, heads]`.
  func forward(
    _ qkv: Matrix, sequences: [Range<Int>], scratch: Matrix, into output: Matrix, logSums: Matrix,
    _ workers: Workers
  ) {
    forEachPiece(sequences, workers) { sequence, head, lane in
      let (q, k, v) = parts(of: qkv.rows(sequence), head)
      let output = output.rows(sequence).columns(columns(head))
      forEachBlock(sequence.count) { block in
        let seen = 0..<block.upperBound
        let scores = Matrix.block(scratch, lane, 0, block.count, seen.count)
        BLAS.multiply(
          q.rows(block), k.rows(seen).transposed, scale: scale, into: scores)
        for (index, row) in block.enumerated() {
          let values = scores.row(index)
          let largest = Rows.maximum(values, row + 1)
          let sum = Rows.exponentiate(values, minus: largest, row + 1)
          for column in 0...row { values[column] /= sum }
          (values + row + 1).update(repeating: 0, count: seen.count - row - 1)
          logSums.row(sequence.lowerBound + row)[head] = largest + sum.logarithm
        }
        BLAS.multiply(scores, v.rows(seen), into: output.rows(block))
      }
    }
  }

  /// With p the probabilities: dv = p^T do, ds = p * (do v^T - sum(do * o)), dq = ds k / sqrt(headSize),
  /// dk = ds^T q / sqrt(headSize).
  ///
  /// - Parameters:
  ///   - dOutput: `[rows, queryWidth]`.
  ///   - keyValues: memory for dk and dv of every query head, `[rows, 2 * queryWidth]`.
  ///   - dQKV: `[rows, queryWidth + 2 * keyWidth]`.
  func backward(
    _ dOutput: Matrix, qkv: Matrix, output: Matrix, logSums: Matrix, sequences: [Range<Int>],
    scratch: Matrix, keyValues: Matrix, into dQKV: Matrix, _ workers: Workers
  ) {
    forEachPiece(sequences, workers) { sequence, head, lane in
      let (q, k, v) = parts(of: qkv.rows(sequence), head)
      let dq = dQKV.rows(sequence).columns(columns(head))
      let output = output.rows(sequence).columns(columns(head))
      let dOutput = dOutput.rows(sequence).columns(columns(head))
      let dk = keyValues.rows(sequence).columns(columns(head))
      let dv = keyValues.rows(sequence).columns(columns(heads + head))
      dk.fill(0)
      dv.fill(0)
      forEachBlock(sequence.count) { block in
        let seen = 0..<block.upperBound
        let p = Matrix.block(scratch, lane, 0, block.count, seen.count)
        let ds = Matrix.block(scratch, lane, 1, block.count, seen.count)
        BLAS.multiply(q.rows(block), k.rows(seen).transposed, scale: scale, into: p)
        BLAS.multiply(dOutput.rows(block), v.rows(seen).transposed, into: ds)
        for (index, row) in block.enumerated() {
          let (p, ds) = (p.row(index), ds.row(index))
          _ = Rows.exponentiate(
            p, minus: logSums.row(sequence.lowerBound + row)[head], row + 1)
          let shift = Rows.dot(dOutput.row(row), output.row(row), headSize)
          for column in 0...row { ds[column] = p[column] * (ds[column] - shift) }
          (p + row + 1).update(repeating: 0, count: seen.count - row - 1)
          (ds + row + 1).update(repeating: 0, count: seen.count - row - 1)
        }
        BLAS.multiply(
          p.transposed, dOutput.rows(block), into: dv.rows(seen), adding: true)
        BLAS.multiply(ds, k.rows(seen), scale: scale, into: dq.rows(block))
        BLAS.multiply(
          ds.transposed, q.rows(block), scale: scale, into: dk.rows(seen), adding: true)
      }
    }
    gather(keyValues, into: dQKV, workers)
  }

  /// Sums dk and dv of the query heads that share a head, in their order.
  private func gather(_ keyValues: Matrix, into dQKV: Matrix, _ workers: Workers) {
    let group = heads / keyValueHeads
    workers.forEachRange(of: dQKV.rows, size: 64) { rows, _ in
      for row in rows {
        for part in 0..<2 {
          for head in 0..<keyValueHeads {
            let target = dQKV.row(row) + queryWidth + (part * keyValueHeads + head) * headSize
            let source = keyValues.row(row) + (part * heads + head * group) * headSize
            target.update(from: source, count: headSize)
            for other in 1..<max(group, 1) {
              Rows.add(source + other * headSize, to: target, headSize)
            }
          }
        }
      }
    }
  }

  private var scale: Float { 1 / Float(headSize).squareRoot() }

  private func columns(_ head: Int) -> Range<Int> {
    head * headSize..<(head + 1) * headSize
  }

  private func parts(of qkv: Matrix, _ head: Int) -> (q: Matrix, k: Matrix, v: Matrix) {
    let shared = heads + head / (heads / keyValueHeads)
    return (
      qkv.columns(columns(head)), qkv.columns(columns(shared)),
      qkv.columns(columns(shared + keyValueHeads))
    )
  }

  private func forEachPiece(
    _ sequences: [Range<Int>], _ workers: Workers,
    _ body: (_ sequence: Range<Int>, _ head: Int, _ lane: Int) -> Void
  ) {
    workers.forEach(sequences.count * heads) { index, lane in
      body(sequences[index / heads], index % heads, lane)
    }
  }

  private func forEachBlock(_ count: Int, _ body: (Range<Int>) -> Void) {
    for start in stride(from: 0, to: count, by: Self.blockRows) {
      body(start..<min(start + Self.blockRows, count))
    }
  }

  private static let blockRows = 128
}
