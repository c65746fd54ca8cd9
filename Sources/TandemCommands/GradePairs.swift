internal import TandemAnswers
struct GradePairs {
  var path: String; var options: GradeOptions; var threads: Int; func callAsFunction() throws {}
}
