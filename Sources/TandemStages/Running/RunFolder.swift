package import TandemRecords
internal import TandemShards

/// The folders of a run: one a stage, with the same problems in the same order in parts of the same number.
package struct RunFolder: Hashable, Sendable {
  /// The path, as the user names it.
  package let path: String

  package init(_ path: String) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  package var problems: String { "\(path)/problems" }
  package var eval: String { "\(path)/eval" }

  package var hints: String { "\(path)/hints" }
  package var rewards: String { "\(path)/rewards" }
  package var audit: String { "\(path)/audit" }

  /// The examples of a model.
  package func examples(_ model: String) -> String { "\(path)/examples/\(Self.name(of: model))" }

  /// A model's name as a folder's: letters, digits, `-`, `_` and dots behind the first place stay as they are.
  private static func name(of model: String) -> String {
    model.utf8.enumerated().map { index, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: ".") where index > 0:
        String(UnicodeScalar(byte))
      default: "%" + [byte].hex.uppercased()
      }
    }.joined()
  }

  /// The traces of a round.
  package func traces(_ round: Round) -> String { "\(path)/\(round.rawValue)" }

  /// The grades of a round's traces.
  package func grades(_ round: Round) -> String {
    round == .cold ? "\(path)/grades" : "\(path)/\(round.rawValue)-grades"
  }

  /// The rounds that the run holds traces of.
  package var rounds: [Round] { Round.allCases.filter { Folder.isFolder(traces($0)) } }
}
