internal import Foundation

/// Runs other programs for tests.
package enum Shell {
  /// What a program did.
  package struct Result: Sendable {
    /// The exit status; the signal's number plus 128 when one ended it.
    package var status: Int32
    package var output: String
    package var errors: String
  }

  /// Runs a program found on the path with no input, and waits for it.
  package static func run(
    _ arguments: [String], environment: [String: String] = [:], folder: String? = nil
  ) throws -> Result {
    try run(arguments, environment: environment, folder: folder, meanwhile: { _ in })
  }

  /// Runs a program, does something while it runs, and waits for it.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], folder: String? = nil,
    meanwhile: (Process) throws -> Void
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    let captured = try WorkFolder()
    let streams = try ["out", "err"].map { name in
      let path = try captured.write("", to: name)
      return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }
    process.standardOutput = streams[0]
    process.standardError = streams[1]
    try process.run()
    try meanwhile(process)
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: captured.path(name))), as: UTF8.self)
    }
    let signal = process.terminationReason == .uncaughtSignal ? Int32(128) : 0
    return Result(
      status: process.terminationStatus + signal, output: try text("out"), errors: try text("err"))
  }

  /// The output of a program that must succeed.
  package static func output(_ arguments: String...) throws -> String {
    let result = try run(arguments)
    guard result.status == 0 else { throw Failure(arguments: arguments, result: result) }
    return result.output
  }

  /// A program that failed.
  package struct Failure: Error, CustomStringConvertible {
    package var arguments: [String]
    package var result: Result

    package var description: String {
      "\(arguments.joined(separator: " ")): status \(result.status): \(result.errors)"
    }
  }
}
