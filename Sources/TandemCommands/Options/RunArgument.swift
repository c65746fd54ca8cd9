internal import ArgumentParser
internal import TandemStages

/// The run that a stage works on.
struct RunArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
  var path: String

  var folder: RunFolder { RunFolder(path) }
}
