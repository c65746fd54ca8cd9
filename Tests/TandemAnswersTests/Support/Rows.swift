import Testing

internal import Glibc

@testable import TandemJSON

/// Rows of JSON Lines files that tests read.
enum Rows {
  /// The package's root folder.
  private static let root: Substring = {
    var path = Substring(#filePath)
    for _ in 0..<4 { path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }
    return path
  }()

  /// A file of hand-written cases.
  static func cases(_ name: String) throws -> [JSONObject] {
    try read("\(root)/Tests/TandemAnswersTests/Cases/\(name)")
  }

  /// A file of hand-written hints.
  static func leakCases(_ name: String) throws -> [JSONObject] {
    try read("\(root)/Tests/TandemAnswersTests/Leakage/Cases/\(name)")
  }

  /// Whether the folder of shared data files is there.
  static let haveSharedData = access("\(root)/../shared/data/math", F_OK) == 0

  /// A shared data file.
  static func shared(_ name: String) throws -> [JSONObject] {
    try read("\(root)/../shared/data/\(name)")
  }

  /// The text of a shared data file.
  static func sharedText(_ name: String) throws -> String {
    String(decoding: try bytes("\(root)/../shared/data/\(name)"), as: UTF8.self)
  }

  private static func read(_ path: String) throws -> [JSONObject] {
    try bytes(path).split(separator: 0x0A).map { line in
      try #require(try JSONValue(parsing: Array(line)).object)
    }
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "rb"), "cannot open \(path)")
    defer { fclose(file) }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      result.append(contentsOf: chunk[..<count])
    }
    return result
  }
}

extension JSONObject {
  func text(_ key: String) throws -> String {
    try #require(self[key]?.string, "no text \(key)")
  }
}
