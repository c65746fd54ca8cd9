internal import Glibc
internal import TandemRecords

/// A digest of everything in a model's or an adapter's folder that its numbers depend on.
package enum WeightsDigest {
  /// The digest of a model's folder: of `config.json` and the files of weights.
  ///
  /// It is the SHA-256 of the lines `<sha256 of the file>  <name>`, sorted by name, as `sha256sum` prints them. Reads all
  /// weights, so that callers do well to remember it.
  ///
  /// - Throws: ``ModelError``.
  package static func model(folder: String) throws(ModelError) -> String {
    let checkpoint = try Checkpoint(folder: folder)
    let index = "model.safetensors.index.json"
    var names = checkpoint.files.compactMap { $0.path.split(separator: "/").last.map(String.init) }
    if names != ["model.safetensors"] { names.append(index) }
    return try digest(folder, names + ["config.json"])
  }

  /// The digest of an adapter's folder: of its configuration and its weights.
  ///
  /// - Throws: ``ModelError``.
  package static func adapter(folder: String) throws(ModelError) -> String {
    try digest(folder, [Adapter.configurationName, Adapter.weightsName])
  }

  private static func digest(_ folder: String, _ names: [String]) throws(ModelError) -> String {
    var listing = ""
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      listing += try hex(ofFile: folder + "/" + name) + "  " + name + "\n"
    }
    return SHA256.hex(of: listing.utf8)
  }

  private static func hex(ofFile path: String) throws(ModelError) -> String {
    let file = try MappedFile(path)
    var digest = SHA256()
    // In pieces, whose memory is given back, so that a model's size is never held twice.
    let piece = 16 << 20
    for start in stride(from: 0, to: file.count, by: piece) {
      let range = start..<min(start + piece, file.count)
      file.withBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[range])) }
      file.forget(range)
    }
    return digest.finish().hex
  }
}
