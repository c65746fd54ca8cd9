import Foundation
import TandemJSON
import TandemRecords
import TandemTestSupport
import Testing

@testable import TandemShards

/// A stage's folder: what stands there before, while and after its parts are made.
@Suite struct StageOutputTests {
  let folder: WorkFolder
  let stage: String

  init() throws {
    folder = try WorkFolder()
    stage = folder.path("run/grades")
  }

  static func plan(_ name: String) -> Plan {
    Plan(
      stage: "grade", stageVersion: 1,
      options: JSONObject([.init(key: "name", value: .string(name))]))
  }

  func open(_ name: String) throws -> StageOutput<Grade> {
    try StageOutput(stage, plan: Self.plan(name), compression: Compression())
  }

  /// Makes so many parts of one row and finishes the stage.
  @discardableResult
  func make(_ name: String, parts: Int) throws -> Manifest {
    let output = try open(name)
    let made = try (0..<parts).map { try part($0, into: output) }
    return try output.finish(parts: made)
  }

  func part(_ index: Int, into output: borrowing StageOutput<Grade>) throws -> Manifest.Part {
    var writer = try output.writer(index, fingerprint: "\(output.planDigest) \(index)")
    try writer.write(PartTests.grade(index))
    return try output.commit(writer)
  }

  func names() throws -> [String] {
    try Folder.names(in: stage).filter { $0 != ".lock" }
  }

  @Test func afterFailureWithoutAPartThereIsNoFolder() throws {
    do {
      let output = try open("a")
      var writer = try output.writer(0, fingerprint: "f")
      try writer.write(PartTests.grade(0))
      #expect(Folder.exists(stage))
    }
    #expect(!Folder.exists(folder.path("run")))
  }

  @Test func aFolderOfTheUsersIsLeftAlone() throws {
    try Folder.create(folder.path("run"))
    do { _ = try open("a") }
    #expect(Folder.exists(folder.path("run")) && !Folder.exists(stage))
    try Folder.create(stage)
    do { _ = try open("a") }
    #expect(Folder.exists(stage))
  }

  @Test func earlierResultsStandUntilAPartIsComplete() throws {
    try make("a", parts: 3)
    _ = try folder.write("{}\n", to: "run/grades/rejects.jsonl")
    let before = try FolderContent(of: stage)
    do {
      let output = try open("b")
      var writer = try output.writer(0, fingerprint: "f")
      try writer.write(PartTests.grade(7))
    }
    #expect(try FolderContent(of: stage).differences(from: before).isEmpty)
    do {
      let output = try open("b")
      _ = try part(0, into: output)
      #expect(try names() == ["part-00000.jsonl.zst", "plan.json"])
    }
    #expect(try names() == ["part-00000.jsonl.zst", "plan.json"])
    #expect(throws: ShardError.self) { try Manifest(of: stage) }
  }

  @Test func partsOfTheSamePlanAreKept() throws {
    let made = try make("a", parts: 3)
    let output = try open("a")
    _ = try part(1, into: output)
    #expect(!Folder.exists(stage + "/manifest.json"))
    for index in 0..<3 {
      let found = StageOutput<Grade>.finished(
        index, in: stage, fingerprint: "\(output.planDigest) \(index)")
      #expect(found == made.parts[index])
      #expect(StageOutput<Grade>.finished(index, in: stage, fingerprint: "other") == nil)
    }
    #expect(try output.finish(parts: made.parts) == made)
    #expect(try Manifest(of: stage) == made)
  }

  @Test func finishRemovesPartsBeyondTheLast() throws {
    try make("a", parts: 4)
    let manifest = try Manifest(of: stage)
    let output = try open("a")
    _ = try output.finish(parts: Array(manifest.parts.prefix(2)))
    #expect(
      try names() == [
        "manifest.json", "part-00000.jsonl.zst", "part-00001.jsonl.zst", "plan.json",
      ])
  }

  @Test func leftoversOfAKilledProcessAreRemoved() throws {
    try make("a", parts: 1)
    let before = try FolderContent(of: stage)
    _ = try folder.write("cut", to: "run/grades/.part-00000.jsonl.zst.tmp")
    _ = try folder.write("cut", to: "run/grades/.spool-x.tmp")
    do { _ = try open("a") }
    #expect(try FolderContent(of: stage).differences(from: before).isEmpty)
  }

  @Test func onlyOneMayWrite() throws {
    let output = try open("a")
    #expect {
      _ = try open("a")
    } throws: { error in
      "\(error)".hasPrefix(stage) && "\(error)".contains("another tandem process")
    }
    _ = try part(0, into: output)
  }
}
