/// A LoRA adapter: pairs of thin matrices that are added to a model's own, `y = W x + scale * B (A x)`.
///
/// Hu and others, https://arxiv.org/abs/2106.09685; files as PEFT writes them.
package struct Adapter: Sendable {
  /// The two matrices of one module.
  package struct Pair: Hashable, Sendable {
    /// `[rank, inputs]`.
    package var a: [Float]
    /// `[outputs, rank]`.
    package var b: [Float]

    /// A pair of matrices at hand.
    package init(a: [Float], b: [Float]) {
      self.a = a
      self.b = b
    }
  }

  static let configurationName = "adapter_config.json"
  static let weightsName = "adapter_model.safetensors"

  /// The rank, the same for all modules.
  package let rank: Int
  /// What `B (A x)` is multiplied with.
  package let scale: Float
  /// The pairs of every layer.
  package let layers: [[Projection: Pair]]

  /// An adapter from its parts; as many layers as the model has.
  package init(rank: Int, scale: Float, layers: [[Projection: Pair]]) {
    self.rank = rank
    self.scale = scale
    self.layers = layers
  }

  /// Reads the folder of an adapter for a model of this configuration.
  ///
  /// - Throws: ``ModelError`` naming the file, and the tensor where one is missing, unknown or of the wrong shape.
  package init(folder: String, for model: ModelConfiguration) throws(ModelError) {
    let configuration = try AdapterConfiguration(file: folder + "/" + Self.configurationName)
    let file = try SafetensorsFile(folder + "/" + Self.weightsName)
    rank = configuration.rank
    scale = Float(configuration.scale)
    var read: Set<String> = []
    var layers: [[Projection: Pair]] = []
    for layer in 0..<model.layerCount {
      var pairs: [Projection: Pair] = [:]
      for projection in Projection.allCases {
        let module = projection.module(layer: layer)
        let names = (a: Self.tensorName(module, "A"), b: Self.tensorName(module, "B"))
        guard file.entry(names.a) != nil || file.entry(names.b) != nil else {
          guard configuration.covers(module) != true || configuration.isPartial else {
            throw ModelError(
              file.path,
              "tensor \(names.a.quoted) is missing, though target_modules names its module")
          }
          continue
        }
        let shape = projection.shape(model)
        pairs[projection] = Pair(
          a: try file.floats(names.a, shape: [rank, shape.inputs]),
          b: try file.floats(names.b, shape: [shape.outputs, rank]))
        read.formUnion([names.a, names.b])
      }
      layers.append(pairs)
    }
    for entry in file.entries where !read.contains(entry.name) {
      throw ModelError(
        file.path,
        "tensor \(entry.name.quoted) belongs to no matrix of the model; is it another model's?")
    }
    guard !read.isEmpty else { throw ModelError(file.path, "holds no adapter of any layer") }
    self.layers = layers
  }

  /// The name of a tensor in PEFT's files; `part` is A or B.
  package static func tensorName(_ module: String, _ part: String) -> String {
    "base_model.model.\(module).lora_\(part).weight"
  }
}
