import TandemJSON
import TandemTestSupport
import Testing

@testable import TandemLM

struct AdapterConfigurationTests {
  private static func read(_ members: String) throws -> AdapterConfiguration {
    let folder = try WorkFolder()
    let path = try folder.write("{\(members)}", to: "adapter_config.json")
    return try AdapterConfiguration(file: path)
  }

  private static let base =
    #""peft_type":"LORA","r":8,"lora_alpha":16,"target_modules":["v_proj","self_attn.q_proj"]"#

  @Test func readsRankScaleAndTargets() throws {
    let configuration = try Self.read(Self.base + #","bias":"none","modules_to_save":null"#)
    #expect(configuration.rank == 8 && configuration.scale == 2 && !configuration.isPartial)
    #expect(configuration.covers("model.layers.0.self_attn.q_proj") == true)
    #expect(configuration.covers("model.layers.0.self_attn.v_proj") == true)
    #expect(configuration.covers("model.layers.0.mlp.up_proj") == false)
    #expect(try Self.read(Self.base + #","use_rslora":true"#).scale == 16 / 8.0.squareRoot())
    #expect(try Self.read(Self.base + #","layers_to_transform":[0]"#).isPartial)
  }

  @Test func patternsLeaveTheChoiceToTheWeights() throws {
    let rest = #""peft_type":"LORA","r":8,"lora_alpha":16,"target_modules":"#
    #expect(try Self.read(rest + #""all-linear""#).covers("model.layers.0.mlp.up_proj") == true)
    #expect(try Self.read(rest + #"".*q_proj""#).covers("model.layers.0.mlp.up_proj") == nil)
  }

  @Test(
    arguments: [
      #""r":8,"lora_alpha":16,"target_modules":["q_proj"]"#,
      #""peft_type":"LOHA","r":8,"lora_alpha":16,"target_modules":["q_proj"]"#,
      #""peft_type":"LORA","r":0,"lora_alpha":16,"target_modules":["q_proj"]"#,
      #""peft_type":"LORA","r":8,"target_modules":["q_proj"]"#,
      #""peft_type":"LORA","r":8,"lora_alpha":16"#,
      #""peft_type":"LORA","r":8,"lora_alpha":16,"target_modules":[]"#,
      #""peft_type":"LORA","r":8,"lora_alpha":16,"target_modules":["lm_head"]"#,
      #""peft_type":"LORA","r":8,"lora_alpha":16,"target_modules":[3]"#,
    ]
      + [
        #""bias":"all""#, #""modules_to_save":["lm_head"]"#, #""use_dora":true"#,
        #""rank_pattern":{"q_proj":4}"#,
        #""alpha_pattern":{"q_proj":4}"#, #""fan_in_fan_out":true"#,
        #""layer_replication":[[0,1]]"#,
        #""lora_bias":true"#, #""target_parameters":["x"]"#, #""trainable_token_indices":[1]"#,
        #""use_qalora":true"#, #""alora_invocation_tokens":[1]"#,
      ].map { base + "," + $0 })
  func refuses(_ members: String) throws {
    do {
      _ = try Self.read(members)
      Issue.record("\(members) was read")
    } catch let error as ModelError {
      #expect(error.file.hasSuffix("adapter_config.json"), "\(error)")
    }
  }
}
