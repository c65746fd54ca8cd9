internal import ArgumentParser
internal import TandemMethod
internal import TandemRecords

/// How hints are made.
struct HintOptions: ParsableArguments {
  @Option(help: "Who is taught: failed (a peer succeeded where all own traces failed) or all.")
  var students: HintRule.Students = .failed

  @Option(help: "What the teacher's trace is chosen by: its cold reward, or correctness alone.")
  var teacherScore: HintRule.TeacherScore = .reward

  @Option(help: "What goes where the answer stands: the value, and a gap is left, or the step.")
  var remove: HintRule.Removal = .value

  @Option(
    help: ArgumentHelp(
      "The mildest finding of the audit that goes: equivalent or derivable.",
      discussion: "With derivable, 16 - 7 goes too when the answer is 9."))
  var strip: Severity = .equivalent

  @Option(help: ArgumentHelp("What stands in the place of a value.", valueName: "text"))
  var gap: String = "..."

  @Option(help: "The largest length of a hint, in the student's tokens.")
  var budget: Int = 1536

  @Option(
    help: ArgumentHelp(
      "The probability that a hint is withheld.",
      discussion: "The default is 0.1 for the preset tandem, 0.25 for core-paper.",
      valueName: "p"))
  var dropout: Double?

  @Option(
    help: ArgumentHelp(
      "What dropout withholds: context, step or marker.",
      discussion: """
        context: the whole hint, for the control group. step: each step by itself. marker: an \
        ablation that leaves the answer statements in with probability 1 - p; an audit flags it.
        """))
  var dropoutMode: DropoutMode = .context

  @Option(help: "The seed of the dropout.")
  var seed: Int = 0

  /// The rule that the options describe.
  func rule(_ preset: RewardPreset) -> HintRule {
    var rule = HintRule(preset)
    rule.students = students
    rule.teacherScore = teacherScore
    rule.removal = remove
    rule.strips = strip
    rule.gap = gap
    rule.budget = budget
    rule.dropout = Hint.Dropout(mode: dropoutMode, p: dropout ?? rule.dropout.p)
    rule.seed = seed
    return rule
  }

  func validate() throws {
    guard strip == .equivalent || strip == .derivable else {
      throw ValidationError("--strip must be equivalent or derivable.")
    }
    guard (1...1 << 30).contains(budget) else {
      throw ValidationError("--budget must be 1 or more.")
    }
    guard dropout.map({ (0...1).contains($0) }) ?? true else {
      throw ValidationError("--dropout must be 0 to 1.")
    }
    guard gap.utf8.count <= 40, !gap.contains(where: { $0.isNewline || $0.isNumber }) else {
      throw ValidationError("--gap must be one line of at most 40 bytes without a number.")
    }
  }
}

extension HintRule.Students: ExpressibleByArgument {}
extension HintRule.TeacherScore: ExpressibleByArgument {}
extension HintRule.Removal: ExpressibleByArgument {}
extension DropoutMode: ExpressibleByArgument {}
