import Foundation
import TandemJSON
import TandemTestSupport
import Testing

@testable import TandemRecords
@testable import TandemShards

@Suite struct PartTests {
  let folder: WorkFolder

  init() throws {
    folder = try WorkFolder()
  }

  static func grade(_ index: Int) -> Grade {
    var trace = Trace(
      id: "t-\(index)", problemID: "p-\(index / 4)", model: "m", round: .cold, sample: index % 4,
      text: "", engine: "test")
    trace.finishReason = nil
    return Grade(
      of: trace, verdict: .correct, extracted: "\(index) é \"\n", rule: "boxed", version: 1)
  }

  func write(_ count: Int, to path: String, frameSize: Int = 1 << 12, level: Int = 3) throws
    -> Manifest.Part
  {
    var writer = try PartWriter<Grade>(
      path, compression: Compression(level: level, frameSize: frameSize), fingerprint: "f")
    for index in 0..<count { try writer.write(Self.grade(index)) }
    return try writer.finish()
  }

  func read(_ path: String) throws -> [Grade] {
    var reader = try RowReader<Grade>(path)
    var rows: [Grade] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  @Test(arguments: [0, 1, 2, 1_000]) func rowsComeBackInOrder(_ count: Int) throws {
    let path = folder.path("part-00000.jsonl.zst")
    let part = try write(count, to: path)
    #expect(part.rows == count)
    #expect(try read(path) == (0..<count).map(Self.grade))
    let file = try InputFile(path)
    #expect(try file.sha256() == part.sha256 && file.size == part.bytes)
  }

  @Test func theLabelHoldsWhatTheRowsDoNotSay() throws {
    let path = folder.path("part-00000.jsonl.zst")
    var writer = try PartWriter<Grade>(path, compression: Compression(), fingerprint: "f")
    writer.summary["left_out"] = 3
    try writer.write(Self.grade(0))
    _ = try writer.finish()
    let label = try PartReader(path).label
    #expect(label.summary["left_out"]?.int == 3 && label.rows == 1)
    _ = try write(1, to: path)
    #expect(try PartReader(path).label.summary.members.isEmpty)
  }

  @Test func zstdReadsAPartAsItIs() throws {
    let path = folder.path("part-00000.jsonl.zst")
    _ = try write(1_000, to: path)
    let text = try Shell.output("zstd", "-dc", path)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 1_000)
    var ids: [String] = []
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      ids.append(object?["trace_id"] as? String ?? "")
    }
    #expect(ids == (0..<1_000).map { "t-\($0)" })
  }

  @Test func theSeekTableFollowsTheSeekableFormat() throws {
    let path = folder.path("part-00000.jsonl.zst")
    _ = try write(1_000, to: path)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(bytes.littleEndian(at: bytes.count - 4) == 0x8F92_EAB1)
    let count = Int(bytes.littleEndian(at: bytes.count - 9))
    #expect(count > 3)
    let table = bytes.count - 9 - 8 * count
    #expect(bytes.littleEndian(at: table - 8) == 0x184D_2A5E)
    #expect(Int(bytes.littleEndian(at: table - 4)) == 9 + 8 * count)
    var offset = 0
    for frame in 0..<count {
      #expect(
        bytes.littleEndian(at: offset) == 0xFD2F_B528, "frame \(frame) starts with zstd's magic")
      offset += Int(bytes.littleEndian(at: table + 8 * frame))
    }
  }

  @Test func everyFlippedByteIsNoticed() throws {
    let path = folder.path("part-00000.jsonl.zst")
    let part = try write(60, to: path)
    let sound = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(PartCheck(path, expected: part).faults.isEmpty)
    for offset in sound.indices {
      var bytes = sound
      bytes[offset] ^= 0x10
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let check = PartCheck(path, expected: part)
      #expect(!check.faults.isEmpty, "byte \(offset)")
      #expect(check.faults.allSatisfy { $0.path == path })
    }
  }

  @Test func everyTruncationIsNoticed() throws {
    let path = folder.path("part-00000.jsonl.zst")
    let part = try write(60, to: path)
    let sound = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    for count in 0..<sound.count {
      try Data(sound.prefix(count)).write(to: URL(fileURLWithPath: path))
      #expect(!PartCheck(path, expected: part).faults.isEmpty, "\(count) bytes")
    }
  }

  @Test func aPartOfOtherRowsIsRefused() throws {
    let path = folder.path("part-00000.jsonl.zst")
    _ = try write(3, to: path)
    #expect(throws: ShardError(path, "holds grade rows where trace rows are needed")) {
      _ = try RowReader<Trace>(path)
    }
  }

  @Test func anAbandonedPartLeavesNothing() throws {
    do {
      var writer = try PartWriter<Grade>(
        folder.path("part-00000.jsonl.zst"), compression: Compression(), fingerprint: "f")
      try writer.write(Self.grade(0))
    }
    #expect(try Folder.names(in: folder.path).isEmpty)
  }
}
