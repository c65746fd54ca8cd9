import Testing

@testable import TandemJSON

@Suite struct JSONRowTests {
  struct Row: Equatable {
    var id: String
    var n: Int?
    var x: Double?
    var ok: Bool?
    var ids: [Int32]?
    var rest: JSONValue?
    var unknown: UnknownMembers
  }

  static let columns: [JSONColumn] = [
    .string("id"), .integer("n"), .real("x"), .bool("ok"), .integers("ids"), .raw("rest"),
  ]

  func parse(_ text: String) throws(JSONError) -> Row {
    var parser = try JSONRowParser(columns: Self.columns)
    let bytes = Array(text.utf8) + Array(repeating: 0, count: JSONParser.padding)
    return try bytes.span.withUnsafeBytes { bytes throws(JSONError) in
      var row = try parser.parse(
        padded: UnsafeRawBufferPointer(rebasing: bytes.prefix(text.utf8.count)))
      return Row(
        id: try row.string(), n: row.optionalInt(), x: row.optionalDouble(),
        ok: row.optionalBool(), ids: row.optionalInt32s(), rest: try row.optionalValue(),
        unknown: row.unknownMembers())
    }
  }

  @Test func readsMembersInAnyOrderAndKeepsUnknownOnes() throws {
    let row = try parse(
      #"{"u\n":[1, 2],"rest":{"a":[null]},"ids":[1,-2],"ok":true,"x":1.5,"n":7,"id":"é","v":"w"}"#)
    #expect(row.id == "é")
    #expect(row.n == 7 && row.x == 1.5 && row.ok == true && row.ids == [1, -2])
    #expect(row.rest?.json == #"{"a":[null]}"#)
    #expect(row.unknown.text == #""u\n":[1, 2],"v":"w""#)
  }

  @Test func readsEveryIntegerOf32Bits() throws {
    let row = try parse(#"{"id":"a","ids":[ -2147483648 , 2147483647,0,-1 ,10]}"#)
    #expect(row.ids == [.min, .max, 0, -1, 10])
    #expect(try parse(#"{"id":"a","ids":[ ]}"#).ids == [])
  }

  @Test func takesNullAsAbsent() throws {
    let row = try parse(#"{"id":"a","n":null,"rest":null}"#)
    #expect(row == Row(id: "a", unknown: UnknownMembers()))
  }

  @Test(arguments: [
    (#"{"n":1}"#, "`id` is missing"), (#"{"id":1}"#, "`id` is not a string"),
    (#"{"id":"a","n":"1"}"#, "`n` is not a whole number"),
    (#"{"id":"a","n":1.5}"#, "`n` is not a whole number"),
    (#"{"id":"a","ids":[1,"2"]}"#, "`ids` is not an array of whole numbers"),
    (#"{"id":"a","ids":[1,]}"#, "`ids` is not an array of whole numbers"),
    (#"{"id":"a","ids":[1.5]}"#, "`ids` is not an array of whole numbers"),
    (#"{"id":"a","ids":[01]}"#, "`ids` is not an array of whole numbers"),
    (#"{"id":"a","ids":[1 2]}"#, "`ids` is not an array of whole numbers"),
    (#"{"id":"a","ids":[-]}"#, "`ids` is not an array of whole numbers"),
    (#"{"id":"a","ids":[-2147483649]}"#, "`ids` has a number beyond 32 bits"),
    (#"{"id":"a","ids":[99999999999999999999]}"#, "`ids` has a number beyond 32 bits"),
    (#"{"id":"a","ids":[3000000000]}"#, "`ids` has a number beyond 32 bits"),
    (#"{"id":"a"} {"id":"b"}"#, "there is text after the value"),
  ])
  func namesTheMemberAtFault(_ text: String, _ message: String) {
    #expect(throws: JSONError(message)) { try parse(text) }
  }

  @Test(arguments: [#"{"id":nx}"#, #"{"id":"a","n":nul}"#])
  func refusesWordsThatOnlyStartLikeNull(_ text: String) {
    #expect(throws: JSONError.self) { try parse(text) }
  }

  @Test func readsRandomIntegersAsTheStandardLibraryDoes() throws {
    for seed in 0..<200 as Range<UInt64> {
      var state = seed
      func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
      }
      let numbers = (0..<Int(next() % 200)).map { _ in
        Int32(truncatingIfNeeded: Int64(bitPattern: next() << 3 ^ next()) >> (next() % 34))
      }
      let text = numbers.map { String($0) }.joined(separator: next() % 2 == 0 ? "," : " , ")
      #expect(try parse(#"{"id":"a","ids":[\#(text)]}"#).ids == numbers, "seed \(seed)")
    }
  }

  @Test(arguments: ["nx", "tru", "1.", "--1"])
  func refusesMalformedUnknownMembers(_ text: String) {
    #expect(throws: JSONError.self) { try parse(#"{"id":"a","other":\#(text)}"#) }
  }
}
