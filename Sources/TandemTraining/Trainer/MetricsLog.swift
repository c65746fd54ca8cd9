internal import Glibc
internal import TandemJSON
internal import TandemShards

/// `metrics.jsonl`: one row an update.
struct MetricsLog: ~Copyable {
  static let fileName = "metrics.jsonl"
  private let path: String
  private let descriptor: CInt

  /// Goes on behind the rows of the first `steps` updates; rows of later ones, which will come again, are taken out.
  init(folder: String, keeping steps: Int) throws {
    let path = folder + "/" + Self.fileName
    var kept = ""
    if steps > 0, Folder.exists(path) {
      let file = try InputFile(path)
      let text = String(decoding: try file.bytes(at: 0, count: file.size), as: UTF8.self)
      for line in text.split(separator: "\n").prefix(steps) { kept += line + "\n" }
    }
    try AtomicFile.write(kept, to: path)
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw TrainingError(path, "cannot open: \(String(cString: strerror(errno)))")
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Adds a row.
  func append(_ metrics: StepMetrics) throws(TrainingError) {
    let line = Array((metrics.json.json + "\n").utf8)
    guard write(descriptor, line, line.count) == line.count else {
      throw TrainingError(path, "cannot write: \(String(cString: strerror(errno)))")
    }
  }
}
