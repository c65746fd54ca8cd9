internal import CKernels

/// The number types that checkpoints store weights in.
package enum ElementType: Sendable {
  case float32
  case bfloat16
  case float16

  /// Bytes of one element.
  package var size: Int {
    switch self {
    case .float32: 4
    case .bfloat16, .float16: 2
    }
  }

  var kernelValue: ck_element {
    switch self {
    case .float32: .float32
    case .bfloat16: .bfloat16
    case .float16: .float16
    }
  }
}

/// A tensor as a checkpoint stores it: `rows` rows of equally many little-endian elements, without gaps, at any alignment.
package struct TensorBytes {
  package let bytes: UnsafeRawBufferPointer
  package let element: ElementType
  package let rows: Int

  package init(_ bytes: UnsafeRawBufferPointer, element: ElementType, rows: Int) {
    self.bytes = bytes
    self.element = element
    self.rows = rows
  }
}

/// A tensor has another number of bytes than its shape says.
package struct TensorSizeError: Error, CustomStringConvertible {
  package let expected: Int
  package let found: Int

  package var description: String { "the tensor has \(found) bytes instead of \(expected)" }
}
