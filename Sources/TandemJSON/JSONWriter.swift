internal import Glibc

/// Appends JSON text to a growing buffer.
///
/// Commas are placed by the writer.
package struct JSONWriter: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var needsComma = false
  /// The number of bytes written.
  package private(set) var count = 0

  /// An empty writer with room for `capacity` bytes, growing as needed.
  package init(capacity: Int = 1 << 16) {
    self.capacity = max(capacity, 64)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  /// What was written; valid until the next change.
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  /// Forgets what was written and keeps the memory.
  package mutating func removeAll() {
    count = 0
    needsComma = false
  }
}

// MARK: - Structure

extension JSONWriter {
  /// Opens an object.
  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  /// Closes an object.
  package mutating func endObject() { close(UInt8(ascii: "}")) }
  /// Opens an array.
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  /// Closes an array.
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  /// Ends a row.
  package mutating func newline() {
    append(UInt8(ascii: "\n"))
    needsComma = false
  }

  /// Writes a key that needs no escapes.
  package mutating func key(_ name: StaticString) {
    separate()
    append(UInt8(ascii: "\""))
    append(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    append(UInt8(ascii: "\""))
    append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes any key.
  package mutating func key(_ name: String) {
    string(name)
    append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes members kept from another row.
  package mutating func members(_ unknown: UnknownMembers) {
    guard !unknown.isEmpty else { return }
    separate()
    append(unknown.text)
    needsComma = true
  }
}

// MARK: - Values

extension JSONWriter {
  /// Writes null.
  package mutating func null() { literal("null") }

  /// Writes true or false.
  package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

  /// Writes a whole number.
  package mutating func int(_ value: Int) {
    separate()
    appendInt(value)
    needsComma = true
  }

  /// Writes the shortest text that reads back as the same double; null if it is not finite.
  package mutating func double(_ value: Double) {
    guard value.isFinite else { return null() }
    separate()
    append(value.description)
    needsComma = true
  }

  /// Writes an array of whole numbers.
  package mutating func int32s(_ values: [Int32]) {
    separate()
    append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      appendInt(Int(value))
    }
    append(UInt8(ascii: "]"))
    needsComma = true
  }

  /// Writes a string with the fewest escapes that JSON allows.
  package mutating func string(_ value: String) {
    separate()
    var value = value
    value.withUTF8 { utf8 in appendEscaped(utf8) }
    needsComma = true
  }

  /// Writes JSON text as it is.
  package mutating func raw(_ json: UnsafeRawBufferPointer) {
    separate()
    append(json)
    needsComma = true
  }

  /// Writes any value.
  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .number(let text):
      separate()
      append(text)
      needsComma = true
    case .string(let text): string(text)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let object):
      beginObject()
      for member in object.members {
        key(member.key)
        self.value(member.value)
      }
      endObject()
    }
  }
}

// MARK: - Bytes

extension JSONWriter {
  private mutating func open(_ byte: UInt8) {
    separate()
    append(byte)
    needsComma = false
  }

  private mutating func close(_ byte: UInt8) {
    append(byte)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { append(UInt8(ascii: ",")) }
  }

  private mutating func literal(_ text: StaticString) {
    separate()
    append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    needsComma = true
  }

  private mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count &+= 1
  }

  private mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    memcpy(base + count, source, bytes.count)
    count &+= bytes.count
  }

  private mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  private mutating func appendInt(_ value: Int) {
    reserve(20)
    if value < 0 {
      base[count] = UInt8(ascii: "-")
      count &+= 1
    }
    let start = count
    var rest = value.magnitude
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      base[count] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit)
      count &+= 1
      rest = quotient
    } while rest != 0
    var digits = UnsafeMutableBufferPointer(start: base + start, count: count - start)
    digits.reverse()
  }

  private mutating func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    var start = 0
    for index in utf8.indices {
      let byte = utf8[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        continue
      }
      append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(utf8)[start..<index]))
      appendEscape(byte)
      start = index + 1
    }
    append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(utf8)[start...]))
    append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\n"): append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): append(UInt8(ascii: "t"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    default:
      append("u00")
      append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
      append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
    }
  }

  private mutating func reserve(_ more: Int) {
    guard count &+ more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    memcpy(grown, base, count)
    base.deallocate()
    base = grown
  }
}
