import Foundation
import TandemJSON
import TandemTestSupport
import Testing

@testable import TandemRecords

/// The schema files and the Swift types against each other.
@Suite struct SchemaRegistryTests {
  private func schema(_ kind: RecordKind) throws -> JSONObject {
    let name = "\(kind.name).v\(kind.version).json"
    let file = try #require(SchemaRegistry.files.first { $0.name == name }, "\(name)")
    return try #require(try JSONValue(parsing: file.text).object)
  }

  private func validator(_ kind: RecordKind) throws -> SchemaValidator {
    try #require(try SchemaRegistry.validator(kind.name, version: kind.version))
  }

  @Test func holdsExactlyTheFilesOfTheFolder() throws {
    let folder = SharedData.package + "/schemas"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".json") }.sorted()
    #expect(SchemaRegistry.files.map(\.name) == names)
    for file in SchemaRegistry.files {
      let stored = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file.name)"))
      #expect(Array(stored) == file.text, "\(file.name)")
    }
  }

  @Test func compilesEveryFileWhichNamesItselfAndExplainsEveryField() throws {
    for file in SchemaRegistry.files {
      let schema = try JSONValue(parsing: file.text)
      _ = try SchemaValidator(schema: schema)
      #expect(schema.object?["$id"]?.string == file.name)
      #expect(
        schema.object?["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
      #expect(unexplained(schema, at: file.name) == [])
    }
    #expect(try SchemaRegistry.validator("problem", version: 99).map { _ in true } == nil)
  }

  /// The paths of properties without a description.
  private func unexplained(_ schema: JSONValue, at path: String) -> [String] {
    var paths: [String] = []
    for key in ["properties", "$defs"] {
      for member in schema.object?[key]?.object?.members ?? [] {
        let place = "\(path)/\(member.key)"
        if (member.value.object?["description"]?.string ?? "").isEmpty { paths.append(place) }
        paths += unexplained(member.value, at: place)
      }
    }
    if let items = schema.object?["items"] { paths += unexplained(items, at: path + "/*") }
    return paths
  }

  @Test func knowsEveryRecord() {
    let known = SchemaRegistry.records.map { $0.kind }
    let sampled = RecordSamples.full.map { type(of: $0).kind }
    #expect(known == sampled)
  }

  @Test func hasTheColumnsOfTheTypes() throws {
    for type in SchemaRegistry.records {
      let schema = try schema(type.kind)
      let properties = try #require(schema["properties"]?.object)
      #expect(properties.members.map(\.key) == type.columns.map(\.name.description))
      for column in type.columns {
        let name = column.name.description
        let kinds = try kinds(try #require(properties[name]), in: schema)
        let expected: Set<String> =
          switch column.kind {
          case .string: ["string"]
          case .integer: ["integer"]
          case .real: ["number"]
          case .bool: ["boolean"]
          case .integers: ["array"]
          case .raw: kinds.intersection(["array", "object"])
          }
        #expect(kinds.subtracting(["null"]) == expected, "\(type.kind.name).\(name)")
      }
    }
  }

  /// The kinds of value that a schema allows.
  private func kinds(_ schema: JSONValue, in document: JSONObject) throws -> Set<String> {
    let object = try #require(schema.object)
    if let reference = object["$ref"]?.string {
      let target = document["$defs"]?.object?[String(reference.dropFirst(8))]
      return try kinds(try #require(target), in: document)
    }
    if let values = object["enum"]?.array { return Set(values.map(\.kind)) }
    let type = try #require(object["type"])
    return Set(type.array?.compactMap(\.string) ?? [type.string ?? "nothing"])
  }

  @Test func acceptsEveryRowThatSwiftWrites() throws {
    for record in RecordSamples.full + RecordSamples.minimal {
      let kind = type(of: record).kind
      #expect(try validator(kind).validate(try record.json()) == [], "\(kind.name)")
    }
  }

  /// Every member of the full samples, at every depth, taken out and set to a wrong value.
  @Test func refusesWhatTheReaderRefuses() throws {
    for record in RecordSamples.full {
      let type = type(of: record)
      let validator = try validator(type.kind)
      let json = try record.json()
      for path in paths(json) where !isFree(path) {
        let without = changed(json, path[...], to: nil)
        let violations = validator.validate(without)
        let isRead = (try? type.read(without)) != nil
        #expect(violations.isEmpty == isRead, "\(type.kind.name) without \(path): \(violations)")
        if !isRead {
          let pointer = "/" + path.joined(separator: "/")
          #expect(violations == [SchemaViolation(path: pointer, message: "is missing")])
        }
        for wrong: JSONValue in [.bool(true), 1, "wrong", ["a": 1], ["x"]] {
          let damaged = changed(json, path[...], to: wrong)
          let violations = validator.validate(damaged)
          let isRead = (try? type.read(damaged)) != nil
          #expect(violations.isEmpty == isRead, "\(type.kind.name), \(path): \(wrong.kind)")
        }
      }
    }
  }

  /// Within these the reader takes what there is.
  private func isFree(_ path: [String]) -> Bool {
    ["usage", "sampling", "provenance"].contains(path[0]) && path.count > 1
  }

  private func paths(_ value: JSONValue) -> [[String]] {
    var paths: [[String]] = []
    for member in value.object?.members ?? [] {
      paths.append([member.key])
      paths += self.paths(member.value).map { [member.key] + $0 }
    }
    for (index, element) in (value.array ?? []).enumerated() where element.object != nil {
      paths += self.paths(element).map { [String(index)] + $0 }
    }
    return paths
  }

  private func changed(_ value: JSONValue, _ path: ArraySlice<String>, to new: JSONValue?)
    -> JSONValue
  {
    guard let key = path.first else { return value }
    if var elements = value.array, let index = Int(key) {
      elements[index] = changed(elements[index], path.dropFirst(), to: new)
      return .array(elements)
    }
    guard var object = value.object else { return value }
    let last = path.count == 1
    object[key] = last ? new : object[key].map { changed($0, path.dropFirst(), to: new) }
    return .object(object)
  }
}
