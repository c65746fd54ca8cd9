internal import Glibc
internal import TandemLM
internal import TandemRecords

extension ParameterStore {
  /// Sets fresh adapters: A uniform within 1 / sqrt(inputs) of zero, as PEFT does; B zero, so that they change nothing.
  func drawAdapter(seed: Int) {
    for entry in entries where entry.name.hasSuffix(".lora_A.weight") {
      let random = Self.random(entry, seed)
      let bound = 1 / Double(entry.shape[1]).squareRoot()
      for index in entry.range {
        let number = random.uniform(at: UInt64(index - entry.range.lowerBound))
        values.base[index] = Float((2 * number - 1) * bound)
      }
    }
  }

  /// Sets the weights of a new model: matrices normal with deviation 0.02, norms one, biases zero.
  func drawModel(seed: Int) {
    for entry in entries {
      guard entry.shape.count > 1 else {
        let value: Float = entry.name.hasSuffix("norm.weight") ? 1 : 0
        for index in entry.range { values.base[index] = value }
        continue
      }
      let random = Self.random(entry, seed)
      for index in entry.range {
        // Box and Muller's transform of two uniform numbers, the first above 0.
        let counter = 2 * UInt64(index - entry.range.lowerBound)
        let radius = (-2 * log(1 - random.uniform(at: counter))).squareRoot()
        let angle = 2 * Double.pi * random.uniform(at: counter + 1)
        values.base[index] = Float(0.02 * radius * cos(angle))
      }
    }
  }

  /// A tensor's numbers depend on its name and the seed alone.
  private static func random(_ entry: Entry, _ seed: Int) -> Philox {
    let key = ContentID.seed(["initial", entry.name, String(seed)])
    return Philox(key: UInt64(bitPattern: Int64(key)))
  }
}
