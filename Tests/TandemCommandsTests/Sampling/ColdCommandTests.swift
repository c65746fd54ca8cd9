import Foundation
import TandemTestSupport
import Testing

/// `tandem cold` with checkpoints, as a user runs it.
@Suite(.enabled(if: TinyTeam.isPresent, Comment(rawValue: SharedData.absence)))
struct ColdCommandTests {
  let team: TinyTeam

  init() throws { team = try TinyTeam() }

  @Test func aRoundIsSampledGradedAndValid() throws {
    let run = try team.run("run")
    let output = try Tool.output(team.cold(run, ["-k", "3", "--json"]))
    #expect(output.hasPrefix(#"{"traces":72,"models":{"q":{"traces":36,"errors":0,"#))
    let rows = try Tool.rows(in: run + "/cold")
    #expect(rows.count == 72)
    #expect(rows.prefix(6).map { $0["model"] as? String } == ["q", "q", "q", "l", "l", "l"])
    for row in rows {
      let ids = try #require(row["token_ids"] as? [Int])
      let raw = try #require(row["raw_logprobs_e4"] as? [Int])
      let sampling = try #require(row["sampling_logprobs_e4"] as? [Int])
      #expect(ids.count == raw.count && ids.count == sampling.count && ids.count <= 12)
      #expect(raw.allSatisfy { $0 <= 0 } && sampling.allSatisfy { $0 <= 0 })
      #expect(row["engine"] as? String == "embedded/1")
    }
    #expect(try Tool.run("validate", run).status == 0)
    #expect(try Tool.run("shard", "verify", run).status == 0)
    #expect(try Tool.output("grade", run).contains("no_answer"))
  }

  @Test func threadsBatchPartsAndCacheChangeNoByte() throws {
    let first = try team.run("first")
    _ = try Tool.output(team.cold(first, ["--threads", "1", "--batch", "1", "--no-cache"]))
    let expected = try FolderContent(of: first + "/cold")
    for (name, arguments) in [
      ("warm", []), ("wide", ["--batch", "64", "--threads", "2", "--no-cache"]),
      ("seven", ["--batch", "7", "--no-cache"]),
    ] {
      let run = try team.run(name)
      if name == "warm" { _ = try Tool.output(team.cold(try team.run("filling"))) }
      _ = try Tool.output(team.cold(run, arguments))
      #expect(
        try FolderContent(of: run + "/cold").differences(from: expected).isEmpty, "\(name)")
    }
    let dealt = try team.run("dealt", parts: 5)
    let result = try Tool.run(team.cold(dealt))
    #expect(result.errors.contains("; 0 sampled now"))
    #expect(
      try Tool.column("text", in: dealt + "/cold").sorted()
        == Tool.column("text", in: first + "/cold").sorted())
  }

  @Test func changedWeightsNeverHit() throws {
    let model = team.folder.path("model")
    try FileManager.default.copyItem(
      atPath: TinyTeam.fixtures + "/qwen2-tied-f32/model", toPath: model)
    func texts(_ name: String) throws -> [String] {
      let run = try team.run(name, problems: 4)
      _ = try Tool.output(
        "cold", run, "--model", "m=\(model)", "--max-tokens", "24", "--cache", team.cache)
      return try Tool.column("text", in: run + "/cold")
    }
    let before = try texts("before")
    #expect(try texts("same") == before)
    // Other weights of the same size under the old times, as `cp -p` leaves them.
    let path = model + "/model.safetensors"
    let times = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    for index in stride(from: bytes.count / 2, to: bytes.count, by: 4) { bytes[index + 3] ^= 0x80 }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.write(contentsOf: bytes)
    try handle.close()
    try FileManager.default.setAttributes(
      [.modificationDate: try #require(times)], ofItemAtPath: path)
    let after = try texts("after")
    #expect(zip(before, after).allSatisfy { $0 != $1 })
    // And the finished run is made again.
    let again = try Tool.run(
      "cold", team.folder.path("before"), "--model", "m=\(model)", "--max-tokens", "24", "--cache",
      team.cache)
    #expect(again.errors.contains("1 made") || again.errors.contains("2 made"))
    #expect(try Tool.column("text", in: team.folder.path("before") + "/cold") == after)
  }

  @Test func aTemplateAndAnAdapterOfOnesOwn() throws {
    let run = try team.run("run", problems: 3)
    let template = try team.folder.write("Problem: {question} Solution:\n", to: "t.txt")
    let arguments =
      team.cold(run, ["--prompt", template, "--chat", "text", "--stop", "e", "-k", "1"])
      + ["--adapter", "q=\(TinyTeam.fixtures)/qwen2-tied-f32/adapter"]
    _ = try Tool.output(arguments)
    for row in try Tool.rows(in: run + "/cold") {
      let prompt = try #require(row["prompt"] as? String)
      #expect(prompt.hasPrefix("Problem: A box") && prompt.hasSuffix("? Solution:"))
      #expect(!(row["text"] as? String ?? "e").contains("e"))
      #expect((row["adapter_fingerprint"] != nil) == (row["model"] as? String == "q"))
    }
  }

  @Test func aDryRunTouchesNothing() throws {
    let run = try team.run("run")
    let before = try FolderContent(of: team.folder.path)
    let output = try Tool.output(team.cold(run, ["--dry-run"]))
    #expect(output.contains("2 would be made; 48 samples are needed, 0 of them are in the cache"))
    #expect(try FolderContent(of: team.folder.path) == before)
  }

  @Test func mistakesAreOneLine() throws {
    let run = try team.run("run", problems: 2)
    let model = TinyTeam.fixtures + "/qwen2-tied-f32/model"
    let cold = { (arguments: [String]) in
      ["cold", run, "--cache", team.cache] + arguments
    }
    try Tool.expectRefusal(
      cold(["--model", "a=openai:http://h/v1#m"]),
      saying: ["openai:http://h/v1#m", "not supported"])
    try Tool.expectRefusal(
      cold(["--model", "a=/nowhere"]), saying: ["/nowhere/config.json"])
    try Tool.expectRefusal(
      cold(["--model", "a=\(model)", "--model", "a=\(model)"]), saying: ["a: names two models"])
    try Tool.expectRefusal(
      cold(["--model", "a=\(model)", "--adapter", "b=x"]), saying: ["b: is no model here"])
    try Tool.expectRefusal(
      cold(["--model", "a=\(model)", "--prompt", team.folder.path("none")]), saying: ["none"])
    let bad = try team.folder.write("no place", to: "bad.txt")
    try Tool.expectRefusal(
      cold(["--model", "a=\(model)", "--prompt", bad]), saying: ["bad.txt: has no {question}"])
    #expect(try Tool.run(cold(["--model", "a=\(model)", "--top-p", "0"])).status == 64)
    #expect(try Tool.run(cold([])).status == 64)
    #expect(!FileManager.default.fileExists(atPath: run + "/cold"))
  }
}
