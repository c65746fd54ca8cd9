internal import TandemTokenizer

/// Token ids as people write them.
enum TokenIDs {
  /// Ids apart by blanks, line ends, commas or brackets.
  ///
  /// - Parameters:
  ///   - text: the ids.
  ///   - file: where they come from, for errors.
  ///   - option: the option that asks for ids.
  /// - Throws: ``TokenizerError``.
  static func parse(_ text: String, file: String = "", option: String) throws -> [Int32] {
    let separators = Array(" \t\r\n,[]".utf8)
    return try text.utf8.split { separators.contains($0) }.map { word in
      guard let id = Int32(Substring(word)) else {
        throw TokenizerError(file, "\(option) takes ids, whole numbers of 32 bits")
      }
      return id
    }
  }
}
