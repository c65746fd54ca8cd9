internal import TandemJSON

/// The header of a safetensors file, with every claim of it checked against the file's size.
///
/// The format: eight bytes with the header's length, little-endian; the header, a JSON object; the tensors' bytes without
/// holes or overlaps. https://huggingface.co/docs/safetensors
struct SafetensorsHeader {
  /// Headers above this are refused; a hundred thousand tensors take a tenth of it.
  static let maximumLength = 32 << 20
  private static let maximumRank = 8

  /// The tensors, sorted by name.
  private(set) var entries: [TensorEntry] = []
  /// The strings of `__metadata__`.
  private(set) var metadata: [String: String] = [:]

  /// Reads the header of a file whose bytes these are.
  ///
  /// - Throws: ``ModelError`` naming the file, and the tensor where one is at fault.
  init(_ bytes: UnsafeRawBufferPointer, file: String) throws(ModelError) {
    guard bytes.count >= 8 else {
      throw ModelError(file, "is cut short: \(bytes.count) bytes are no safetensors file")
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(Self.maximumLength) else {
      throw ModelError(
        file,
        "has a header of \(length) bytes, above \(Self.maximumLength): no safetensors file, or a damaged one"
      )
    }
    let start = 8 + Int(length)
    guard start <= bytes.count else {
      throw ModelError(
        file, "is cut short: its header ends at byte \(start), the file at byte \(bytes.count)")
    }
    let header = UnsafeRawBufferPointer(rebasing: bytes[8..<start])
    guard header.first == UInt8(ascii: "{") else {
      throw ModelError(file, "has no JSON object as its header: no safetensors file")
    }
    for member in try Self.members(header, file) {
      if member.key == "__metadata__" {
        metadata = try Self.metadata(member.value, file)
      } else {
        entries.append(try Self.entry(member, start..<bytes.count, file))
      }
    }
    try checkLayout(start..<bytes.count, file)
    entries.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func members(_ header: UnsafeRawBufferPointer, _ file: String) throws(ModelError)
    -> [JSONObject.Member]
  {
    let object: JSONObject?
    do {
      // The deepest legitimate value is an array in a tensor in the header.
      var parser = try JSONParser(maxDepth: 4)
      object = try parser.parse(header).object
    } catch {
      throw ModelError(file, "has a malformed header: \(error)")
    }
    guard let object else { throw ModelError(file, "has no JSON object as its header") }
    var seen: Set<String> = []
    for member in object.members where !seen.insert(member.key).inserted {
      throw ModelError(file, "names \(member.key.quoted) twice")
    }
    return object.members
  }

  private static func metadata(_ value: JSONValue, _ file: String) throws(ModelError)
    -> [String: String]
  {
    guard let object = value.object else {
      throw ModelError(file, "`__metadata__` is not an object of strings")
    }
    var metadata: [String: String] = [:]
    for member in object.members {
      guard let text = member.value.string else {
        throw ModelError(file, "`__metadata__`: \(member.key.quoted) is not a string")
      }
      metadata[member.key] = text
    }
    return metadata
  }

  private static func entry(
    _ member: JSONObject.Member, _ data: Range<Int>, _ file: String
  ) throws(ModelError) -> TensorEntry {
    func fault(_ message: String) -> ModelError {
      ModelError(file, "tensor \(member.key.quoted): \(message)")
    }
    guard let object = member.value.object else { throw fault("is not described by an object") }
    for key in object.members.map(\.key) where !["dtype", "shape", "data_offsets"].contains(key) {
      throw fault("has an unknown field \(key.quoted)")
    }
    guard object.members.count == 3 else {
      throw fault("needs dtype, shape and data_offsets, once")
    }
    guard let dtype = object["dtype"]?.string else { throw fault("has no dtype") }
    guard let type = TensorType(rawValue: dtype) else {
      throw fault("has the dtype \(dtype.quoted), which is not supported")
    }
    guard let dimensions = object["shape"]?.array, dimensions.count <= maximumRank else {
      throw fault("has no shape of at most \(maximumRank) sizes")
    }
    var shape: [Int] = []
    var size = type.size
    for dimension in dimensions {
      guard let dimension = dimension.int, dimension >= 0 else {
        throw fault("has a size in its shape that is not a whole number from 0")
      }
      let product = size.multipliedReportingOverflow(by: dimension)
      guard !product.overflow else { throw fault("has a shape too large for any file") }
      size = product.partialValue
      shape.append(dimension)
    }
    let offsets = object["data_offsets"]?.array?.map(\.int) ?? []
    guard offsets.count == 2, let first = offsets[0], let last = offsets[1], first >= 0,
      first <= last
    else { throw fault("has no data_offsets, two ascending whole numbers") }
    guard last <= data.count else {
      throw fault(
        "ends at byte \(last) of the data, which has \(data.count): the file is cut short")
    }
    guard last - first == size else {
      throw fault("has \(last - first) bytes, but \(dtype) \(shape) needs \(size)")
    }
    return TensorEntry(
      name: member.key, type: type, shape: shape,
      range: data.lowerBound + first..<data.lowerBound + last)
  }

  /// Tensors stand one behind another and fill the data.
  private func checkLayout(_ data: Range<Int>, _ file: String) throws(ModelError) {
    var end = data.lowerBound
    let inOrder = entries.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for entry in inOrder {
      guard entry.range.lowerBound >= end else {
        throw ModelError(file, "tensor \(entry.name.quoted): overlaps the tensor before it")
      }
      guard entry.range.lowerBound == end else {
        throw ModelError(
          file,
          "tensor \(entry.name.quoted): \(entry.range.lowerBound - end) bytes before it belong to none"
        )
      }
      end = entry.range.upperBound
    }
    guard end == data.upperBound else {
      throw ModelError(file, "has \(data.upperBound - end) bytes behind the last tensor")
    }
  }
}
