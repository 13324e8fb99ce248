import LabanCommands

BenchmarkProgram.runAsProgram()
