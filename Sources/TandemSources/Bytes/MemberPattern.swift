/// A glob over the names of files: `*` and `?` stay inside a folder, `**` crosses folders.
///
/// A pattern without `/` is compared with the last part of a name.
package struct MemberPattern: Hashable, Sendable, CustomStringConvertible {
  /// The pattern as given.
  package let description: String

  /// A pattern as it is written.
  package init(_ pattern: String) {
    description = pattern
  }

  /// Whether a name fits.
  package func matches(_ name: String) -> Bool {
    let pattern = Array(description.utf8)
    let name = Array(name.utf8)
    guard !pattern.contains(Self.slash) else { return Self.matches(pattern, name) }
    return Self.matches(pattern, name.split(separator: Self.slash).last.map(Array.init) ?? [])
  }

  private static let slash = UInt8(ascii: "/")

  /// Tracks every place of the name that the pattern so far can end at: time is the product of the
  /// lengths, whatever the pattern.
  private static func matches(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
    let star = UInt8(ascii: "*")
    var reachable = [Bool](repeating: false, count: name.count + 1)
    reachable[0] = true
    var index = 0
    while index < pattern.count {
      let byte = pattern[index]
      if byte == star {
        let crossing = index + 1 < pattern.count && pattern[index + 1] == star
        index += crossing ? 2 : 1
        let before = reachable
        for place in name.indices where reachable[place] && (crossing || name[place] != slash) {
          reachable[place + 1] = true
        }
        // `**/` ends behind a slash, or stands for no folder at all.
        if crossing, index < pattern.count, pattern[index] == slash {
          let within = reachable
          reachable = before
          for place in name.indices where within[place] && name[place] == slash {
            reachable[place + 1] = true
          }
          index += 1
        }
        continue
      }
      var next = [Bool](repeating: false, count: name.count + 1)
      for place in name.indices where reachable[place] {
        let fits = byte == UInt8(ascii: "?") ? name[place] != slash : name[place] == byte
        if fits { next[place + 1] = true }
      }
      reachable = next
      index += 1
    }
    return reachable[name.count]
  }
}
