import ArgumentParser

/// Whether a table for people has ids.
struct IDFlag: ParsableArguments {
    @Flag(help: "Print ids in the table too, as 'laban history show' and 'relabel' take them.")
    var ids = false
}
