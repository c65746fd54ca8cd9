import TandemJSON
import TandemLM
import TandemTestSupport
import Testing

@testable import TandemTraining

/// The reference numbers of transformers and PEFT, within the tolerances of their README.
@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct FixtureTests {
  @Test(arguments: EngineFixture.names, ["sft", "pg", "ppo"])
  func `Adapter: loss, gradients and three steps`(name: String, loss: String) throws {
    let fixture = try EngineFixture(name)
    guard let expected = fixture.batch.results[loss] else { return }
    let adapter = try Adapter(folder: fixture.folder + "/adapter", for: fixture.configuration)
    let decoder = try Decoder(
      fixture.configuration, checkpoint: fixture.checkpoint,
      training: .adapter(try AdapterPlan(adapter)), positions: 64, workers: Workers(threads: 1))
    decoder.parameters.take(adapter)
    var sequences = fixture.batch.sequences()
    if loss == "sft" { for index in sequences.indices { sequences[index].advantage = 1 } }
    let objective = Objective(
      loss: loss == "ppo" ? GRPO(clip: GRPO.usualClip) : Reinforce(), reduction: .token,
      beta: 0.04)
    let step = Step(
      decoder: decoder, objective: objective, sequences: sequences, usesReference: loss == "ppo")
    try check(step, loss, "lora.safetensors", prefix: loss + ".", fixture.folder, expected)
  }

  @Test func `Everything: loss, gradients and three steps`() throws {
    let fixture = try EngineFixture("qwen2-tied-f32")
    let decoder = try Decoder(
      fixture.configuration, checkpoint: fixture.checkpoint, training: .everything, positions: 64,
      workers: Workers(threads: 1))
    let json = try JSONValue(reading: fixture.folder + "/full.json")
    let steps = json["steps"]?.array ?? []
    var sequences = fixture.batch.sequences(masked: false)
    for index in sequences.indices { sequences[index].advantage = 1 }
    try check(
      Step(decoder: decoder, objective: .crossEntropy, sequences: sequences), "full",
      "full.safetensors", prefix: "", fixture.folder,
      (steps.compactMap { $0["loss"]?.double }, steps.compactMap { $0["grad_norm"]?.double }))
  }

  private func check(
    _ step: Step, _ loss: String, _ file: String, prefix: String, _ folder: String,
    _ expected: (losses: [Double], norms: [Double])
  ) throws {
    let references = try SafetensorsFile(folder + "/" + file)
    let parameters = step.decoder.parameters
    let optimiser = try AdamW(AdamWOptions(), count: parameters.count)
    #expect(expected.losses.count == 3)
    for index in 0..<3 {
      let tally = try step()
      let norm = parameters.gradientNorm(step.decoder.workers)
      #expect(abs(tally.loss - expected.losses[index]) < (index == 0 ? 2e-5 : 1e-3))
      #expect(abs(norm - expected.norms[index]) < 1e-3 * expected.norms[index])
      // Some models come with the losses of all, but with the tensors of one.
      guard references.entry("grad.\(prefix)\(parameters.entries[0].name)") != nil else { return }
      if index == 0 {
        var worst = 0.0
        for entry in parameters.entries {
          let reference = try references.floats(
            "grad.\(prefix)\(entry.name)", shape: entry.shape)
          worst = max(worst, relativeDistance(parameters.gradient(entry), reference))
        }
        print("\(folder.split(separator: "/").last ?? "") \(loss): worst gradient \(worst)")
        #expect(worst < 1e-4)
      }
      optimiser.update(
        parameters, rate: 1e-3, scale: ParameterStore.clipping(norm: norm, limit: 1),
        step.decoder.workers)
    }
    var far = 0
    for entry in parameters.entries {
      let reference = try references.floats("after3.\(prefix)\(entry.name)", shape: entry.shape)
      for (value, expected) in zip(parameters.value(entry), reference) {
        let distance = abs(value - expected)
        #expect(distance < 2e-3)
        if distance > 1e-5 { far += 1 }
      }
    }
    #expect(Double(far) < 1e-3 * Double(parameters.count), "\(far) of \(parameters.count)")
  }
}

/// The norm of the difference over the norm of what is expected.
func relativeDistance(_ values: [Float], _ expected: [Float]) -> Double {
  var (distance, norm) = (0.0, 0.0)
  for (value, reference) in zip(values, expected) {
    distance += (Double(value) - Double(reference)) * (Double(value) - Double(reference))
    norm += Double(reference) * Double(reference)
  }
  return norm == 0 ? distance.squareRoot() : (distance / norm).squareRoot()
}
