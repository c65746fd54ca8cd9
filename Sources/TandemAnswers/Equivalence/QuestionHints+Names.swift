/// The order in which a question names what it asks for.
extension QuestionHints {
  /// The most names that one list may have.
  private static let longestList = 8

  /// The lists of names in round brackets, as `(r, \theta)`, in the order of the text.
  static func nameLists(_ question: String) -> [[Symbol]] {
    let bytes = Array(question.utf8)
    return bytes.indices.compactMap { index in
      bytes[index] == UInt8(ascii: "(") ? nameList(bytes, from: index + 1) : nil
    }
  }

  private static func nameList(_ bytes: [UInt8], from start: Int) -> [Symbol]? {
    var names: [Symbol] = []
    var index = start
    func skipBlanks() { while index < bytes.count, bytes[index] == 0x20 { index += 1 } }
    while names.count < longestList {
      skipBlanks()
      let isCommand = index < bytes.count && bytes[index] == UInt8(ascii: "\\")
      if isCommand { index += 1 }
      let first = index
      while index < bytes.count, (bytes[index] | 0x20) &- 0x61 < 26 { index += 1 }
      guard index - first == 1 || isCommand && index > first else { return nil }
      names.append(Symbol(name: bytes[first..<index]))
      skipBlanks()
      if bytes.holds("\\right", at: index) { index += 6 }
      guard index < bytes.count else { return nil }
      if bytes[index] == UInt8(ascii: ")") {
        return names.count > 1 && Set(names).count == names.count ? names : nil
      }
      guard bytes[index] == UInt8(ascii: ",") else { return nil }
      index += 1
    }
    return nil
  }

  /// Names in the order of the question's last list that has them all, else by the alphabet.
  func ordered<Entry>(_ entries: [Entry], name: (Entry) -> UInt64) -> [Entry] {
    let list = nameLists.last { list in
      entries.allSatisfy { list.contains(Symbol(code: name($0))) }
    }
    guard let list else { return entries.sorted { name($0) < name($1) } }
    return list.flatMap { symbol in entries.filter { name($0) == symbol.code } }
  }
}
