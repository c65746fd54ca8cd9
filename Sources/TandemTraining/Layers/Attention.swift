internal import CElementwise
internal import TandemLM

/// softmax(q k^T / sqrt(headSize)) v, each query over the keys up to its own position of its own sequence.
///
/// Several query heads share a head of keys and values. Sequences lie one after another without padding; one sequence
/// and head of keys is a piece of work, in which blocks of queries, of all heads that share these keys, meet the keys
/// that they may see. The heads of a token stand side by side, so that a block is one matrix with a row for every token
/// and head.
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

  /// Memory of one lane: two blocks of scores, and four of queries and the like.
  func scratchSize(longest: Int) -> Int {
    blockTokens * group * (2 * longest + 4 * headSize)
  }

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
    forEachPiece(sequences, workers) { sequence, shared, lane in
      let (k, v) = keysAndValues(of: qkv.rows(sequence), shared)
      let output = output.rows(sequence).columns(queries(shared))
      let logSums = logSums.rows(sequence).columns(shared * group..<(shared + 1) * group)
      let q = qkv.rows(sequence).columns(queries(shared))
      forEachBlock(sequence.count) { tokens in
        var memory = Bump(scratch, lane)
        let seen = tokens.upperBound
        let query = memory.matrix(tokens.count * group, headSize)
        let result = memory.matrix(tokens.count * group, headSize)
        let scores = memory.matrix(tokens.count * group, seen)
        gather(q.rows(tokens), into: query)
        BLAS.multiply(query, k.rows(0..<seen).transposed, scale: scale, into: scores)
        for row in 0..<scores.rows {
          let token = tokens.lowerBound + row / group
          let values = scores.row(row)
          let largest = Rows.maximum(values, token + 1)
          let sum = Rows.exponentiate(values, minus: largest, token + 1)
          (values + token + 1).update(repeating: 0, count: seen - token - 1)
          let share = 1 / sum
          for column in 0...token { values[column] *= share }
          logSums.row(token)[row % group] = largest + sum.logarithm
        }
        BLAS.multiply(scores, v.rows(0..<seen), into: result)
        scatter(result, into: output.rows(tokens))
      }
    }
  }

  /// With p the probabilities: dv = p^T do, ds = p * (do v^T - sum(do * o)), dq = ds k / sqrt(headSize),
  /// dk = ds^T q / sqrt(headSize).
  ///
  /// - Parameters:
  ///   - dOutput: `[rows, queryWidth]`.
  ///   - dQKV: `[rows, queryWidth + 2 * keyWidth]`.
  func backward(
    _ dOutput: Matrix, qkv: Matrix, output: Matrix, logSums: Matrix, sequences: [Range<Int>],
    scratch: Matrix, into dQKV: Matrix, _ workers: Workers
  ) {
    forEachPiece(sequences, workers) { sequence, shared, lane in
      let (k, v) = keysAndValues(of: qkv.rows(sequence), shared)
      let (dk, dv) = keysAndValues(of: dQKV.rows(sequence), shared)
      dk.fill(0)
      dv.fill(0)
      let q = qkv.rows(sequence).columns(queries(shared))
      let dq = dQKV.rows(sequence).columns(queries(shared))
      let output = output.rows(sequence).columns(queries(shared))
      let dOutput = dOutput.rows(sequence).columns(queries(shared))
      let logSums = logSums.rows(sequence).columns(shared * group..<(shared + 1) * group)
      forEachBlock(sequence.count) { tokens in
        var memory = Bump(scratch, lane)
        let (rows, seen) = (tokens.count * group, tokens.upperBound)
        let query = memory.matrix(rows, headSize)
        let result = memory.matrix(rows, headSize)
        let dResult = memory.matrix(rows, headSize)
        let p = memory.matrix(rows, seen)
        let ds = memory.matrix(rows, seen)
        gather(q.rows(tokens), into: query)
        gather(output.rows(tokens), into: result)
        gather(dOutput.rows(tokens), into: dResult)
        BLAS.multiply(query, k.rows(0..<seen).transposed, scale: scale, into: p)
        BLAS.multiply(dResult, v.rows(0..<seen).transposed, into: ds)
        for row in 0..<rows {
          let token = tokens.lowerBound + row / group
          let shift = Rows.dot(dResult.row(row), result.row(row), headSize)
          ce_softmax_backward(
            p.row(row), ds.row(row), logSums.row(token)[row % group], shift, token + 1, seen)
        }
        BLAS.multiply(p.transposed, dResult, into: dv.rows(0..<seen), adding: true)
        BLAS.multiply(
          ds.transposed, query, scale: scale, into: dk.rows(0..<seen), adding: true)
        BLAS.multiply(ds, k.rows(0..<seen), scale: scale, into: result)
        scatter(result, into: dq.rows(tokens))
      }
    }
  }
}

// MARK: - Places

extension Attention {
  /// Query heads that share a head of keys and values.
  private var group: Int { heads / keyValueHeads }

  private var scale: Float { 1 / Float(headSize).squareRoot() }

  /// Tokens of a block: few, since half of the last keys of a block are not seen, but enough rows for a product.
  private var blockTokens: Int { max(256 / group / 16 * 16, 16) }

  /// The columns of the query heads that share a head of keys.
  private func queries(_ shared: Int) -> Range<Int> {
    shared * group * headSize..<(shared + 1) * group * headSize
  }

  private func keysAndValues(of qkv: Matrix, _ shared: Int) -> (k: Matrix, v: Matrix) {
    func columns(_ head: Int) -> Range<Int> { head * headSize..<(head + 1) * headSize }
    return (
      qkv.columns(columns(heads + shared)), qkv.columns(columns(heads + keyValueHeads + shared))
    )
  }

  private func forEachPiece(
    _ sequences: [Range<Int>], _ workers: Workers,
    _ body: (_ sequence: Range<Int>, _ shared: Int, _ lane: Int) -> Void
  ) {
    workers.forEach(sequences.count * keyValueHeads) { index, lane in
      body(sequences[index / keyValueHeads], index % keyValueHeads, lane)
    }
  }

  private func forEachBlock(_ count: Int, _ body: (Range<Int>) -> Void) {
    for start in stride(from: 0, to: count, by: blockTokens) {
      body(start..<min(start + blockTokens, count))
    }
  }

  /// From heads side by side, `[tokens, group * headSize]`, to one row a token and head.
  private func gather(_ source: Matrix, into rows: Matrix) {
    for token in 0..<source.rows {
      rows.row(token * group).update(from: source.row(token), count: source.columns)
    }
  }

  /// The way back of ``gather(_:into:)``.
  private func scatter(_ rows: Matrix, into target: Matrix) {
    for token in 0..<target.rows {
      target.row(token).update(from: rows.row(token * group), count: target.columns)
    }
  }
}
