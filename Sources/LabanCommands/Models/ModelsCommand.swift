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
              laban models list --verbose            what is there, under which licence, and what it costs
              laban models verify                    compare every file with its digest
              laban models import-pyskl FILE --output Models/mine
                                                     bring over a network that PySKL trained
              laban models check mine --input input.npy --logits logits.npy
                                                     compare it with PySKL's own outputs
            """,
        subcommands: [
            ModelsInstallCommand.self, ModelsListCommand.self, ModelsVerifyCommand.self, ModelsImportCommand.self,
            ModelsCheckCommand.self,
        ])
}
