internal import Glibc

/// Standard output, for data alone; buffered.
struct StandardOutput: ~Copyable {
  private var buffer: [UInt8] = []
  private static let limit = 1 << 16

  /// Thrown when the reader has gone away, which ends a command without an error.
  struct Closed: Error {}

  /// Writes bytes.
  mutating func write(_ bytes: UnsafeRawBufferPointer) throws(Closed) {
    if bytes.count >= Self.limit {
      try flush()
      try Self.send(bytes)
      return
    }
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.limit { try flush() }
  }

  /// Writes text as it is.
  mutating func write(_ text: String) throws(Closed) {
    try Array(text.utf8).span.withUnsafeBytes { bytes throws(Closed) in try write(bytes) }
  }

  /// Writes text and a line end.
  mutating func line(_ text: String = "") throws(Closed) {
    try write(text + "\n")
  }

  /// Sends what is buffered.
  mutating func flush() throws(Closed) {
    try buffer.span.withUnsafeBytes { bytes throws(Closed) in try Self.send(bytes) }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func send(_ bytes: UnsafeRawBufferPointer) throws(Closed) {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(
        STDOUT_FILENO, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count > 0 { done += count } else if errno != EINTR { throw Closed() }
    }
  }
}
