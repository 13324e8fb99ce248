import ArgumentParser

/// `laban gesture`: the rules gestures and repetitions are found by.
struct GestureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gesture",
        abstract: "Teach gestures, list them and the rules, and try both.",
        discussion: """
            Shipped gestures: 26 hand shapes (with --hands), 15 body signals, wave, raise_hand, arms_crossed, \
            arms_sideways; with --gestures Gestures/motions, which also fire in ordinary motion: clap, swipes, push, \
            circles, beckon.
            Gestures and exercises are YAML files in Gestures/; Gestures/schema.json describes them. Copy one, change \
            it, try it, and put it there (or in a folder given with --gestures) to use it.

            Gestures can be taught too, by showing them one to five times: 'laban help gesture teach'.

            Examples:
              laban gesture teach swipe swipe1.mp4 swipe2.mp4     and it is found from then on
              laban gesture measures                              what a rule can ask of a body
              cp Gestures/exercises/squat.yaml rules/half_squat.yaml   and change its name and thresholds
              laban gesture test rules/half_squat.yaml me.mp4 --plot half_squat.png
              laban count me.mp4 --gestures rules
            """,
        subcommands: [
            GestureListCommand.self, GestureTeachCommand.self, GestureTestCommand.self, GestureRemoveCommand.self,
            GestureMeasuresCommand.self, GestureShapesCommand.self, GestureSurveyCommand.self,
        ])
}
