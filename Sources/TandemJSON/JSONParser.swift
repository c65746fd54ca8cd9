internal import CSimdJSON

/// Reads whole JSON values.
///
/// Keeps its buffers from call to call; one parser serves one thread.
package struct JSONParser: ~Copyable {
  /// Bytes that must be readable behind every input given to a parser.
  package static let padding = Int(SJ_PADDING)

  private let handle: OpaquePointer
  private let maxDepth: Int
  private var scratch: [UInt8] = []

  /// A parser that refuses values nested deeper than `maxDepth`.
  ///
  /// - Throws: ``JSONError`` when there is no memory.
  package init(maxDepth: Int = 256) throws(JSONError) {
    guard let handle = sj_new() else { throw JSONError("out of memory") }
    self.handle = handle
    self.maxDepth = maxDepth
  }

  deinit { sj_free(handle) }

  /// Parses one value that fills `bytes`, behind which ``padding`` more bytes must be readable.
  ///
  /// - Throws: ``JSONError`` for anything but one well-formed value with white space around it.
  package mutating func parse(padded bytes: UnsafeRawBufferPointer) throws(JSONError) -> JSONValue {
    var events: UnsafePointer<sj_event>?
    var count = 0
    let text = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    let status = sj_events(handle, text, bytes.count, CInt(maxDepth), &events, &count)
    guard status == 0 else { throw JSONError(status: status) }
    var reader = EventReader(events: UnsafeBufferPointer(start: events, count: count))
    return reader.value()
  }

  /// Parses one value from bytes without padding, which are copied.
  ///
  /// - Throws: ``JSONError`` as ``parse(padded:)`` does.
  package mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> JSONValue {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: bytes)
    scratch.append(contentsOf: repeatElement(0x20, count: Self.padding))
    let copy = scratch
    return try copy.span.withUnsafeBytes { padded throws(JSONError) in
      try parse(padded: UnsafeRawBufferPointer(rebasing: padded.prefix(bytes.count)))
    }
  }
}

extension JSONValue {
  /// Parses a text that holds one value.
  ///
  /// - Throws: ``JSONError``.
  package init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// Parses bytes that hold one value.
  ///
  /// - Throws: ``JSONError``.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    var parser = try JSONParser()
    self = try bytes.span.withUnsafeBytes { bytes throws(JSONError) in try parser.parse(bytes) }
  }
}

/// Builds values from the parser's flat list of events, which is balanced by construction.
private struct EventReader {
  let events: UnsafeBufferPointer<sj_event>
  var next = 0

  mutating func value() -> JSONValue {
    let event = events[next]
    next += 1
    switch Int(event.kind) {
    case SJ_FALSE: return .bool(false)
    case SJ_TRUE: return .bool(true)
    case SJ_NUMBER: return .number(text(event))
    case SJ_STRING: return .string(text(event))
    case SJ_BEGIN_ARRAY:
      var elements: [JSONValue] = []
      while events[next].kind != SJ_END_ARRAY { elements.append(value()) }
      next += 1
      return .array(elements)
    case SJ_BEGIN_OBJECT:
      var members: [JSONObject.Member] = []
      while events[next].kind != SJ_END_OBJECT {
        let key = text(events[next])
        next += 1
        members.append(.init(key: key, value: value()))
      }
      next += 1
      return .object(JSONObject(members))
    default: return .null
    }
  }

  private func text(_ event: sj_event) -> String {
    String(decoding: UnsafeRawBufferPointer(start: event.ptr, count: event.len), as: UTF8.self)
  }
}
