/// A value in Thrift's compact protocol, in which Parquet writes its footer and page headers.
///
/// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
enum ThriftValue {
  case bool(Bool)
  case int(Int)
  case bytes([UInt8])
  case list([ThriftValue])
  case fields([Int: ThriftValue])
  /// A kind that Parquet's headers have no use for.
  case ignored

  /// The whole number, where it is one.
  var int: Int? { if case .int(let value) = self { value } else { nil } }
  /// The truth value, where it is one.
  var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The elements, where it is a list.
  var list: [ThriftValue]? { if case .list(let values) = self { values } else { nil } }
  /// The text, where it is one.
  var text: String? {
    if case .bytes(let bytes) = self { String(validating: bytes, as: UTF8.self) } else { nil }
  }
  /// The field of a structure with this number.
  subscript(_ field: Int) -> ThriftValue? {
    if case .fields(let fields) = self { fields[field] } else { nil }
  }
}

/// Why bytes are not what the format says.
struct ParquetDamage: Error {
  /// What is wrong and what to do, as the end of a sentence about the file or column.
  let what: String

  /// Bytes that are not what they were.
  init(_ what: String) {
    self.what = "\(what): get a fresh copy"
  }

  /// Something that the format allows and this reader does not know.
  init(unsupported what: String) {
    self.what = "\(what), which is not read here: write the file again with Python's `pyarrow`"
  }

  /// Bytes that end before what they promise.
  static let short = ParquetDamage("ends early inside of a page")
}

/// Reads Thrift structures; every count is held against the bytes that are left.
struct ThriftReader {
  private let bytes: ArraySlice<UInt8>
  /// Where the next byte is, from the start of the bytes given.
  private(set) var position = 0
  /// Whether reading failed because the bytes were too few, rather than wrong.
  private(set) var ranOut = false

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
  }

  /// Reads one structure.
  mutating func fields(depth: Int = 0) throws(ParquetDamage) -> ThriftValue {
    guard depth < 24 else { throw wrong }
    var fields: [Int: ThriftValue] = [:]
    var number = 0
    while true {
      let head = try byte()
      guard head != 0 else { return .fields(fields) }
      let delta = Int(head >> 4)
      number = delta == 0 ? try zigzag() : number + delta
      guard (0...Int(Int16.max)).contains(number) else { throw wrong }
      fields[number] = try value(head & 15, depth: depth + 1, inList: false)
    }
  }

  private mutating func value(_ kind: UInt8, depth: Int, inList: Bool) throws(ParquetDamage)
    -> ThriftValue
  {
    switch kind {
    // In a list a truth value takes a byte; as a field it is in the kind.
    case 1, 2: return .bool(inList ? try byte() == 1 : kind == 1)
    case 3: return .int(Int(Int8(bitPattern: try byte())))
    case 4, 5, 6: return .int(try zigzag())
    case 7:
      try skip(8)
      return .ignored
    case 8:
      let count = try length()
      defer { position += count }
      return .bytes(Array(bytes[bytes.startIndex + position..<bytes.startIndex + position + count]))
    case 9, 10: return .list(try list(depth: depth))
    case 11: return try map(depth: depth)
    case 12: return try fields(depth: depth)
    default: throw wrong
    }
  }

  private mutating func list(depth: Int) throws(ParquetDamage) -> [ThriftValue] {
    guard depth < 24 else { throw wrong }
    let head = try byte()
    let count = head >> 4 == 15 ? try length() : Int(head >> 4)
    var values: [ThriftValue] = []
    for _ in 0..<count { values.append(try value(head & 15, depth: depth + 1, inList: true)) }
    return values
  }

  private mutating func map(depth: Int) throws(ParquetDamage) -> ThriftValue {
    let count = try length()
    guard count > 0 else { return .ignored }
    let kinds = try byte()
    for _ in 0..<count {
      _ = try value(kinds >> 4, depth: depth + 1, inList: true)
      _ = try value(kinds & 15, depth: depth + 1, inList: true)
    }
    return .ignored
  }

  /// A count of things of at least one byte each, which therefore are still ahead.
  private mutating func length() throws(ParquetDamage) -> Int {
    let value = try varint()
    guard value <= UInt64(bytes.count - position) else {
      ranOut = true
      throw wrong
    }
    return Int(value)
  }

  private mutating func zigzag() throws(ParquetDamage) -> Int {
    let value = try varint()
    return Int(bitPattern: UInt(value >> 1)) ^ -Int(value & 1)
  }

  private mutating func varint() throws(ParquetDamage) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let next = try byte()
      value |= UInt64(next & 127) << shift
      if next < 128 { return value }
    }
    throw wrong
  }

  private mutating func skip(_ count: Int) throws(ParquetDamage) {
    for _ in 0..<count { _ = try byte() }
  }

  private mutating func byte() throws(ParquetDamage) -> UInt8 {
    guard position < bytes.count else {
      ranOut = true
      throw wrong
    }
    defer { position += 1 }
    return bytes[bytes.startIndex + position]
  }

  private var wrong: ParquetDamage { ParquetDamage("has a header that cannot be read") }
}
