import Foundation
import TandemTestSupport
import Testing

@testable import TandemStages

/// The table of stages, and what README.md says of it and of the tree.
@Suite struct StageTableTests {
  static let readme =
    (try? String(contentsOfFile: SharedData.package + "/README.md", encoding: .utf8)) ?? ""

  @Test func everyStageReadsWhatAnEarlierOneWrites() {
    var written: Set<String> = []
    for stage in StageEntry.all {
      #expect(written.isSuperset(of: stage.reads), "\(stage.name)")
      #expect(!stage.writes.isEmpty && stage.summary.hasSuffix("."), "\(stage.name)")
      written.formUnion(stage.writes)
    }
    #expect(Set(StageEntry.all.map(\.name)).count == StageEntry.all.count)
  }

  /// The cells of the rows of the table whose header begins with a word, without marks of code.
  static func table(headed word: String) -> [[String]] {
    let rows = readme.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("|")
        ? line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
          .map { $0.filter { $0 != "`" }.trimmingCharacters(in: .whitespaces) } : []
    }
    guard let header = rows.firstIndex(where: { $0.first?.lowercased() == word }) else { return [] }
    return Array(rows[header...].dropFirst(2).prefix { !$0.isEmpty })
  }

  @Test(.enabled(if: !table(headed: "stage").isEmpty, "README.md has no table of stages yet"))
  func theReadmeShowsTheTable() {
    let rows = Self.table(headed: "stage")
    #expect(rows.map { $0.first ?? "" } == StageEntry.all.map(\.name))
    for (row, stage) in zip(rows, StageEntry.all) {
      let folders = [stage.reads, stage.writes].map {
        $0.isEmpty ? "-" : $0.joined(separator: ", ")
      }
      let model = stage.needsModel ? "yes" : "no"
      #expect(row == [stage.name] + folders + [model, stage.summary])
    }
  }

  /// The lines `path  what it holds` of the first block behind the heading "The tree".
  static let tree: [(path: String, words: Substring)] = {
    let lines = readme.split(separator: "\n", omittingEmptySubsequences: false)
    guard let heading = lines.firstIndex(of: "## The tree") else { return [] }
    let block = lines[heading...].drop { !$0.hasPrefix("```") }.dropFirst()
    return block.prefix { !$0.hasPrefix("```") }.filter { !$0.isEmpty }.map { line in
      let path = line.drop { $0 == " " }.prefix { $0 != " " }
      return (String(path), line.drop { $0 == " " }.dropFirst(path.count).drop { $0 == " " })
    }
  }()

  @Test(.enabled(if: !tree.isEmpty, "README.md has no section \"The tree\" yet"))
  func theReadmeShowsTheTree() throws {
    let files = FileManager.default
    for (path, words) in Self.tree {
      #expect(files.fileExists(atPath: SharedData.package + "/" + path), "\(path)")
      #expect(!words.isEmpty, "\(path) is not explained")
    }
    let shown = Set(Self.tree.map { $0.path.hasSuffix("/") ? String($0.path.dropLast()) : $0.path })
    let tracked = try Shell.output("git", "-C", SharedData.package, "ls-files")
      .split(separator: "\n").map { $0.split(separator: "/").map { String($0) } }
    let top = Set(tracked.filter { $0.count > 1 && !$0[0].hasPrefix(".") }.map { $0[0] })
    let targets = Set(
      tracked.filter { $0.count > 2 && $0[0] == "Sources" }.map { "Sources/\($0[1])" })
    let missing = top.union(targets).filter { folder in
      !shown.contains { $0 == folder || $0.hasPrefix(folder + "/") }
    }
    #expect(missing.sorted() == [])
  }
}
