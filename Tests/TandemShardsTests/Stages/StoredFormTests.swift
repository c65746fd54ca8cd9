import TandemJSON
import TandemRecords
import Testing

@testable import TandemShards

/// What stages store beside their rows follows the published schemas.
@Suite struct StoredFormTests {
  private func violations(_ value: JSONValue, _ name: String) throws -> [SchemaViolation] {
    let validator = try #require(try SchemaRegistry.validator(name, version: 1))
    return validator.validate(value)
  }

  @Test func manifestFollowsItsSchema() throws {
    let digest = SHA256.hex(of: [])
    let manifest = Manifest(
      stage: "grade", stageVersion: 1, record: "grade", schemaVersion: 1, plan: digest,
      parts: [
        .init(name: "part-00000.jsonl.zst", rows: 0, bytes: 9, sha256: digest, fingerprint: digest)
      ])
    #expect(try violations(manifest.json, "manifest") == [])
    var damaged = try #require(manifest.json.object)
    damaged["parts"] = [["name": "part-00000.jsonl.zst"]]
    #expect(try violations(.object(damaged), "manifest").map(\.path).contains("/parts/0/rows"))
  }

  @Test func planFollowsItsSchema() throws {
    let plain = Plan(stage: "ingest", stageVersion: 1)
    let full = Plan(
      stage: "hint", stageVersion: 2, options: JSONObject([.init(key: "budget", value: 1536)]),
      seed: 7, team: ["a", "b"])
    #expect(try violations(plain.json, "plan") == [] && violations(full.json, "plan") == [])
  }
}
