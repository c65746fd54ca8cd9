internal import TandemJSON

/// The values of one page, decoded one by one.
struct ParquetValues {
  private enum Encoding {
    case plain
    case dictionary(ParquetRuns)
    case runs(ParquetRuns)
  }

  private let kind: ParquetSchema.Kind
  private var encoding: Encoding
  private var rest: ArraySlice<UInt8>
  /// The bit of the byte at the front that is next, for plain truth values.
  private var bit: UInt8 = 0

  init(_ bytes: ArraySlice<UInt8>, encoding: Int, kind: ParquetSchema.Kind) throws(ParquetDamage) {
    self.kind = kind
    rest = bytes
    switch encoding {
    case 0: self.encoding = .plain
    case 2, 8:
      // A page of nulls may have no bytes at all.
      let width = rest.popFirst() ?? 0
      self.encoding = .dictionary(try ParquetRuns(rest, width: Int(width)))
    case 3 where kind == .bool:
      let length = try Self.takeLength(&rest)
      self.encoding = .runs(try ParquetRuns(rest.prefix(length), width: 1))
    default:
      let names = [
        4: "BIT_PACKED", 5: "DELTA_BINARY_PACKED", 6: "DELTA_LENGTH_BYTE_ARRAY",
        7: "DELTA_BYTE_ARRAY", 9: "BYTE_STREAM_SPLIT",
      ]
      throw ParquetDamage(
        unsupported: "uses the encoding \(names[encoding] ?? String(encoding))")
    }
  }

  /// The next value.
  mutating func next(_ dictionary: [JSONValue]) throws(ParquetDamage) -> JSONValue {
    switch encoding {
    case .plain: return try plain()
    case .dictionary(var runs):
      let index = try runs.next()
      encoding = .dictionary(runs)
      guard index < dictionary.count else { throw ParquetDamage("has a damaged dictionary") }
      return dictionary[index]
    case .runs(var runs):
      let value = try runs.next()
      encoding = .runs(runs)
      return .bool(value == 1)
    }
  }

  /// Takes a length of four bytes, which the bytes behind it hold.
  static func takeLength(_ rest: inout ArraySlice<UInt8>) throws(ParquetDamage) -> Int {
    guard rest.count >= 4 else { throw .short }
    let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    rest = rest.dropFirst(4)
    guard length <= rest.count else { throw .short }
    return length
  }

  private mutating func plain() throws(ParquetDamage) -> JSONValue {
    switch kind {
    case .bool:
      guard let byte = rest.first else { throw .short }
      let value = byte >> bit & 1 == 1
      bit = (bit + 1) % 8
      if bit == 0 { rest = rest.dropFirst() }
      return .bool(value)
    case .int32: return .number(Int(Int32(bitPattern: UInt32(try word(4)))))
    case .uint32: return .number(Int(try word(4)))
    case .int64: return .number(Int(bitPattern: UInt(try word(8))))
    case .uint64: return .number(String(try word(8)))
    case .float:
      let value = Float(bitPattern: UInt32(try word(4)))
      return value.isFinite ? .number(value.description) : .null
    case .double: return .number(Double(bitPattern: try word(8)))
    case .text:
      let length = try Self.takeLength(&rest)
      guard let text = String(validating: rest.prefix(length), as: UTF8.self) else {
        throw ParquetDamage("has text that is not UTF-8")
      }
      rest = rest.dropFirst(length)
      return .string(text)
    case .unread: throw ParquetDamage("is not read")
    }
  }

  private mutating func word(_ count: Int) throws(ParquetDamage) -> UInt64 {
    guard rest.count >= count else { throw .short }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
