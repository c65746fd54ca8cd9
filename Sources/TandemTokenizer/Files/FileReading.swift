internal import Foundation
internal import TandemJSON

/// Reading the files of a tokenizer; every failure names the file.
enum FileReading {
  /// The bytes of a file.
  static func bytes(_ path: String) throws(TokenizerError) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw TokenizerError(path, "cannot be read: give a tokenizer.json or its folder")
    }
  }

  /// The members of a file that holds a JSON object.
  static func object(_ path: String) throws(TokenizerError) -> JSONObject {
    let bytes = try bytes(path)
    do {
      guard let object = try JSONValue(parsing: bytes).object else {
        throw JSONError("not a JSON object")
      }
      return object
    } catch {
      throw TokenizerError(path, "not a tokenizer: \(error)")
    }
  }

  /// Whether a path names a file, or a folder.
  static func kind(_ path: String) -> (exists: Bool, isFolder: Bool) {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return (exists, isFolder.boolValue)
  }
}
