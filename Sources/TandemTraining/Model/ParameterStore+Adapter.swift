internal import TandemLM
internal import TandemRecords

extension ParameterStore {
  /// Takes the numbers of an adapter, whose tensors must be exactly those of the store.
  func take(_ adapter: Adapter) {
    for (layer, pairs) in adapter.layers.enumerated() {
      for (projection, pair) in pairs {
        let module = projection.module(layer: layer)
        parameter([Adapter.tensorName(module, "A")], columns: nil).value.copy(pair.a)
        parameter([Adapter.tensorName(module, "B")], columns: nil).value.copy(pair.b)
      }
    }
  }
}
