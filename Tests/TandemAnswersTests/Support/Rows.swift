import Foundation
import TandemJSON
import TandemTestSupport
import Testing

/// Rows of JSON Lines files that tests read.
enum Rows {
  /// A file of hand-written cases.
  static func cases(_ name: String) throws -> [JSONObject] {
    try JSONLines.rows("\(SharedData.package)/Tests/TandemAnswersTests/Cases/\(name)")
  }

  /// A file of hand-written hints.
  static func leakCases(_ name: String) throws -> [JSONObject] {
    try JSONLines.rows("\(SharedData.package)/Tests/TandemAnswersTests/Leakage/Cases/\(name)")
  }

  /// Whether the folder of shared data files is there.
  static let haveSharedData = SharedData.isPresent

  /// A shared data file.
  static func shared(_ name: String) throws -> [JSONObject] {
    try JSONLines.rows("\(SharedData.path)/data/\(name)")
  }

  /// The text of a shared data file.
  static func sharedText(_ name: String) throws -> String {
    try String(contentsOfFile: "\(SharedData.path)/data/\(name)", encoding: .utf8)
  }
}

extension JSONObject {
  /// The string under a key, which must be there.
  func text(_ key: String) throws -> String {
    try #require(self[key]?.string, "no text \(key)")
  }
}
