internal import Glibc
internal import TandemJSON

/// A window that slides over a source: what is not consumed stays in one piece of memory, with the
/// padding that the JSON parser needs behind it.
final class ByteWindow {
  /// The name for messages.
  let name: String
  /// The most bytes that the window may hold.
  let limit: Int
  private let source: any ByteSource
  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  private var start = 0
  private var end = 0
  private var ended = false

  init(_ source: any ByteSource, name: String, limit: Int = 64 << 20) {
    self.source = source
    self.name = name
    self.limit = limit
    capacity = min(1 << 16, max(limit, 1))
    base = .allocate(byteCount: capacity + JSONParser.padding, alignment: 64)
    memset(base, 0, capacity + JSONParser.padding)
  }

  deinit { base.deallocate() }

  /// What is at hand; valid until the next call of ``fill()`` or ``consume(_:)``.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base + start, count: end - start)
  }

  /// Whether the window cannot take more bytes before some are consumed.
  var isFull: Bool { end - start >= limit }

  /// Drops bytes from the front.
  func consume(_ count: Int) {
    start += min(count, end - start)
  }

  /// Adds bytes from the source; false at its end.
  ///
  /// Must not be called on a full window.
  func fill() throws(SourceError) -> Bool {
    guard !ended else { return false }
    if start > 0 {
      memmove(base, base + start, end - start)
      (start, end) = (0, end - start)
    }
    if end == capacity { grow() }
    let free = UnsafeMutableRawBufferPointer(start: base + end, count: capacity - end)
    let count = try source.read(into: free)
    end += count
    ended = count == 0
    return !ended
  }

  /// Fills until `count` bytes are at hand, or all there are.
  func fill(atLeast count: Int) throws(SourceError) {
    while bytes.count < min(count, limit), try fill() {}
  }

  /// Takes everything that is left out of the window.
  ///
  /// - Throws: ``SourceError`` beyond `limit` bytes, or as ``fill()`` does.
  func takeAll(limit: Int) throws(SourceError) -> [UInt8] {
    var all: [UInt8] = []
    repeat {
      guard all.count + bytes.count <= limit else {
        throw SourceError(
          name, "takes more than \(limit) bytes of memory: unpack it and give the file itself")
      }
      all.append(contentsOf: bytes)
      consume(bytes.count)
    } while try fill()
    return all
  }

  private func grow() {
    let larger = min(capacity * 2, limit)
    let moved = UnsafeMutableRawPointer.allocate(
      byteCount: larger + JSONParser.padding, alignment: 64)
    memcpy(moved, base, end)
    memset(moved + end, 0, larger + JSONParser.padding - end)
    base.deallocate()
    (base, capacity) = (moved, larger)
  }
}
