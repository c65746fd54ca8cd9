internal import TandemAnswers

/// Tells the solution that a trace presents from the thinking in front of it.
enum Thinking {
  /// What of a trace a hint is made of, and what is cut before anything else.
  struct Content: Hashable {
    /// Disjoint, in order; blank ones are left out.
    var kept: [Range<Int>]
    var cut: [Range<Int>]
  }

  private struct Tag {
    var range: Range<Int>
    var opens: Bool
    /// Whether it belongs to thinking, not merely to the solution behind it.
    var thinks: Bool
  }

  /// Cuts blocks of thinking, or their tags alone.
  static func content(of bytes: [UInt8], keepsThinking: Bool) -> Content {
    let tags = tags(in: bytes)
    let blocks = keepsThinking ? [] : blocks(tags)
    return content(of: bytes, without: blocks + tags.map(\.range))
  }

  /// Whether a trace holds a block of thinking.
  static func isPresent(in bytes: [UInt8]) -> Bool { !blocks(tags(in: bytes)).isEmpty }

  /// From each opening tag to its partner; a closing one alone ends what began with the trace.
  private static func blocks(_ tags: [Tag]) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var start: Int? = tags.first { $0.thinks }.flatMap { $0.opens ? nil : 0 }
    for tag in tags where tag.thinks {
      if tag.opens {
        start = start ?? tag.range.lowerBound
      } else if let first = start {
        blocks.append(first..<tag.range.upperBound)
        start = nil
      }
    }
    return blocks
  }

  private static func content(of bytes: [UInt8], without cut: [Range<Int>]) -> Content {
    var content = Content(kept: [], cut: [])
    var index = 0
    for range in cut.sorted(by: { $0.lowerBound < $1.lowerBound })
    where range.upperBound > index {
      let start = max(index, range.lowerBound)
      if index < start { content.kept.append(index..<start) }
      content.cut.append(start..<range.upperBound)
      index = range.upperBound
    }
    if index < bytes.count { content.kept.append(index..<bytes.count) }
    content.kept.removeAll { bytes[$0].allSatisfy([UInt8].isBlank) }
    return content
  }

  // MARK: Tags

  private static let thinking: [StaticString] = [
    "think", "thinking", "thought", "thoughts", "reasoning", "scratchpad", "reflection",
    "seed:think", "|begin_of_thought|", "|end_of_thought|",
  ]
  private static let solution: [StaticString] = [
    "solution", "response", "|begin_of_solution|", "|end_of_solution|",
  ]

  private static func tags(in bytes: [UInt8]) -> [Tag] {
    var tags: [Tag] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<") {
        if let tag = tag(bytes, index) {
          tags.append(tag)
          index = tag.range.upperBound
          continue
        }
      } else if bytes[index] == 0xE2, bytes.holds("\u{25C1}", at: index) {
        for (text, opens): (StaticString, Bool) in [
          ("\u{25C1}think\u{25B7}", true), ("\u{25C1}/think\u{25B7}", false),
        ] where bytes.holds(text, at: index) {
          let range = index..<(index + text.utf8CodeUnitCount)
          tags.append(Tag(range: range, opens: opens, thinks: true))
        }
      }
      index += 1
    }
    return tags
  }

  private static func tag(_ bytes: [UInt8], _ index: Int) -> Tag? {
    let isClosing = bytes.holds("/", at: index + 1)
    let start = index + (isClosing ? 2 : 1)
    for (names, thinks) in [(thinking, true), (solution, false)] {
      for name in names where bytes.holds(name, at: start, anyCase: true) {
        let end = start + name.utf8CodeUnitCount
        guard bytes.holds(">", at: end) else { continue }
        let ends = isClosing || bytes.holds("|end", at: start)
        return Tag(range: index..<(end + 1), opens: !ends, thinks: thinks)
      }
    }
    return nil
  }
}
