internal import TandemJSON

/// A number for each term of the reward: its value, or its weight.
package struct RewardTerms: Hashable, Sendable {
  /// The verdict, with partial credit where that is on.
  package var correctness: Double
  /// How different the trace is from the others of its problem.
  package var exploration: Double
  /// A student's success with a hint after failing cold.
  package var rescue: Double
  /// A success that is rare in its round.
  package var traceAccuracy: Double
  /// The distance to the traces of partner models.
  package var crossModel: Double
  /// One parseable final answer.
  package var format: Double
  /// Too long, or cut off.
  package var length: Double

  /// Numbers for each term; 0 unless given.
  package init(
    correctness: Double = 0, exploration: Double = 0, rescue: Double = 0,
    traceAccuracy: Double = 0, crossModel: Double = 0, format: Double = 0, length: Double = 0
  ) {
    self.correctness = correctness
    self.exploration = exploration
    self.rescue = rescue
    self.traceAccuracy = traceAccuracy
    self.crossModel = crossModel
    self.format = format
    self.length = length
  }

  /// The name of each term as it is stored, with its place here, in the order of the terms.
  package static let all:
    [(name: String, path: any WritableKeyPath<RewardTerms, Double> & Sendable)] =
      [
        ("correctness", \.correctness), ("exploration", \.exploration), ("rescue", \.rescue),
        ("trace_accuracy", \.traceAccuracy), ("cross_model", \.crossModel), ("format", \.format),
        ("length", \.length),
      ]

  /// The sum of these values times their weights, added in the order of the terms.
  package func total(_ weights: RewardTerms) -> Double {
    var sum = correctness * weights.correctness
    sum += exploration * weights.exploration
    sum += rescue * weights.rescue
    sum += traceAccuracy * weights.traceAccuracy
    sum += crossModel * weights.crossModel
    sum += format * weights.format
    return sum + length * weights.length
  }

  init(_ object: JSONObject, of name: StaticString) throws(JSONError) {
    correctness = try object.requiredDouble("correctness", of: name)
    exploration = try object.requiredDouble("exploration", of: name)
    rescue = try object.requiredDouble("rescue", of: name)
    traceAccuracy = try object.requiredDouble("trace_accuracy", of: name)
    crossModel = try object.requiredDouble("cross_model", of: name)
    format = try object.requiredDouble("format", of: name)
    length = try object.requiredDouble("length", of: name)
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("correctness", correctness)
    writer.member("exploration", exploration)
    writer.member("rescue", rescue)
    writer.member("trace_accuracy", traceAccuracy)
    writer.member("cross_model", crossModel)
    writer.member("format", format)
    writer.member("length", length)
    writer.endObject()
  }
}
