internal import Glibc

/// Standard error, for talk: notes, progress, errors.
enum Console {
  /// Whether standard error is a terminal.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes one line.
  static func note(_ text: String) {
    send(text + "\n")
  }

  /// Writes text as it is; failures are not reported, since there is nowhere left to report them.
  static func send(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in _ = write(STDERR_FILENO, utf8.baseAddress, utf8.count) }
  }
}
