import Foundation
import TandemJSON
import TandemTestSupport
import Testing

@testable import TandemLM

/// Frequencies compared with those that transformers computes; `Reference/rotary.py` recorded them.
struct RotaryScalingTests {
  private static let vectors = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Vectors/rotary.json")

  @Test func frequenciesAreThoseOfTransformers() throws {
    let recorded = try JSONValue(parsing: Array(Data(contentsOf: Self.vectors)))
    let cases = try #require(recorded.object?["cases"]?.array)
    #expect(cases.count == 33)
    for (index, recording) in cases.enumerated() {
      let object = try #require(recording.object)
      let config = try #require(object["config"]?.object)
      let expected = try #require(object["inverse_frequencies"]?.array).compactMap(\.double)
      let configuration = try ModelConfiguration(ConfigurationFields(config, file: "config.json"))
      let frequencies = configuration.rotaryScaling.inverseFrequencies(
        theta: configuration.rotaryTheta, headSize: configuration.headSize)
      #expect(frequencies.count == expected.count)
      let worst = zip(frequencies, expected).map { abs($0 - $1) / $1 }.max() ?? 0
      // transformers computes powers in 32 bits.
      #expect(worst < 5e-6, "case \(index): \(worst)")
      let factor = try #require(object["attention_factor"]?.double)
      #expect(
        abs(configuration.rotaryScaling.attentionFactor - factor) < 1e-12, "case \(index)")
    }
  }

  @Test func bothStylesOfFilesReadTheSame() throws {
    let older = try Self.read(
      #"{"rope_theta": 5e5, "rope_scaling": {"type": "linear", "factor": 2.5}}"#)
    let newer = try Self.read(
      #"{"rope_parameters": {"rope_theta": 500000.0, "rope_type": "linear", "factor": 2.5}}"#)
    #expect(older.theta == 500_000 && newer.theta == 500_000)
    #expect(older.scaling == .linear(factor: 2.5) && newer.scaling == older.scaling)
  }

  @Test(arguments: [
    (#"{"rope_scaling": {"rope_type": "dynamic", "factor": 2}}"#, "dynamic"),
    (#"{"rope_scaling": {"rope_type": "longrope", "factor": 2}}"#, "longrope"),
    (#"{"rope_scaling": {"rope_type": "su", "factor": 2}}"#, "unknown"),
    (#"{"rope_scaling": {"rope_type": "linear"}}"#, "`rope_scaling.factor` is missing"),
    (#"{"rope_scaling": {"rope_type": "linear", "factor": 0}}"#, "`rope_scaling.factor`"),
    (#"{"rope_scaling": {"rope_type": "linear", "factor": "2"}}"#, "`rope_scaling.factor`"),
    (#"{"rope_scaling": {"rope_type": 3}}"#, "`rope_scaling.rope_type` is not a string"),
    (#"{"rope_scaling": [1]}"#, "`rope_scaling` is not an object"),
    (#"{"rope_scaling": {"rope_type": "llama3", "factor": 2}}"#, "low_freq_factor"),
    (
      #"{"rope_scaling": {"rope_type": "llama3", "factor": 2, "low_freq_factor": 4, "high_freq_factor": 4}}"#,
      "high_freq_factor"
    ),
    (
      #"{"rope_scaling": {"rope_type": "yarn", "factor": 2, "original_max_position_embeddings": 0}}"#,
      "original_max_position_embeddings"
    ),
    (#"{"rope_theta": -1}"#, "rope_theta"), (#"{"rope_theta": 1e400}"#, "rope_theta"),
    (#"{"partial_rotary_factor": 0.5}"#, "partial_rotary_factor"),
  ])
  func refuses(_ json: String, _ words: String) throws {
    do {
      _ = try Self.read(json)
      Issue.record("\(json) was read")
    } catch let error as ModelError {
      #expect(error.description.contains(words), "\(error)")
    }
  }

  private static func read(_ json: String) throws -> (theta: Double, scaling: RotaryScaling) {
    let object = try #require(try JSONValue(parsing: json).object)
    return try RotaryScaling.read(
      ConfigurationFields(object, file: "config.json"), maximumPositions: 4096)
  }
}
