import TandemMath

/// What it costs to share work, by the clock on the wall: best and median of many, since others use the machine too.
struct ThreadBench {
  func run() {
    print(
      """

      | threads | indices of 5 microseconds | best | median | 99th percentile |
      |---|---|---|---|---|
      """)
    let clock = ContinuousClock()
    for threads in [1, 2] {
      let workers = Workers(threads: threads)
      for indices in [2, 8] {
        let times = (0..<20_000).map { _ in
          clock.measure {
            workers.run(indices) { _, _ in
              let end = clock.now.advanced(by: .microseconds(5))
              while clock.now < end {}
            }
          } / .microseconds(1)
        }.sorted()
        print(
          "| \(threads) | \(indices) | \(rounded(times[0])) | \(rounded(times[10_000])) "
            + "| \(rounded(times[19_800])) |")
      }
    }
  }
}
