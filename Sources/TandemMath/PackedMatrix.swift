internal import CKernels

/// A weight matrix of [outputs, inputs], repacked for the kernels when it is made and immutable from then on.
///
/// Every output of a product is one chain of fused multiply-adds over the inputs in increasing order. So a row of a product is the
/// same bits whatever other rows are computed with it, by however many threads, and at whatever `KernelLevel`.
package final class PackedMatrix: Sendable {
  /// How weights are kept.
  package enum Storage: Sendable, CaseIterable {
    /// 4 bytes a weight, exact.
    case float32
    /// 2 bytes a weight; exact for bfloat16 checkpoints, others are rounded to nearest.
    case bfloat16
    /// 1 byte a weight and a float32 scale for every 32 inputs of an output (1.125 bytes in all).
    ///
    /// A weight is off by at most half a step, 1/254 of the greatest magnitude of its 32.
    case int8
  }

  package let outputs: Int
  package let inputs: Int
  package let storage: Storage
  private let memory: AlignedMemory

  /// Packs tensors of [rows, inputs], one below the other, with all the workers.
  ///
  /// Stacking matrices that are applied to the same inputs (queries, keys and values; gate and up) makes one product of
  /// several.
  ///
  /// - Parameters:
  ///   - parts: the tensors; the rows of all of them are the outputs.
  ///   - inputs: elements of a row.
  ///   - storage: how to keep them.
  ///   - workers: share the packing.
  /// - Throws: `TensorSizeError` for a part whose bytes are not rows times inputs, `MemoryError`.
  package init(_ parts: [TensorBytes], inputs: Int, storage: Storage, workers: Workers) throws {
    for part in parts {
      let (elements, overflow) = part.rows.multipliedReportingOverflow(by: inputs)
      let (bytes, more) = elements.multipliedReportingOverflow(by: part.element.size)
      guard !overflow, !more, bytes == part.bytes.count, part.rows >= 0, inputs >= 0 else {
        throw TensorSizeError(expected: overflow || more ? .max : bytes, found: part.bytes.count)
      }
    }
    self.inputs = inputs
    self.storage = storage
    outputs = parts.reduce(0) { $0 + $1.rows }
    let blockBytes = ck_block_bytes(storage.kernelValue, inputs)
    let blocks = (outputs + blockOutputs - 1) / blockOutputs
    let (byteCount, overflow) = blocks.multipliedReportingOverflow(by: blockBytes)
    memory = try AlignedMemory(byteCount: overflow ? .max : byteCount)
    let layout = BlockSources(parts: parts, inputs: inputs)
    let (base, kind) = (memory.base, storage.kernelValue)
    workers.split(blocks, cost: blockOutputs * inputs) { range, _ in
      for block in range {
        layout.pack(block: block, storage: kind, into: base + block * blockBytes)
      }
    }
  }

  /// The bytes that the weights take.
  package var byteCount: Int { memory.byteCount }

  /// Writes the weights of one output, as the products see them, to `row`: with tied embeddings, a token's embedding.
  package func copyRow(_ output: Int, to row: UnsafeMutableBufferPointer<Float>) {
    precondition(output >= 0 && output < outputs, "row \(output) of \(outputs)")
    precondition(row.count == inputs, "\(row.count) floats for a row of \(inputs)")
    guard let start = row.baseAddress else { return }
    let kind = storage.kernelValue
    let block = memory.base + output / blockOutputs * ck_block_bytes(kind, inputs)
    ck_unpack_row(kind, block, output % blockOutputs, inputs, start)
  }

  var description: ck_matrix {
    let kind = storage.kernelValue
    return ck_matrix(
      blocks: UnsafeRawPointer(memory.base), block_bytes: ck_block_bytes(kind, inputs),
      outputs: outputs, inputs: inputs, storage: kind)
  }
}

extension PackedMatrix.Storage {
  var kernelValue: ck_storage {
    switch self {
    case .float32: .float32
    case .bfloat16: .bfloat16
    case .int8: .int8
    }
  }
}

/// Outputs of a panel, the lanes of the widest vector.
let lanes = Int(ck_lanes)

/// Outputs that are stored together.
private let blockOutputs = Int(ck_lanes * ck_block_panels)

/// Finds the rows of a block in several tensors.
private struct BlockSources {
  let parts: [TensorBytes]
  let inputs: Int

  /// Packs one block, the rows of one part after those of the other.
  func pack(block: Int, storage: ck_storage, into memory: UnsafeMutableRawPointer) {
    let wanted = block * blockOutputs..<(block + 1) * blockOutputs
    var first = 0
    for part in parts {
      let range = (first..<first + part.rows).clamped(to: wanted)
      defer { first += part.rows }
      guard !range.isEmpty, let start = part.bytes.baseAddress else { continue }
      ck_pack_rows(
        storage, part.element.kernelValue,
        start + (range.lowerBound - first) * inputs * part.element.size,
        range.lowerBound - wanted.lowerBound, range.count, inputs, memory)
    }
  }
}
