internal import Foundation
internal import Glibc

/// The built `tandem`, run as a user runs it.
package enum Tool {
  /// The path of the program beside the test bundle that is running.
  package static let path: String = {
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
    var folder = URL(fileURLWithPath: bundle)
    while folder.path.contains(".xctest") { folder.deleteLastPathComponent() }
    let beside = folder.appendingPathComponent("tandem").path
    return FileManager.default.fileExists(atPath: beside)
      ? beside : SharedData.package + "/.build/debug/tandem"
  }()

  /// Runs the program and waits for it.
  package static func run(
    _ arguments: String..., environment: [String: String] = [:], folder: String? = nil
  ) throws -> Shell.Result {
    try run(arguments, environment: environment, folder: folder)
  }

  /// Runs the program and waits for it.
  package static func run(
    _ arguments: [String], environment: [String: String] = [:], folder: String? = nil
  ) throws -> Shell.Result {
    try Shell.run([path] + arguments, environment: environment, folder: folder)
  }

  /// The standard output of a run that must succeed.
  package static func output(_ arguments: String...) throws -> String {
    try output(arguments)
  }

  /// The standard output of a run that must succeed.
  package static func output(_ arguments: [String]) throws -> String {
    let result = try run(arguments)
    guard result.status == 0 else {
      throw Shell.Failure(arguments: ["tandem"] + arguments, result: result)
    }
    return result.output
  }

  /// Runs the program and kills it with SIGKILL after so many seconds, if it is not done before.
  package static func kill(after seconds: Double, _ arguments: [String]) throws -> Shell.Result {
    try Shell.run(["timeout", "-s", "KILL", String(seconds), path] + arguments)
  }
}

extension Tool {
  /// Starts the program, signals it as soon as something stands under `path`, and waits for it.
  package static func signal(_ number: Int32, whenAppears path: String, _ arguments: [String])
    throws -> Shell.Result
  {
    try Shell.run([Tool.path] + arguments) { process in
      while process.isRunning, !FileManager.default.fileExists(atPath: path) { sched_yield() }
      Glibc.kill(process.processIdentifier, number)
    }
  }
}
