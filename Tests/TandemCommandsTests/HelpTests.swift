import Foundation
import TandemStages
import TandemTestSupport
import Testing

/// The help of every command says what it does and what each of its options is for.
@Suite struct HelpTests {
  /// A command as the tool describes itself.
  struct Command: Decodable {
    struct Argument: Decodable {
      struct Name: Decodable {
        var name: String
      }
      var names: [Name]?
      var valueName: String?
      var abstract: String?
      var shouldDisplay: Bool?
    }
    var commandName: String
    var abstract: String?
    var arguments: [Argument]?
    var subcommands: [Command]?
  }

  struct Description: Decodable {
    var command: Command
  }

  /// Every command below another, with the words that call it.
  static func all(_ command: Command, _ words: [String]) -> [(words: [String], command: Command)] {
    let below = (command.subcommands ?? []).filter { $0.commandName != "help" }
    return [(words, command)] + below.flatMap { all($0, words + [$0.commandName]) }
  }

  @Test func everyCommandExplainsItsOptions() throws {
    let text = try Tool.output("--experimental-dump-help")
    let root = try JSONDecoder().decode(Description.self, from: Data(text.utf8)).command
    let commands = Self.all(root, [])
    #expect(commands.count >= 12)
    for (words, command) in commands {
      let help = try Tool.run(words + ["--help"])
      #expect(help.status == 0 && help.errors.isEmpty, "\(words)")
      let line = help.output.replacingOccurrences(
        of: "\\s+", with: " ", options: .regularExpression)
      #expect(line.contains(try #require(command.abstract)), "\(words)")
      #expect(!help.output.contains("\\\n"), "\(words): a line is broken")
      for argument in command.arguments ?? [] where argument.shouldDisplay != false {
        let name = argument.names?.last?.name ?? argument.valueName ?? ""
        #expect(!(argument.abstract ?? "").isEmpty, "\(words) \(name)")
        #expect(help.output.contains(name), "\(words) \(name)")
      }
    }
  }

  @Test func theToolNamesEveryStage() throws {
    let help = try Tool.output("--help")
    for stage in StageEntry.all { #expect(help.contains("\n  \(stage.name) ")) }
    #expect(try Tool.output("--version").hasPrefix("tandem "))
  }
}
