internal import Glibc

/// Turns the status of a system call into its result or an error with the system's words.
func check<Result: SignedInteger>(_ path: String, _ action: String, _ call: () -> Result)
  throws(ShardError) -> Result
{
  while true {
    let result = call()
    if result >= 0 { return result }
    let code = errno
    if code != EINTR {
      throw ShardError(path, "cannot \(action): \(String(cString: strerror(code)))")
    }
  }
}
