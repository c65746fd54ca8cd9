import TandemJSON
import TandemTestSupport
import Testing

@testable import TandemRecords

/// The validator against the Python package `jsonschema`, on rows damaged at random.
@Suite struct SchemaReferenceTests {
  static let hasReference: Bool = {
    let version = "import importlib.metadata as m; print(m.version('jsonschema'))"
    let result = try? Shell.run(["python3", "-c", version])
    return result?.output.hasPrefix("4.") ?? false
  }()

  /// Reads lines of [schema name, row], writes 1 for a valid row and 0 for another.
  private static let script = """
    import json, sys
    from jsonschema import Draft202012Validator
    folder, rows = sys.argv[1:]
    known = {}
    for line in open(rows, encoding="utf-8"):
        name, row = json.loads(line)
        if name not in known:
            schema = json.load(open(f"{folder}/{name}", encoding="utf-8"))
            Draft202012Validator.check_schema(schema)
            known[name] = Draft202012Validator(schema)
        print(int(known[name].is_valid(row)))
    """

  @Test(
    .enabled(if: hasReference, "python3 with jsonschema 4 is absent: nothing to compare with"),
    arguments: [1, 2])
  func agreesWithTheReference(seed: Int) throws {
    var random = PhiloxSequence(seed: seed)
    var lines: [(name: String, row: JSONValue)] = []
    for record in RecordSamples.full + RecordSamples.minimal {
      let name = "\(type(of: record).kind.name).v1.json"
      let row = try record.json()
      for _ in 0..<60 { lines.append((name, damaged(row, &random))) }
    }
    let folder = try WorkFolder()
    let text = lines.map { JSONValue.array([.string($0.name), $0.row]).json + "\n" }.joined()
    let path = try folder.write(text, to: "rows.jsonl")
    let output = try Shell.output(
      "python3", "-c", Self.script, SharedData.package + "/schemas", path)
    let expected = output.split(separator: "\n")
    try #require(expected.count == lines.count)
    var valid = 0
    for (line, expected) in zip(lines, expected) {
      let schemaName = line.name.split(separator: ".")[0]
      let validator = try #require(
        try SchemaRegistry.validator(String(schemaName), version: 1))
      let violations = validator.validate(line.row)
      valid += violations.isEmpty ? 1 : 0
      #expect(
        violations.isEmpty == (expected == "1"), "seed \(seed), \(line.name): \(line.row.json)")
    }
    // Both verdicts are put to the test.
    #expect(valid > 50 && valid < lines.count - 50, "\(valid) of \(lines.count), seed \(seed)")
  }

  private static let values: [JSONValue] = [
    .null, true, 0, -1, 1, 2_147_483_648, .number("1.0"), .number("0.5"), .number("1e2"), "", "a",
    "\u{1F600}", "number", "cold", [], [0], [.number("1.5")], ["a"], [[:]], [:], ["p": 2],
    ["file": "f", "row": 1], ["mode": "step", "p": 1],
  ]

  /// The value with about one member or element changed.
  private func damaged(_ value: JSONValue, _ random: inout PhiloxSequence) -> JSONValue {
    switch value {
    case .object(var object) where !object.members.isEmpty:
      let place = Int.random(in: object.members.indices, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: object.members.remove(at: place)
      case 1:
        object["extra"] = Self.values.randomElement(using: &random)
      default:
        object.members[place].value = damaged(object.members[place].value, &random)
      }
      return .object(object)
    case .array(var elements) where !elements.isEmpty && Bool.random(using: &random):
      let place = Int.random(in: elements.indices, using: &random)
      elements[place] = damaged(elements[place], &random)
      return .array(elements)
    default:
      if Int.random(in: 0..<3, using: &random) == 0 { return value }
      return Self.values.randomElement(using: &random) ?? value
    }
  }
}
