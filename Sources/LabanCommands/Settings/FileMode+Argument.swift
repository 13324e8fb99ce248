import ArgumentParser
import LabanServer

extension FileMode: ExpressibleByArgument {}
