import Foundation
import TandemLM
import TandemTestSupport

/// The folder of a model with eight ids and made-up weights, with a tokenizer of a few letters.
struct ModelFolder {
  let folder: WorkFolder

  init() throws {
    folder = try WorkFolder()
    _ = try folder.write(
      #"""
      {"model_type":"llama","vocab_size":8,"hidden_size":16,"intermediate_size":24,"num_hidden_layers":2,
      "num_attention_heads":2,"num_key_value_heads":1,"tie_word_embeddings":false,"max_position_embeddings":256}
      """#, to: "config.json")
    _ = try folder.write(
      #"""
      {"model":{"type":"BPE","vocab":{"a":0,"b":1,"Ġ":2,"Ċ":3,"ab":4,"c":6,"d":7},"merges":["a b"]},
      "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"use_regex":false},
      "decoder":{"type":"ByteLevel"},
      "added_tokens":[{"id":5,"content":"</s>","special":true,"normalized":false}]}
      """#, to: "tokenizer.json")
    var tensors = [Self.tensor("model.embed_tokens.weight", [8, 16], 1)]
    tensors.append(Self.tensor("lm_head.weight", [8, 16], 99))
    tensors.append(Self.tensor("model.norm.weight", [16], 2))
    for layer in 0..<2 {
      for (index, (name, shape)) in [
        ("input_layernorm", [16]), ("post_attention_layernorm", [16]),
        ("self_attn.q_proj", [16, 16]),
        ("self_attn.k_proj", [8, 16]), ("self_attn.v_proj", [8, 16]),
        ("self_attn.o_proj", [16, 16]),
        ("mlp.gate_proj", [24, 16]), ("mlp.up_proj", [24, 16]), ("mlp.down_proj", [16, 24]),
      ].enumerated() {
        tensors.append(
          Self.tensor("model.layers.\(layer).\(name).weight", shape, 10 * layer + index + 3))
      }
    }
    var data = Data()
    try SafetensorsWriter.write(tensors) { data.append(contentsOf: $0) }
    _ = try folder.write(data, to: "model.safetensors")
  }

  var path: String { folder.path }

  /// Numbers of a wave, apart enough for answers that vary.
  private static func tensor(_ name: String, _ shape: [Int], _ phase: Int)
    -> SafetensorsWriter.Tensor
  {
    let values = (0..<shape.reduce(1, *)).map { (index: Int) -> Float in
      let angle = Double(index * index + 7 * index) * 0.37 + Double(phase)
      return name.contains("norm") ? 1 : Float(sin(angle) * 0.4)
    }
    return SafetensorsWriter.Tensor(name: name, shape: shape, values: values)
  }
}
