internal import TandemJSON

/// The schema files of `schemas/`, as they are built into the program.
package enum SchemaRegistry {
  /// A file's name with its text.
  package struct File: Sendable {
    /// The name, as `problem.v1.json`.
    package let name: String
    /// The JSON text.
    package let text: [UInt8]
  }

  /// Every file, by name.
  package static var files: [File] {
    [
      File(name: "example.v1.json", text: PackageResources.example_v1_json),
      File(name: "finding.v1.json", text: PackageResources.finding_v1_json),
      File(name: "grade.v1.json", text: PackageResources.grade_v1_json),
      File(name: "hint.v1.json", text: PackageResources.hint_v1_json),
      File(name: "manifest.v1.json", text: PackageResources.manifest_v1_json),
      File(name: "plan.v1.json", text: PackageResources.plan_v1_json),
      File(name: "problem.v1.json", text: PackageResources.problem_v1_json),
      File(name: "reject.v1.json", text: PackageResources.reject_v1_json),
      File(name: "reward.v1.json", text: PackageResources.reward_v1_json),
      File(name: "trace.v1.json", text: PackageResources.trace_v1_json),
    ]
  }

  /// The rows that stages write, one type a schema.
  package static var records: [any Record.Type] {
    [
      Problem.self, Trace.self, Grade.self, Hint.self, Finding.self, Reward.self, Example.self,
      Reject.self,
    ]
  }

  /// The schema of a kind of record, or of `manifest` and `plan`; nil when there is none.
  ///
  /// - Throws: `JSONError` or ``SchemaError`` when a built-in file is damaged.
  package static func validator(_ name: String, version: Int) throws -> SchemaValidator? {
    guard let file = files.first(where: { $0.name == "\(name).v\(version).json" }) else {
      return nil
    }
    return try SchemaValidator(schema: JSONValue(parsing: file.text))
  }
}
