internal import ArgumentParser
internal import TandemStages

/// Where the members of a row of `--hints` are.
struct HintFieldOptions: ParsableArguments {
  @Option(help: "With --hints, the field of the row's id.")
  var idField = HintFields().id

  @Option(help: "With --hints, the field of the question.")
  var questionField = HintFields().question

  @Option(help: "With --hints, the field of the gold answer.")
  var goldField = HintFields().gold

  @Option(help: "With --hints, the field of the hint.")
  var hintField = HintFields().hint

  @Option(help: "With --hints, the field of the options, an array in the order A, B, C, ...")
  var choicesField = HintFields().choices

  var fields: HintFields {
    var fields = HintFields()
    fields.id = idField
    fields.question = questionField
    fields.gold = goldField
    fields.hint = hintField
    fields.choices = choicesField
    return fields
  }
}
