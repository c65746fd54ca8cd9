/// Where one tensor stands in a safetensors file.
package struct TensorEntry: Hashable, Sendable {
  /// The name, which is unique in its file.
  package let name: String
  /// The type of its numbers.
  package let type: TensorType
  /// The sizes, the slowest varying first; empty for a single number.
  package let shape: [Int]
  /// Its bytes in the file.
  package let range: Range<Int>

  /// The number of numbers.
  package var elementCount: Int { range.count / type.size }
}
