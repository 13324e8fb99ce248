import LabanCommands

Laban.runAsProgram()
