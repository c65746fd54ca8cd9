internal import Foundation
package import TandemJSON
internal import Testing

/// Files of JSON objects, one a line, that tests read.
package enum JSONLines {
  /// The rows of a file.
  package static func rows(_ path: String) throws -> [JSONObject] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))).split(separator: 0x0A).map { line in
      try #require(try JSONValue(parsing: Array(line)).object, "\(path): a line is no object")
    }
  }
}
