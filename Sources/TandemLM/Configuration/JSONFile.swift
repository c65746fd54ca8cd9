internal import Glibc
internal import TandemJSON

/// A file with one JSON object, as models' folders hold them.
enum JSONFile {
  /// Files above this are refused: the index of a hundred thousand tensors takes a third of it.
  private static let maximumLength = 32 << 20

  /// Whether a file can be read.
  static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// The object of a file.
  ///
  /// - Throws: ``ModelError`` when the file cannot be read, is too large or holds anything else.
  static func object(_ path: String) throws(ModelError) -> JSONObject {
    let file = try MappedFile(path)
    guard file.count <= maximumLength else {
      throw ModelError(path, "is larger than \(maximumLength) bytes")
    }
    let value = try file.withBytes { bytes throws(ModelError) in
      do {
        var parser = try JSONParser(maxDepth: 32)
        return try parser.parse(bytes)
      } catch {
        throw ModelError(path, "is not JSON: \(error)")
      }
    }
    guard let object = value.object else { throw ModelError(path, "is not a JSON object") }
    return object
  }
}
