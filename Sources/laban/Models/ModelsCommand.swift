import ArgumentParser

/// `laban models`: the weights that Laban runs on.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "Fetch, list and verify the models that Laban runs on.",
        discussion: """
            Finding people in pictures takes pose weights, which are published by Google under the Apache 2.0 licence \
            and are fetched once: run 'laban models install'. Action models, such as Models/everyday, come with Laban \
            or are trained with 'laban train'.

            Models lie in the folder Models/ of LABAN_HOME, of the current folder, of a folder above it, or above the \
            program, whichever is found first.

            Examples:
              laban models install                   fetch the pose weights with pip
              laban models install --wheel FILE      take them from a wheel that is already here
              laban models list                      what is there, under which licence
              laban models verify                    compare every file with its digest
            """,
        subcommands: [ModelsInstallCommand.self, ModelsListCommand.self, ModelsVerifyCommand.self])
}
