import TandemJSON
import Testing

@testable import TandemRecords

/// What holds for the rows of every kind.
@Suite struct RecordTests {
  private func roundTrip<R: Record>(_ record: R) throws {
    let json = try record.json()
    #expect(try R.read(json).json() == json, "\(R.kind.name)")
  }

  @Test func readsWhatItWrites() throws {
    for record in RecordSamples.full + RecordSamples.minimal { try roundTrip(record) }
  }

  /// The full samples have every column, in the order of the columns.
  @Test func writesItsColumnsInOrder() throws {
    for record in RecordSamples.full {
      let keys = try record.json().object?.members.map(\.key)
      let columns = type(of: record).columns.map(\.name.description)
      #expect(keys == columns, "\(type(of: record).kind.name)")
    }
  }

  @Test func keepsUnknownMembers() throws {
    for record in RecordSamples.full {
      var object = try #require(try record.json().object)
      object["x_note"] = ["kept", 1]
      #expect(try type(of: record).read(.object(object)).json() == .object(object))
    }
  }

  @Test func namesTheNestedFieldAtFault() throws {
    var hint = try #require(try RecordSamples.full[3].json().object)
    hint["dropout"] = ["mode": "often", "p": 1]
    #expect(throws: JSONError("`dropout.mode` is none of context, step, marker")) {
      try Hint.read(.object(hint))
    }
    hint["dropout"] = ["mode": "step"]
    #expect(throws: JSONError("`dropout.p` is not a number")) { try Hint.read(.object(hint)) }
    hint["removed"] = ["a"]
    #expect(throws: JSONError("`removed` is not an array of objects")) {
      try Hint.read(.object(hint))
    }
  }

  @Test func addsUpRewards() throws {
    let reward = try Reward.read(try RecordSamples.full[5].json())
    // 1 x 1 + 0.5 x 0.5 + 1 x 0.25 - 0.5 x 1
    #expect(reward.total == 1)
  }
}
