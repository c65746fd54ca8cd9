/// A safetensors file: named tensors, mapped into memory.
package struct SafetensorsFile: Sendable {
  /// The tensors, sorted by name.
  package let entries: [TensorEntry]
  /// The strings of `__metadata__`.
  package let metadata: [String: String]
  private let file: MappedFile

  /// Maps a file and checks all of its header; the tensors' bytes are not read.
  ///
  /// - Throws: ``ModelError`` naming the file, and the tensor where one is at fault.
  package init(_ path: String) throws(ModelError) {
    file = try MappedFile(path)
    let header = try file.withBytes { bytes throws(ModelError) in
      try SafetensorsHeader(bytes, file: path)
    }
    entries = header.entries
    metadata = header.metadata
  }

  /// The path, as the user would name it.
  package var path: String { file.path }

  /// The tensor of a name; nil when there is none.
  package func entry(_ name: String) -> TensorEntry? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].name.utf8.lexicographicallyPrecedes(name.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < entries.count && entries[low].name == name ? entries[low] : nil
  }

  /// Gives a tensor's bytes, which may be unaligned, to `body`.
  package func withBytes<Result, Failure: Error>(
    of entry: TensorEntry, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try file.withBytes { bytes throws(Failure) in
      try body(UnsafeRawBufferPointer(rebasing: bytes[entry.range]))
    }
  }

  /// Gives the memory of a tensor's bytes back; they can be read again.
  package func forget(_ entry: TensorEntry) {
    file.forget(entry.range)
  }
}
