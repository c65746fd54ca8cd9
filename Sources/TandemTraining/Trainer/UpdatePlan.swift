internal import TandemRecords

/// Which problems every step trains on: all of them once an epoch, in an order drawn from the seed.
struct UpdatePlan: Hashable {
  let problems: Int
  /// Problems of one step; the last of an epoch may have fewer.
  let batch: Int
  let seed: Int

  var stepsPerEpoch: Int { (problems + batch - 1) / batch }

  /// The places in the epoch's order that a step, counted from 0, takes.
  func places(at step: Int) -> Range<Int> {
    let place = step % stepsPerEpoch * batch
    return place..<min(place + batch, problems)
  }

  /// The order of an epoch: by a random number of each problem.
  func order(ofEpoch epoch: Int) -> [Int] {
    let seed = ContentID.seed(["epoch", String(seed), String(epoch)])
    let philox = Philox(key: UInt64(bitPattern: Int64(seed)))
    let numbers = (0..<problems).map { philox.block(UInt64($0)).0 }
    return (0..<problems).sorted { (numbers[$0], $0) < (numbers[$1], $1) }
  }
}
