internal import TandemCommands

Tandem.start()
