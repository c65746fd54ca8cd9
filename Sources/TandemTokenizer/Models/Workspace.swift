internal import Synchronization

/// What encoding keeps from text to text; one serves one thread at a time.
struct Workspace: Sendable {
  var cache = PieceCache()
  var merger = PairMerger()
  var spelling: [UInt8] = []
}

/// Workspaces not in use.
final class WorkspacePool: Sendable {
  private let idle = Mutex<[Workspace]>([])

  /// One that nobody else has until it is put back.
  func take() -> Workspace {
    idle.withLock { $0.popLast() } ?? Workspace()
  }

  /// Takes one back for the next text.
  func put(_ workspace: consuming Workspace) {
    let workspace = workspace
    idle.withLock { $0.append(workspace) }
  }
}
