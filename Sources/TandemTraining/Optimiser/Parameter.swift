/// A trained matrix with its gradient: views of the same place in a ``ParameterStore``.
struct Parameter {
  let value: Matrix
  /// dL/dvalue; products add to it.
  let gradient: Matrix
}
