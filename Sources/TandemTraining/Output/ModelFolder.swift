internal import TandemJSON
internal import TandemLM
internal import TandemShards

/// Writes a whole model as transformers reads it: `config.json`, `model.safetensors`, and what stood beside them.
struct ModelFolder {
  let path: String
  /// The folder of the model that it was made from.
  let base: String

  static let weightsName = "model.safetensors"
  private static let companions = [
    "tokenizer.json", "tokenizer_config.json", "generation_config.json", "special_tokens_map.json",
    "chat_template.jinja", "vocab.json", "merges.txt",
  ]

  /// Writes all files; the weights last.
  func write(_ tensors: [SafetensorsWriter.Tensor]) throws {
    for name in Self.companions where Folder.exists(base + "/" + name) {
      let file = try InputFile(base + "/" + name)
      var copy = try AtomicFile(path + "/" + name)
      try copy.write(try file.bytes(at: 0, count: file.size))
      try copy.commit()
    }
    try AtomicFile.write(try configuration().json + "\n", to: path + "/config.json")
    var file = try AtomicFile(path + "/" + Self.weightsName)
    try SafetensorsWriter.write(tensors, metadata: [("format", "pt")]) { try file.write($0) }
    try file.commit()
  }

  /// The base's configuration, with the type of numbers that is written.
  private func configuration() throws -> JSONValue {
    let file = try InputFile(base + "/config.json")
    let json = try JSONValue(parsing: try file.bytes(at: 0, count: file.size))
    guard var object = json.object else { throw TrainingError(file.path, "is not a JSON object") }
    for name in ["dtype", "torch_dtype"] where object[name] != nil { object[name] = "float32" }
    return .object(object)
  }
}
