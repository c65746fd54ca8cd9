import Foundation
import TandemTestSupport
import Testing

/// `shard verify` finds every kind of damage and names the file.
@Suite struct ShardVerifyTests {
  let folder: WorkFolder
  let stage: String
  let part: String

  init() throws {
    folder = try WorkFolder()
    let problems = try folder.write(SmallRun.problems(50), to: "problems.jsonl")
    try SmallRun.ingest(problems, into: folder.path("run"), "--parts", "4")
    stage = folder.path("run/problems")
    part = stage + "/part-00002.jsonl.zst"
  }

  /// Expects status 2, the faults on standard output, each about the part, and the same faults as JSON.
  func expectFaults(
    _ words: [String], about path: String, location: SourceLocation = #_sourceLocation
  )
    throws
  {
    let result = try Tool.run("shard", "verify", folder.path("run"))
    #expect(result.status == 2 && result.errors.isEmpty, sourceLocation: location)
    let lines = result.output.split(separator: "\n")
    #expect(lines.last?.contains(" fault") == true, sourceLocation: location)
    for line in lines.dropLast() {
      #expect(line.hasPrefix(path + ": "), "\(line)", sourceLocation: location)
    }
    for word in words {
      #expect(result.output.contains(word), "\(result.output)", sourceLocation: location)
    }
    let json = try Tool.run("shard", "verify", "--json", folder.path("run"))
    let faults = try Tool.rows(of: json.output).first?["faults"] as? [String]
    #expect(faults == lines.dropLast().map { String($0) }, sourceLocation: location)
  }

  func edit(_ path: String, _ change: (inout Data) -> Void) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    change(&bytes)
    try bytes.write(to: URL(fileURLWithPath: path))
  }

  @Test func aSoundStageIsSound() throws {
    let output = try Tool.output("shard", "verify", stage)
    #expect(output == "4 parts, 50 rows: sound\n")
    #expect(try Tool.output("shard", "verify", part) == "1 part, 12 rows: sound\n")
  }

  /// Whichever byte of a part is flipped, in its rows, its label or its table.
  @Test func everyFlippedByteIsFound() throws {
    let sound = try Data(contentsOf: URL(fileURLWithPath: part))
    for place in stride(from: 0, to: sound.count, by: 37) {
      try edit(part) {
        $0 = sound; $0[place] ^= 0x10
      }
      let result = try Tool.run("shard", "verify", stage)
      #expect(result.status == 2 && result.output.contains(part), "byte \(place)")
    }
  }

  @Test func aFlippedByteInTheRowsNamesItsFrame() throws {
    try SmallRun.flipByte(of: part)
    try expectFaults(["frame 0 at byte 0 is damaged", "SHA-256"], about: part)
    let alone = try Tool.run("shard", "verify", part)
    #expect(alone.status == 2 && alone.output.contains("frame 0"))
  }

  @Test func aTruncatedFileIsNamed() throws {
    try edit(part) { $0.removeLast(20) }
    try expectFaults(["truncated"], about: part)
  }

  @Test func aMissingPartIsNamed() throws {
    try FileManager.default.removeItem(atPath: part)
    try expectFaults(["is missing"], about: part)
  }

  @Test func aPartThatNoManifestNamesIsNamed() throws {
    let extra = stage + "/part-00004.jsonl.zst"
    try FileManager.default.copyItem(atPath: part, toPath: extra)
    try expectFaults(["is not in manifest.json"], about: extra)
  }

  @Test func aPartInAnothersPlaceIsNamed() throws {
    try FileManager.default.removeItem(atPath: part)
    try FileManager.default.copyItem(atPath: stage + "/part-00003.jsonl.zst", toPath: part)
    try expectFaults(["is not the file that its manifest names"], about: part)
  }

  @Test func aWrongRowCountIsNamed() throws {
    let manifest = stage + "/manifest.json"
    let text = try String(contentsOfFile: manifest, encoding: .utf8)
    let range = try #require(text.range(of: #""part-00002.jsonl.zst","rows":12"#))
    let edited = text.replacingCharacters(in: range, with: #""part-00002.jsonl.zst","rows":13"#)
    try edited.write(toFile: manifest, atomically: true, encoding: .utf8)
    try expectFaults(["is labelled with 12 rows, its manifest says 13"], about: part)
  }

  @Test func aMissingManifestIsNamed() throws {
    try FileManager.default.removeItem(atPath: stage + "/manifest.json")
    try expectFaults(["is not finished", "run the stage"], about: stage)
  }

  @Test func aFileThatIsNoPartIsNamed() throws {
    let other = try folder.write("no part at all, however long this text may be\n", to: "text.zst")
    let result = try Tool.run("shard", "verify", other)
    #expect(result.status == 2 && result.output.contains("text.zst: has no seek table"))
    try Tool.expectRefusal(["shard", "cat", other], saying: ["text.zst", "no tandem shard"])
  }
}
