internal import ArgumentParser

/// The models that a stage speaks of.
struct TeamOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The team, as names separated by commas. The default is every model in the run.",
      valueName: "a,b"))
  var models: String?

  /// The names in the order given; nil for every model.
  var names: [String]? {
    models?.split(separator: ",").map { String($0) }
  }

  func validate() throws {
    guard let names else { return }
    guard !names.isEmpty else { throw ValidationError("--models names no model.") }
    guard Set(names).count == names.count else {
      throw ValidationError("--models names a model twice.")
    }
  }
}
