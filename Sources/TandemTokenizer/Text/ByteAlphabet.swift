/// The printable alphabet in which byte-level vocabularies spell bytes.
///
/// Printable Latin-1 stands for itself; the other 68 bytes are U+0100 and up, in order (GPT-2's `bytes_to_unicode`).
enum ByteAlphabet {
  /// The UTF-8 spelling of every byte.
  static let spellings: [[UInt8]] = scalars.map { Array(String(Character($0)).utf8) }

  private static let scalars: [Unicode.Scalar] = {
    var next: UInt8 = 0
    return (UInt8.min...UInt8.max).map { byte in
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return Unicode.Scalar(byte)
      default:
        defer { next += 1 }
        return Unicode.Scalar(UInt16(0x100) + UInt16(next)) ?? Unicode.Scalar(byte)
      }
    }
  }()

  /// The byte of every scalar below U+0144; nil where it spells none.
  private static let bytes: [UInt8?] = {
    var bytes = [UInt8?](repeating: nil, count: 0x144)
    for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar.value)] = UInt8(byte) }
    return bytes
  }()

  /// Appends the spelling of bytes.
  static func spell(_ bytes: some Sequence<UInt8>, into spelling: inout [UInt8]) {
    for byte in bytes { spelling.append(contentsOf: spellings[Int(byte)]) }
  }

  /// The bytes that a spelling stands for; the text's own bytes when it has a character outside the alphabet.
  static func bytes(spelledBy text: String) -> [UInt8] {
    var result: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard scalar.value < 0x144, let byte = bytes[Int(scalar.value)] else {
        return Array(text.utf8)
      }
      result.append(byte)
    }
    return result
  }
}
