package import TandemJSON
internal import TandemRecords

extension HintRule {
  /// Every option, as a plan stores it; the seed is stored beside the options.
  package var json: JSONObject {
    var object = JSONObject()
    object["students"] = .string(students.rawValue)
    object["teacher_score"] = .string(teacherScore.rawValue)
    object["remove"] = .string(removal.rawValue)
    object["strip"] = .string(strips.rawValue)
    object["gap"] = .string(gap)
    object["budget"] = .number(budget)
    object["dropout"] = ["mode": .string(dropout.mode.rawValue), "p": .number(dropout.p)]
    return object
  }
}
