internal import Glibc
internal import TandemJSON

/// The weights of a model's folder: `model.safetensors`, or the shards that `model.safetensors.index.json` lists.
///
/// Where both stand, the single file counts, as in transformers.
package struct Checkpoint: Sendable {
  /// The folder.
  package let folder: String
  /// The files, sorted by name.
  package let files: [SafetensorsFile]
  private let fileOfTensor: [String: Int]

  /// Maps all files of a folder and checks their headers and that every listed tensor is there.
  ///
  /// - Throws: ``ModelError``.
  package init(folder: String) throws(ModelError) {
    self.folder = folder
    let single = folder + "/model.safetensors"
    let index = single + ".index.json"
    if access(single, F_OK) == 0 {
      let file = try SafetensorsFile(single)
      files = [file]
      fileOfTensor = Dictionary(uniqueKeysWithValues: file.entries.map { ($0.name, 0) })
    } else if access(index, F_OK) == 0 {
      (files, fileOfTensor) = try Self.shards(folder, index)
    } else {
      throw ModelError(folder, "holds no model.safetensors and no model.safetensors.index.json")
    }
  }

  /// The names of all tensors, sorted.
  package var names: [String] {
    fileOfTensor.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The tensor of a name with the file it stands in; nil when there is none.
  package func tensor(_ name: String) -> (file: SafetensorsFile, entry: TensorEntry)? {
    guard let file = fileOfTensor[name].map({ files[$0] }), let entry = file.entry(name) else {
      return nil
    }
    return (file, entry)
  }

  private static func shards(_ folder: String, _ index: String) throws(ModelError) -> (
    [SafetensorsFile], [String: Int]
  ) {
    let content = try JSONFile.object(index)
    guard let map = content["weight_map"]?.object else {
      throw ModelError(index, "has no `weight_map`, an object of file names by tensor")
    }
    var tensors: [String: [String]] = [:]
    for member in map.members {
      guard let name = member.value.string, isPlainName(name) else {
        throw ModelError(
          index,
          "weight_map: \(member.key.quoted) is not in a plain file name ending in .safetensors")
      }
      tensors[name, default: []].append(member.key)
    }
    var files: [SafetensorsFile] = []
    var fileOfTensor: [String: Int] = [:]
    for name in tensors.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let file = try SafetensorsFile(folder + "/" + name)
      for tensor in tensors[name] ?? [] {
        guard file.entry(tensor) != nil else {
          throw ModelError(
            file.path,
            "tensor \(tensor.quoted) is missing; model.safetensors.index.json places it here")
        }
        guard fileOfTensor.updateValue(files.count, forKey: tensor) == nil else {
          throw ModelError(index, "weight_map names \(tensor.quoted) twice")
        }
      }
      files.append(file)
    }
    return (files, fileOfTensor)
  }

  /// Whether a name stays inside its folder.
  private static func isPlainName(_ name: String) -> Bool {
    name.hasSuffix(".safetensors") && !name.hasPrefix(".")
      && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") || $0 < 0x20 }
  }
}
