/// The columns of a Parquet file as a tree.
struct ParquetSchema {
  /// How often a node stands under its parent.
  enum Repetition: Int {
    case required, optional, repeated
  }

  /// How the values of a column become JSON.
  enum Kind: Hashable {
    case bool, int32, int64, uint32, uint64, float, double, text
    /// Not read, with the reason.
    case unread(String)
  }

  /// A field.
  struct Node {
    var name: String
    var repetition: Repetition
    /// The definition level from which on the node is present.
    var definition: Int
    /// The repetition level at which the node starts again.
    var level: Int
    var children: [Node] = []
    /// Its number among the columns, for a node without children.
    var leaf: Int?
    /// Whether it only wraps a repeated child, to make a list.
    var isList = false

    /// Whether a repeated node only wraps the element of a list.
    var wrapsElement: Bool {
      children.count == 1 && name != "array" && !name.hasSuffix("_tuple")
    }
  }

  /// A column.
  struct Leaf {
    var path: [String]
    var type: Int
    var kind: Kind
    var maxDefinition: Int
    var maxRepetition: Int
  }

  /// The fields of a row.
  private(set) var fields: [Node] = []
  /// The columns in the order in which they are stored.
  private(set) var leaves: [Leaf] = []

  /// Builds the tree from the footer's flat list.
  init(_ elements: [ThriftValue]) throws(ParquetDamage) {
    guard let root = elements.first, let count = root[5]?.int, count > 0 else {
      throw ParquetDamage("has no columns")
    }
    var next = 1
    for _ in 0..<count {
      fields.append(
        try node(elements, &next, path: [], definition: 0, level: 0))
    }
    guard next == elements.count else { throw Self.damaged }
    guard Set(fields.map(\.name)).count == fields.count else {
      throw ParquetDamage("has two columns of one name")
    }
  }

  private mutating func node(
    _ elements: [ThriftValue], _ next: inout Int, path: [String], definition: Int, level: Int
  ) throws(ParquetDamage) -> Node {
    guard next < elements.count, path.count < 32 else { throw Self.damaged }
    let element = elements[next]
    next += 1
    guard let name = element[4]?.text, let code = element[3]?.int,
      let repetition = Repetition(rawValue: code)
    else { throw Self.damaged }
    var node = Node(
      name: name, repetition: repetition,
      definition: definition + (repetition == .required ? 0 : 1),
      level: level + (repetition == .repeated ? 1 : 0))
    let path = path + [name]
    guard let count = element[5]?.int, count > 0 else {
      guard let type = element[1]?.int else { throw Self.damaged }
      node.leaf = leaves.count
      leaves.append(
        Leaf(
          path: path, type: type, kind: Self.kind(type, element), maxDefinition: node.definition,
          maxRepetition: node.level))
      return node
    }
    guard count <= elements.count else { throw Self.damaged }
    for _ in 0..<count {
      node.children.append(
        try self.node(
          elements, &next, path: path, definition: node.definition, level: node.level))
    }
    let isAnnotated = element[6]?.int == 3 || element[10]?[3] != nil
    node.isList =
      isAnnotated && node.children.count == 1 && node.children[0].repetition == .repeated
    return node
  }

  private static func kind(_ type: Int, _ element: ThriftValue) -> Kind {
    let converted = element[6]?.int
    let logical = element[10]
    if converted == 5 || logical?[5] != nil { return .unread("decimal numbers") }
    let isUnsigned = converted.map((11...14).contains) ?? (logical?[10]?[2]?.bool == false)
    switch type {
    case 0: return .bool
    case 1: return isUnsigned ? .uint32 : .int32
    case 2: return isUnsigned ? .uint64 : .int64
    case 3: return .unread("96-bit times")
    case 4: return .float
    case 5: return .double
    case 6:
      let isText =
        [0, 4, 19].contains(converted) || logical?[1] != nil || logical?[4] != nil
        || logical?[12] != nil
      return isText ? .text : .unread("binary values")
    default: return .unread("values of fixed length")
    }
  }

  private static var damaged: ParquetDamage { ParquetDamage("has a damaged Parquet schema") }
}
