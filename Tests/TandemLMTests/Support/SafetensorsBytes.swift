import Foundation

@testable import TandemLM

/// Safetensors files made by hand, well-formed or not.
enum SafetensorsBytes {
  /// A file with this header text, its true length or another, and so many bytes of data.
  static func file(_ header: String, data: Int = 0, length: UInt64? = nil) -> Data {
    var bytes = Data()
    withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) {
      bytes.append(contentsOf: $0)
    }
    bytes.append(Data(header.utf8))
    bytes.append(Data((0..<data).map { UInt8(truncatingIfNeeded: $0) }))
    return bytes
  }

  /// A file as the writer makes it.
  static func file(_ tensors: [SafetensorsWriter.Tensor]) throws -> Data {
    var bytes = Data()
    try SafetensorsWriter.write(tensors) { bytes.append(contentsOf: $0) }
    return bytes
  }
}
