internal import TandemLM

/// One layer: x += output(attention(norm(x))), then x += down(swiglu(gateUp(norm(x)))).
struct DecoderLayer {
  let inputNorm: RMSNorm
  let queryKeyValue: Linear
  /// Norms of every head of q and of k, where the architecture has them.
  let headNorms: (query: RMSNorm, key: RMSNorm)?
  let attention: Attention
  let output: Linear
  let postNorm: RMSNorm
  let gateUp: Linear
  let down: Linear
}

/// What all layers of one pass share.
struct LayerPass {
  let positions: [Int]
  let sequences: [Range<Int>]
  let rotary: Rotary
  let scratch: Workspace.Scratch
  let usesAdapter: Bool
  let workers: Workers
}

extension DecoderLayer {
  /// - Parameters:
  ///   - x: the residual stream, `[rows, hidden]`.
  ///   - memory: receives what the way back needs.
  ///   - y: the stream behind the layer; nil when it is known already.
  func forward(_ x: Matrix, memory: Workspace.Layer, into y: Matrix?, _ pass: LayerPass) {
    let (scratch, workers) = (pass.scratch, pass.workers)
    func inner(_ stack: ProjectionStack) -> Matrix? {
      pass.usesAdapter ? memory.inner[stack] : nil
    }
    inputNorm.forward(x, inverse: memory.inputInverse, into: scratch.normed, workers)
    queryKeyValue.forward(
      scratch.normed, u: inner(.queryKeyValue), into: memory.queryKeyValue, workers)
    let queryKey = memory.queryKeyValue.columns(0..<attention.queryWidth + attention.keyWidth)
    if headNorms != nil {
      memory.rawQueryKey.copy(queryKey)
      forEachHead(queryKey, memory) { norm, head, _, inverse in
        norm.forward(head, inverse: inverse, into: head, workers)
      }
    }
    pass.rotary.forward(queryKey, positions: pass.positions, workers)
    attention.forward(
      memory.queryKeyValue, sequences: pass.sequences, scratch: scratch.lanes,
      into: memory.attended, logSums: memory.logSums, workers)
    memory.middle.copy(x)
    output.forward(
      memory.attended, u: inner(.output), into: memory.middle, adding: true, workers)
    postNorm.forward(memory.middle, inverse: memory.postInverse, into: scratch.normed, workers)
    gateUp.forward(scratch.normed, u: inner(.gateUp), into: memory.gateUp, workers)
    SwiGLU.forward(memory.gateUp, into: scratch.activated, workers)
    if let y {
      y.copy(memory.middle)
      down.forward(scratch.activated, u: inner(.down), into: y, adding: true, workers)
    } else if let adapter = down.adapter, let u = inner(.down) {
      adapter.forward(scratch.activated, into: u, workers)
    }
  }

  /// - Parameters:
  ///   - d: dL/dy, replaced by dL/dx, `[rows, hidden]`.
  ///   - x: the stream before the layer.
  ///   - isFirst: whether nobody needs dL/dx.
  func backward(_ d: Matrix, x: Matrix, memory: Workspace.Layer, isFirst: Bool, _ pass: LayerPass) {
    let (scratch, workers) = (pass.scratch, pass.workers)
    func back(_ layer: Linear, _ stack: ProjectionStack, _ dy: Matrix, into dx: Matrix?) {
      guard let du = scratch.dInner[stack] else { return }
      layer.backward(dy, du: du, into: dx, workers)
    }
    func addGradients(_ layer: Linear, _ stack: ProjectionStack, _ dy: Matrix, x: Matrix) {
      guard let u = memory.inner[stack], let du = scratch.dInner[stack] else { return }
      layer.addGradients(dy, x: x, u: u, du: du, workers)
    }
    let activated = scratch.activated
    back(down, .down, d, into: activated)
    SwiGLU.backward(activated, gateUp: memory.gateUp, into: scratch.dGateUp, workers)
    addGradients(down, .down, d, x: activated)
    back(gateUp, .gateUp, scratch.dGateUp, into: scratch.dNormed)
    postNorm.again(memory.middle, inverse: memory.postInverse, into: scratch.normed, workers)
    addGradients(gateUp, .gateUp, scratch.dGateUp, x: scratch.normed)
    postNorm.backward(
      scratch.dNormed, x: memory.middle, inverse: memory.postInverse, into: d, adding: true,
      workers)

    back(output, .output, d, into: scratch.dAttended)
    addGradients(output, .output, d, x: memory.attended)
    attention.backward(
      scratch.dAttended, qkv: memory.queryKeyValue, output: memory.attended,
      logSums: memory.logSums, sequences: pass.sequences, scratch: scratch.lanes,
      into: scratch.dQueryKeyValue, workers)
    let dQueryKey = scratch.dQueryKeyValue.columns(
      0..<attention.queryWidth + attention.keyWidth)
    pass.rotary.backward(dQueryKey, positions: pass.positions, workers)
    if headNorms != nil {
      forEachHead(dQueryKey, memory) { norm, head, raw, inverse in
        norm.backward(head, x: raw, inverse: inverse, into: head, adding: false, workers)
      }
    }
    back(
      queryKeyValue, .queryKeyValue, scratch.dQueryKeyValue,
      into: isFirst ? nil : scratch.dNormed)
    inputNorm.again(x, inverse: memory.inputInverse, into: scratch.normed, workers)
    addGradients(queryKeyValue, .queryKeyValue, scratch.dQueryKeyValue, x: scratch.normed)
    guard !isFirst else { return }
    inputNorm.backward(
      scratch.dNormed, x: x, inverse: memory.inputInverse, into: d, adding: true, workers)
  }

  /// Every head of q and k with its norm, what it was before, and its inverses.
  private func forEachHead(
    _ queryKey: Matrix, _ memory: Workspace.Layer,
    _ body: (_ norm: RMSNorm, _ head: Matrix, _ raw: Matrix, _ inverse: Matrix) -> Void
  ) {
    guard let headNorms else { return }
    for head in 0..<attention.heads + attention.keyValueHeads {
      let columns = head * attention.headSize..<(head + 1) * attention.headSize
      body(
        head < attention.heads ? headNorms.query : headNorms.key, queryKey.columns(columns),
        memory.rawQueryKey.columns(columns), memory.headInverse.columns(head..<head + 1))
    }
  }
}
