internal import Foundation
internal import TandemLM
internal import TandemShards
internal import TandemTraining

/// One model of the command line with its examples.
struct TrainTarget {
  let command: TrainCommand
  let name: String
  let model: String
  let adapter: String?
  let files: [String]
  let output: String

  /// The processor's cores.
  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The job, with its examples read.
  func job() throws -> TrainingJob {
    let configuration = try ModelConfiguration(folder: model)
    var options = command.options.options(for: command.objective)
    if let adapter {
      options.adapter = try AdapterPlan(try Adapter(folder: adapter, for: configuration))
    }
    let data = try TrainingData(
      files: files,
      for: TrainingData.Purpose(
        objective: options.objective, behaviour: options.behaviour,
        usesRatios: options.usesRatios || command.check,
        vocabularySize: configuration.vocabularySize))
    var job = TrainingJob(
      model: model, modelName: Folder.split(model).name, output: output, options: options,
      data: data, workers: Workers(threads: command.threads))
    job.initialAdapter = adapter
    job.startsFresh = command.fresh
    return job
  }
}
