internal import TandemAnswers
internal import TandemJSON
internal import TandemRecords

extension Grading {
  /// The grading as a row of `grade --pairs`.
  func json(id: JSONValue?) -> JSONValue {
    var object = JSONObject()
    object["id"] = id
    object["verdict"] = .string(verdict.rawValue)
    object["extracted"] = extracted.map(JSONValue.string) ?? .null
    object["rule"] = .string(rule)
    object["reason"] = reason.map(JSONValue.string)
    return .object(object)
  }
}
