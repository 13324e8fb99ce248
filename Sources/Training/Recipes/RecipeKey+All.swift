import Inference
import JSONLines
import Recognition

extension RecipeKey {
    private static let fraction = Kind.number(0...1)

    /// Every key a recipe may have, in the order in which the article tells of them.
    package static let all: [RecipeKey] = [
        .init("name", .text, "Name of the model; the output folder's when empty."),
        .init("licence", .text, "Licence of the weights, for `model.json`."),
        .init("seed", .whole(0...1.8e19), "What everything random starts from."),
        .init("epochs", .whole(1...100_000), "Passes over the training clips."),
        .init(
            "steps_per_epoch", .list(of: "two whole numbers", .whole(1...1_000_000)),
            "The least and the most steps of an epoch."),
        .init("batch", .whole(2...4096), "Sequences in a step; a multiple of `chunk`."),
        .init("chunk", .whole(1...4096), "Sequences that are normalised together and run on one thread."),
        .init("balanced", .flag, "Whether every class is drawn equally often, whatever its number of clips."),
        .init(
            "class_weights", .map(.number(0.01...100)),
            "How often a class is drawn compared with others; with `balanced`."),
        .init(
            "class_priors", .map(.number(0.01...100)),
            "How common a class is in life compared with how often it was drawn (Menon et al. 2021)."),
        .init(
            "clips_per_class", .whole(0...1_000_000),
            "The most clips of a class, of everybody as evenly as can be; 0 for all."),
        .init("networks", .whole(1...8), "How many networks are trained, whose logits are averaged."),
        .init("calibration", .number(0...0.5), "Share of the clips kept back to calibrate the probabilities with."),
        .init(
            "early_stop.validation_fraction", .number(0...0.5),
            "Fraction of the people, or clips, kept back to see when the training is over; 0 for none."),
        .init(
            "early_stop.patience", .whole(1...100_000),
            "Epochs without a lower loss on what is kept back until it is over."),
        .init(
            "selection.where", .map(.text),
            "For a column of `subjects.csv` the value it must have; of values joined by `+` one."),
        .init(
            "selection.label", .text,
            "The column that names the class, or several joined by `+`; the usual one when empty."),
        .init("selection.names", .map(.text), "What values of these columns are called in a class's name."),

        .init("sampling.frames", .whole(4...512), "Frames of a training sequence."),
        .init("sampling.rate", .number(1...120), "Frames a second that a model looks at."),
        .init(
            "normalisation.heading", .choice(PoseNormalisation.Heading.allCases.map(\.rawValue)),
            "Whether a body is turned so that hips and shoulders run along x."),
        .init(
            "normalisation.root", .choice(PoseNormalisation.Root.allCases.map(\.rawValue)),
            "What a model learns of the pelvis's way: nothing, what a picture shows, or all of it."),

        .init("network.blocks", .list(of: "blocks"), "The blocks of the network, from the input on."),
        .init("network.blocks.*.channels", .whole(1...1024), "Channels that come out."),
        .init("network.blocks.*.kernel", .whole(1...31), "Taps along time; odd without a `look_ahead`."),
        .init(
            "network.blocks.*.stride", .whole(1...8),
            "Frames the convolution moves on for each that comes out; 1 when left out."),
        .init("network.blocks.*.dilation", .whole(1...16), "Frames between two taps; 1 when left out."),
        .init(
            "network.blocks.*.look_ahead", .optional(0...480),
            "Frames of the receptive field that come after the one spoken of; half of them when left out."),
        .init("network.blocks.*.branches", .list(of: "branches"), "What looks along time in place of one convolution."),
        .init(
            "network.blocks.*.branches.*.kind", .choice(TemporalBranch.Kind.allCases.map(\.rawValue)),
            "What a branch makes of the frames it looks at."),
        .init("network.blocks.*.branches.*.kernel", .whole(1...31), "Frames a branch looks at."),
        .init("network.blocks.*.branches.*.dilation", .whole(1...16), "Frames from one of them to the next."),
        .init(
            "network.partition", .choice(SpatialGraph.Strategy.allCases.map(\.rawValue)),
            "How a joint's neighbours are told apart (Yan et al. 2018)."),
        .init("network.adaptive", .flag, "Whether the adjacency of joints is learned as a whole."),
        .init(
            "network.window", .optional(1...512),
            "How many frames of features a prediction is the mean of; one when null."),
        .init("network.graph_path", .flag, "Whether a path goes around each graph convolution as well."),

        .init(
            "optimiser.kind", .choice(OptimiserSettings.Kind.allCases.map(\.rawValue)),
            "AdamW, or gradient descent with momentum."),
        .init("optimiser.learning_rate", .number(1e-6...10), "The highest learning rate."),
        .init("optimiser.weight_decay", .number(0...10), "How fast weights shrink."),
        .init("optimiser.momentum", .number(0...0.9999), "Of `sgd`: how much of the last step is taken again."),
        .init("optimiser.warm_up", fraction, "Share of all steps in which the learning rate rises."),
        .init("optimiser.label_smoothing", .number(0...0.9), "How much of each label is shared out among all classes."),
        .init("optimiser.dropout", .number(0...0.9), "Share of pooled features silenced."),
        .init(
            "optimiser.start_share", fraction,
            "With a start: how much of its weights the result keeps (Wortsman et al. 2022)."),
        .init("optimiser.averaging", .number(0...0.99999), "How much of the averaged weights each step keeps."),

        .init("augmentation.rotation", .number(0...180), "Largest turn about the vertical, either way, in degrees."),
        .init("augmentation.tilt", .number(0...90), "Deviation of the camera's pitch and roll, in degrees."),
        .init("augmentation.mirror", fraction, "Chance that left and right are exchanged, in the label as well."),
        .init("augmentation.speed", .number(1...4), "Largest factor by which a movement is played faster or slower."),
        .init(
            "augmentation.amplitude", fraction,
            "Deviation of how far joints go from where they are on average, as a fraction."),
        .init("augmentation.tempo", .number(0...0.9), "Largest share by which a movement's speed varies on the way."),
        .init(
            "augmentation.posture", .number(0...45),
            "Deviation of the angle at which arms are held all the time, in degrees; less for legs, and half for the trunk."
        ),
        .init("augmentation.bones", .number(0...0.5), "Deviation of each bone's length, as a share."),
        .init(
            "augmentation.landmarks", fraction,
            "Deviation of where hips are said to be along the trunk, in torso lengths; widths, shoulders and head in proportion."
        ),
        .init("augmentation.depth", fraction, "Smallest factor by which depth may be shortened."),
        .init("augmentation.lean", fraction, "Deviation of the slope of the legs towards the camera or away from it."),
        .init("augmentation.bias", fraction, "Deviation of each joint's constant error, in torso lengths."),
        .init("augmentation.jitter", fraction, "Deviation of each joint's unrest, in torso lengths."),
        .init("augmentation.lag", fraction, "Chance that a clip is smoothed as by a filter that lags."),
        .init("augmentation.limbs", fraction, "Chance that an arm, a leg or a joint is unseen throughout."),
        .init(
            "augmentation.flicker", fraction,
            "Chance that joints are lost and found again all the time, hands and feet most of all."),
        .init(
            "augmentation.swaps", fraction,
            "Chance that left and right legs, or arms, are taken for each other now and again."),
        .init(
            "augmentation.sparse", fraction,
            "Chance that only every second or third frame is there, as of slow cameras."),
        .init("augmentation.flat", fraction, "Chance that depth is unknown, as of skeletons in a picture alone."),
        .init("augmentation.legs", fraction, "Chance that the picture ends above the knees or ankles."),
        .init("augmentation.rootless", fraction, "Chance that the pelvis's way is unknown."),
        .init("augmentation.drift", .number(0...10), "Deviation of the camera's drift, torso lengths a second."),
        .init("augmentation.freeze", fraction, "Chance that a movement stops for a while, which is `nothing`."),

        .init(
            "sequence.spliced", fraction,
            "Share of sequences spliced from clips; the others show one recording, or one clip from its beginning."),
        .init(
            "sequence.passage", .number(0...5), "The longest passage between spliced clips, in seconds."),
        .init("sequence.longest", .number(0.2...60), "Clips longer than this are cut, in seconds."),
        .init(
            "sequence.balance", fraction, "How far a class of few frames is made up for by counting them more."),
        .init(
            "sequence.onset", .number(0.1...10), "How much more the first half second of an action counts."),

        .init("sources", .list(of: "sources"), "Where clips come from besides the recordings given to the training."),
        .init(
            "sources.*.kind", .choice(RecipeSource.Kind.allCases.map(\.rawValue)), "Synthesised motion, or a folder."),
        .init("sources.*.path", .text, "The folder, from `--data` on."),
        .init(
            "sources.*.labels", .map(.text),
            "The class each label stands for; labels that are not listed are left out. All as they are when left out."),
        .init("sources.*.without_subjects", .list(of: "texts", .text), "People or styles left out, to test on."),
        .init("sources.*.clips", .whole(0...1_000_000), "Puppets: clips of each class; 0 when left out."),
        .init("sources.*.seconds", .number(0.2...600), "Puppets: seconds of each clip; 4 when left out."),
        .init(
            "sources.*.weight", .number(0...1000),
            "How often its clips are drawn compared with others of their class; 1 when left out."),
        .init("sources.*.credit", .text, "What is said of it in `model.json` and in reports."),
        .init("sources.*.apart", .flag, "Of sets that a model is measured on: that nothing was ever chosen by it."),
    ]

