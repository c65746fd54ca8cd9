import Foundation
import TandemLM

/// The model's formulas in double precision, one token and one number at a time: no code is shared with the layers.
struct ReferenceModel {
  let configuration: ModelConfiguration
  /// Weights and adapters by their names in files.
  var tensors: [String: [Double]]
  var adapterScale = 0.0
  var rank = 0

  /// ln p of the tokens at some positions, all above 0.
  func logprobs(of tokens: [Int32], at positions: [Int], temperature: Double = 1) -> [Double] {
    let hidden = configuration.hiddenSize
    var stream = tokens.map { token in
      row(of: "model.embed_tokens.weight", Int(token), hidden)
    }
    for layer in 0..<configuration.layerCount {
      let name = "model.layers.\(layer)."
      let normed = stream.map { norm($0, name + "input_layernorm.weight") }
      let q = normed.enumerated().map { heads($1, name + "self_attn.q_proj", "q", layer, at: $0) }
      let k = normed.enumerated().map { heads($1, name + "self_attn.k_proj", "k", layer, at: $0) }
      let v = normed.map { split(linear($0, name + "self_attn.v_proj")) }
      let group = configuration.headCount / configuration.keyValueHeadCount
      for time in tokens.indices {
        var attended: [Double] = []
        for head in 0..<configuration.headCount {
          let scores = (0...time).map { other in
            dot(q[time][head], k[other][head / group])
              / Double(configuration.headSize).squareRoot()
          }
          let weights = softmax(scores)
          for element in 0..<configuration.headSize {
            attended.append(
              (0...time).reduce(0) { $0 + weights[$1] * v[$1][head / group][element] })
          }
        }
        stream[time] = sum(stream[time], linear(attended, name + "self_attn.o_proj"))
        let h = norm(stream[time], name + "post_attention_layernorm.weight")
        let (gate, up) = (linear(h, name + "mlp.gate_proj"), linear(h, name + "mlp.up_proj"))
        let active = zip(gate, up).map { $0 / (1 + exp(-$0)) * $1 }
        stream[time] = sum(stream[time], linear(active, name + "mlp.down_proj"))
      }
    }
    let head = configuration.tiedEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight"
    return positions.map { time in
      let h = norm(stream[time - 1], "model.norm.weight")
      let logits = (0..<configuration.vocabularySize).map { dot(row(of: head, $0, hidden), h) }
      return log(softmax(logits.map { $0 / temperature })[Int(tokens[time])])
    }
  }

  private func row(of name: String, _ index: Int, _ width: Int) -> [Double] {
    Array((tensors[name] ?? [])[index * width..<(index + 1) * width])
  }

  private func norm(_ x: [Double], _ name: String) -> [Double] {
    let scale = 1 / (dot(x, x) / Double(x.count) + configuration.normEpsilon).squareRoot()
    return zip(x, tensors[name] ?? []).map { $0 * scale * $1 }
  }

  private func linear(_ x: [Double], _ module: String) -> [Double] {
    var y = multiply(x, tensors[module + ".weight"] ?? [])
    if let bias = tensors[module + ".bias"] { y = sum(y, bias) }
    let prefix = "base_model.model.\(module).lora_"
    if let a = tensors[prefix + "A.weight"], let b = tensors[prefix + "B.weight"] {
      y = sum(y, multiply(multiply(x, a), b).map { $0 * adapterScale })
    }
    return y
  }

  private func multiply(_ x: [Double], _ matrix: [Double]) -> [Double] {
    (0..<matrix.count / x.count).map { row in
      x.indices.reduce(0) { $0 + x[$1] * matrix[row * x.count + $1] }
    }
  }

  /// Heads of q or k, with their norms and turned.
  private func heads(_ x: [Double], _ module: String, _ kind: String, _ layer: Int, at time: Int)
    -> [[Double]]
  {
    split(linear(x, module)).map { head in
      let name = "model.layers.\(layer).self_attn.\(kind)_norm.weight"
      let head = tensors[name] == nil ? head : norm(head, name)
      let half = head.count / 2
      var turned = head
      for index in 0..<half {
        let angle =
          Double(time)
          * pow(configuration.rotaryTheta, -2 * Double(index) / Double(head.count))
        turned[index] = head[index] * cos(angle) - head[index + half] * sin(angle)
        turned[index + half] = head[index + half] * cos(angle) + head[index] * sin(angle)
      }
      return turned
    }
  }

  private func split(_ x: [Double]) -> [[Double]] {
    stride(from: 0, to: x.count, by: configuration.headSize).map {
      Array(x[$0..<$0 + configuration.headSize])
    }
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + $1 } }

  private func softmax(_ x: [Double]) -> [Double] {
    let largest = x.max() ?? 0
    let powers = x.map { exp($0 - largest) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }
}
