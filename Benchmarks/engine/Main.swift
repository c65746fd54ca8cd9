import TandemMath

/// Measures the engine's kernels: `tandem-bench [products] [layers] [errors] [threads]`, all without arguments.
@main struct Main {
  static func main() throws {
    let chosen = Set(CommandLine.arguments.dropFirst())
    let limits = try MachineLimits.measure()
    print(
      """
      Kernels: \(KernelLevel.best). One thread, per second of processor time: at most \
      \(rounded(limits.operations / 1e9)) GFLOP/s (float32), \(rounded(limits.bytesRead / 1e9)) GB/s read.
      """)
    if chosen.isEmpty || chosen.contains("products") { try ProductBench(limits: limits).run() }
    if chosen.isEmpty || chosen.contains("layers") { try LayerBench().run() }
    if chosen.isEmpty || chosen.contains("errors") { try ErrorBench().run() }
    if chosen.isEmpty || chosen.contains("threads") { ThreadBench().run() }
  }
}

/// A number with one decimal.
func rounded(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

/// A number with two decimals.
func hundredths(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
