import TandemRollouts
import Testing

@Suite struct ModelSpecTests {
  @Test(arguments: [
    ("a=embedded:/m/x", "a", "/m/x"), ("a=/m/x", "a", "/m/x"),
    ("/m/qwen-0.5b", "qwen-0.5b", "/m/qwen-0.5b"),
    ("embedded:models/b/", "b", "models/b"), ("small=m=1/x", "small", "m=1/x"),
    ("a-b_c.1=x", "a-b_c.1", "x"),
  ]) func names(_ text: String, _ name: String, _ folder: String) throws {
    let spec = try ModelSpec(text)
    #expect(spec.name == name && spec.folder == folder)
  }

  @Test(arguments: [
    ("a=openai:http://localhost:8000/v1#m", "not supported yet"),
    ("openai:https://h/v1?x=y#m", "not supported yet"), ("a=", "names no folder"),
    ("a=embedded:", "names no folder"), ("a,b=x", "no usable name"), ("=x", "no usable name"),
    ("..", "no usable name"), ("/", "no usable name"), (".hidden=x", "no usable name"),
    // A path with an equals sign gives no name of its own.
    ("./m=1", "no usable name"),
  ]) func refusals(_ text: String, _ words: String) {
    #expect {
      try ModelSpec(text)
    } throws: {
      "\($0)".contains(words) && "\($0)".hasPrefix(text + ": ")
    }
  }

  @Test func adapters() throws {
    let spec = try AdapterSpec("a=runs/adapters/a")
    #expect(spec.name == "a" && spec.folder == "runs/adapters/a")
    #expect(throws: RolloutError.self) { try AdapterSpec("runs/adapters/a") }
    #expect(throws: RolloutError.self) { try AdapterSpec("a=") }
  }
}
