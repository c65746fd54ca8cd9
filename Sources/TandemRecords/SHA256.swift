internal import CCrypto

/// SHA-256 over bytes that arrive in pieces.
package struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// An empty digest.
  package init() {
    // Fails only without memory, and then nothing else can go on either.
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      fatalError("libcrypto offers no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// Ends the digest: 32 bytes.
  package consuming func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { bytes, count in
      EVP_DigestFinal_ex(context, bytes.baseAddress, nil)
      count = 32
    }
  }

  /// The digest of bytes at hand, in lower-case hexadecimal digits.
  package static func hex(of bytes: some Sequence<UInt8>) -> String {
    var digest = SHA256()
    let bytes = Array(bytes)
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.finish().hex
  }
}

extension Sequence<UInt8> {
  /// Two lower-case hexadecimal digits a byte.
  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
