/// The name of a part's file.
package enum PartName {
  private static let prefix = "part-"
  private static let suffix = ".jsonl.zst"

  /// `part-00000.jsonl.zst` and so on.
  package static func of(_ index: Int) -> String {
    let digits = String(index)
    return prefix + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + suffix
  }

  /// The number in a part's name; nil for any other name.
  package static func index(_ name: String) -> Int? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    let index = Int(name.dropFirst(prefix.count).dropLast(suffix.count))
    return index.flatMap { $0 >= 0 && of($0) == name ? $0 : nil }
  }
}
