internal import TandemLM
internal import TandemShards

/// A model with an adapter added to its weights: W + scale * B A.
package struct MergedModel {
  private let model: String
  private let adapter: String

  /// The folders of both.
  package init(model: String, adapter: String) {
    self.model = model
    self.adapter = adapter
  }

  /// Writes the merged model as a folder of its own.
  ///
  /// - Throws: `ModelError` or `ShardError` naming the file at fault; ``TrainingError`` when the folder holds a model.
  package func write(to output: String) throws {
    guard !Folder.exists(output + "/" + ModelFolder.weightsName) else {
      throw TrainingError(output, "already holds a model; give another folder")
    }
    let configuration = try ModelConfiguration(folder: model)
    let checkpoint = try Checkpoint(folder: model)
    let adapter = try Adapter(folder: adapter, for: configuration)
    var tensors: [SafetensorsWriter.Tensor] = []
    for shape in ModelTensors.all(configuration) {
      let matrix = try Matrix(rows: shape.sizes[0], columns: shape.count / shape.sizes[0])
      try checkpoint.read(shape.name, shape: shape.sizes, into: matrix.base)
      for (layer, pairs) in adapter.layers.enumerated() {
        for (projection, pair) in pairs
        where projection.module(layer: layer) + ".weight" == shape.name {
          let a = try Matrix(rows: adapter.rank, columns: matrix.columns)
          let b = try Matrix(rows: matrix.rows, columns: adapter.rank)
          a.copy(pair.a)
          b.copy(pair.b)
          BLAS.multiply(b, a, scale: adapter.scale, into: matrix, adding: true)
        }
      }
      tensors.append(
        SafetensorsWriter.Tensor(name: shape.name, shape: shape.sizes, values: matrix.values))
    }
    try Folder.create(output)
    try ModelFolder(path: output, base: model).write(tensors)
  }
}