    /// Keys that recipes had once, and why they are refused.
    private static let former: [(path: String, reason: String)] =
        [
            ("kernel", "models have no kernel machines any more; remove 'kernel'"),
            ("augmentation.reach", "rename it to 'augmentation.amplitude'"),
            ("early_stop.share", "rename it to 'early_stop.validation_fraction'"),
        ]
        + [
            "sampling.seconds", "sampling.look_back", "sampling.trim", "sampling.views", "augmentation.warp",
            "augmentation.crop", "augmentation.splice", "augmentation.arrival",
        ].map {
            ($0, "every model goes frame by frame, and recordings are never cut to clips any more; remove '\($0)'")
        }

    /// What a recipe says that only recipes of before could say, and why it is refused; nil when there is nothing.
    static func gone(in value: JSONValue) -> (place: String, problem: String)? {
        for (path, reason) in former where value[path] != nil { return (path, reason) }
        guard let span = value["sampling.span"], span != .text("stream") else { return nil }
        return (
            "sampling.span", "every model goes frame by frame: expected \"stream\", or nothing, found \(span.words)"
        )
    }

    /// By path.
    static let byPath = Dictionary(all.map { ($0.path, $0) }) { first, _ in first }

    /// The keys right below a path; empty for a path that is no object.
    static func names(below path: String) -> [String] {
        let start = path.isEmpty ? "" : path + "."
        let below = all.map(\.path).filter { $0.hasPrefix(start) }
            .compactMap { $0.dropFirst(start.count).split(separator: ".").first.map(String.init) }
        return Set(below).subtracting(["*"]).sorted()
    }
}
