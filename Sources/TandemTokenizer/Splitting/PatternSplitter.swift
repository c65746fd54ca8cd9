internal import CPCRE2

/// Splits text by any pattern, with PCRE2's compiler to machine code.
///
/// Its Unicode tables are the system library's. Immutable once made; every call has match data of its own.
final class PatternSplitter: Sendable {
  /// The pattern as it was given.
  let pattern: String
  // Never changed after `init`, and PCRE2 only reads it.
  private nonisolated(unsafe) let code: OpaquePointer

  /// Compiles a pattern; nil when PCRE2 cannot.
  init?(_ pattern: String) {
    var status: Int32 = 0
    var offset = 0
    var text = pattern
    let code = text.withUTF8 { utf8 in
      pcre2_compile_8(utf8.baseAddress, utf8.count, CPCRE2_COMPILE_OPTIONS, &status, &offset, nil)
    }
    guard let code else { return nil }
    // Without the compiler the same code is interpreted.
    _ = pcre2_jit_compile_8(code, CPCRE2_JIT)
    self.pattern = pattern
    self.code = code
  }

  deinit { pcre2_code_free_8(code) }

  /// The ends of the pieces of well-formed UTF-8: every match is one, and so is what lies between matches.
  ///
  /// Where the engine gives up, the rest is one piece.
  func ends(in text: Span<UInt8>) -> [Int] {
    guard !text.isEmpty, let data = pcre2_match_data_create_8(1, nil) else { return [text.count] }
    defer { pcre2_match_data_free_8(data) }
    var ends: [Int] = []
    text.withUnsafeBufferPointer { bytes in
      var from = 0
      var done = 0
      while from < bytes.count {
        let status = pcre2_match_8(
          code, bytes.baseAddress, bytes.count, from, CPCRE2_MATCH_OPTIONS, data, nil)
        guard status >= 1, let offsets = pcre2_get_ovector_pointer_8(data) else { break }
        let (start, end) = (offsets[0], offsets[1])
        if start > done { ends.append(start) }
        if end > start { ends.append(end) }
        done = max(start, end)
        from = end > start ? end : end + (end < bytes.count ? Self.length(of: bytes[end]) : 1)
      }
      if done < bytes.count { ends.append(bytes.count) }
    }
    return ends
  }

  private static func length(of lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }
}
