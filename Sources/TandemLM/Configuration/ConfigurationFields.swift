internal import TandemJSON

/// The members of a configuration, read with bounds; null counts as absent.
struct ConfigurationFields {
  let file: String
  /// Where the object stands in the file, as a prefix of names in errors: empty, or `rope_scaling.`.
  let path: String
  let object: JSONObject

  init(_ object: JSONObject, file: String, path: String = "") {
    self.object = object
    self.file = file
    self.path = path
  }

  subscript(_ name: String) -> JSONValue? {
    object[name].flatMap { $0 == .null ? nil : $0 }
  }

  func fault(_ name: String, _ message: String) -> ModelError {
    ModelError(file, "`\(path)\(name)` \(message)")
  }

  /// A whole number within bounds; nil when absent.
  func int(_ name: String, in range: ClosedRange<Int>) throws(ModelError) -> Int? {
    guard let value = self[name] else { return nil }
    guard let number = value.int ?? value.double.flatMap(Int.init(exactly:)), range ~= number else {
      throw fault(name, "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A whole number within bounds, which must be there.
  func requiredInt(_ name: String, in range: ClosedRange<Int>) throws(ModelError) -> Int {
    guard let value = try int(name, in: range) else { throw fault(name, "is missing") }
    return value
  }

  /// A finite number within bounds; nil when absent.
  func double(_ name: String, in range: ClosedRange<Double>) throws(ModelError) -> Double? {
    guard let value = self[name] else { return nil }
    guard let number = value.double, range ~= number else {
      throw fault(name, "is not a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A truth value; nil when absent.
  func bool(_ name: String) throws(ModelError) -> Bool? {
    guard let value = self[name] else { return nil }
    guard let bool = value.bool else { throw fault(name, "is not true or false") }
    return bool
  }

  /// A text; nil when absent.
  func string(_ name: String) throws(ModelError) -> String? {
    guard let value = self[name] else { return nil }
    guard let text = value.string else { throw fault(name, "is not a string") }
    return text
  }

  /// The members of an object; nil when absent.
  func fields(_ name: String) throws(ModelError) -> ConfigurationFields? {
    guard let value = self[name] else { return nil }
    guard let object = value.object else { throw fault(name, "is not an object") }
    return ConfigurationFields(object, file: file, path: path + name + ".")
  }

  /// Token ids, given as one number or as a list; empty when absent.
  func ids(_ name: String, below limit: Int) throws(ModelError) -> [Int32] {
    guard let value = self[name] else { return [] }
    let values = value.array ?? [value]
    var ids: [Int32] = []
    for value in values {
      guard let id = value.int, (0..<limit).contains(id) else {
        throw fault(name, "has an id that is not a whole number from 0 to \(limit - 1)")
      }
      if !ids.contains(Int32(id)) { ids.append(Int32(id)) }
    }
    return ids
  }
}
