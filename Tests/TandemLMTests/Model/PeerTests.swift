import Foundation
import TandemTestSupport
import Testing

@testable import TandemLM

/// Random checkpoints of many shapes against transformers and PEFT, where these are installed.
///
/// `TANDEM_PYTHON` names the interpreter; without it `python3` is tried.
struct PeerTests {
  private static let python = ProcessInfo.processInfo.environment["TANDEM_PYTHON"] ?? "python3"
  private static let isPresent =
    (try? Shell.run([python, "-c", "import transformers, peft, torch"]).status) == 0
  private static let absence: Comment =
    "needs the Python packages transformers, peft and torch: set TANDEM_PYTHON to an interpreter that has them"

  private static let script =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    + "/Reference/peer.py"

  @Test(.enabled(if: isPresent, absence), arguments: [1, 2])
  func logitsAreThoseOfTheLibraries(_ seed: Int) throws {
    let folder = try WorkFolder()
    _ = try Shell.output(Self.python, Self.script, folder.path, "\(seed)")
    for number in 0..<15 {
      let path = folder.path("\(number)")
      let configuration = try ModelConfiguration(folder: path + "/model")
      let adapter = try Adapter(folder: path + "/adapter", for: configuration)
      let model = try Model(folder: path + "/model")
      let reference = try SafetensorsFile(path + "/reference.safetensors")
      let count = try #require(reference.entry("tokens")).elementCount
      let tokens = try reference.floats("tokens", shape: [count]).map { Int32($0) }
      let shape = [count, configuration.vocabularySize]
      for (name, adapter) in [("logits", nil), ("adapter_logits", adapter)] {
        let expected = try reference.floats(name, shape: shape)
        let logits = try FixtureTests.logits(model, adapter: adapter, tokens, step: 16)
        let worst = zip(logits.joined(), expected).map { abs($0 - $1) }.max() ?? .infinity
        let scale = expected.map(abs).max() ?? 1
        #expect(
          worst < 5e-5 * max(scale, 1),
          "seed \(seed), model \(number), \(name): \(worst) of \(scale)")
      }
    }
  }
}
