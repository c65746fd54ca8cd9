internal import TandemJSON

/// The values of one page, decoded one by one.
struct ParquetValues {
  private enum Encoding {
    case plain
    case dictionary(ParquetRuns)
    case runs(ParquetRuns)
    case deltas(ParquetDeltas)
    case deltaTexts(ParquetDeltaTexts)
  }

  private let kind: ParquetSchema.Kind
  private var encoding: Encoding
  private var rest: ArraySlice<UInt8>
  /// The bit of the byte at the front that is next, for plain truth values.
  private var bit: UInt8 = 0

  /// Decodes at most `limit` values.
  init(_ bytes: ArraySlice<UInt8>, encoding: Int, kind: ParquetSchema.Kind, limit: Int)
    throws(ParquetDamage)
  {
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
    case 5 where [.int32, .int64, .uint32, .uint64].contains(kind):
      self.encoding = .deltas(try ParquetDeltas(rest, limit: limit))
    case 6 where kind == .text, 7 where kind == .text:
      self.encoding = .deltaTexts(
        try ParquetDeltaTexts(rest, sharesStarts: encoding == 7, limit: limit))
    default:
      let name = encoding == 9 ? "BYTE_STREAM_SPLIT" : "number \(encoding)"
      throw ParquetDamage(unsupported: "uses the encoding \(name)")
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
    case .deltas(var deltas):
      let value = try deltas.next()
      encoding = .deltas(deltas)
      return number(UInt64(bitPattern: value))
    case .deltaTexts(var texts):
      // Without this each text would be copied before the next is made from it.
      encoding = .plain
      let bytes = try texts.next()
      encoding = .deltaTexts(texts)
      return try text(bytes)
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
    case .int32, .uint32: return number(try word(4))
    case .int64, .uint64: return number(try word(8))
    case .float:
      let value = Float(bitPattern: UInt32(try word(4)))
      return value.isFinite ? .number(value.description) : .null
    case .double: return .number(Double(bitPattern: try word(8)))
    case .text:
      let length = try Self.takeLength(&rest)
      defer { rest = rest.dropFirst(length) }
      return try text(rest.prefix(length))
    case .unread: throw ParquetDamage("is not read")
    }
  }

  private func text(_ bytes: some Sequence<UInt8>) throws(ParquetDamage) -> JSONValue {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ParquetDamage("has text that is not UTF-8")
    }
    return .string(text)
  }

  /// The whole number that these bits are for the column's kind.
  private func number(_ bits: UInt64) -> JSONValue {
    switch kind {
    case .int32: .number(Int(Int32(truncatingIfNeeded: bits)))
    case .uint32: .number(Int(UInt32(truncatingIfNeeded: bits)))
    case .uint64: .number(String(bits))
    default: .number(Int(Int64(bitPattern: bits)))
    }
  }

  private mutating func word(_ count: Int) throws(ParquetDamage) -> UInt64 {
    guard rest.count >= count else { throw .short }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
