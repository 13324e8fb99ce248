import Foundation
import Inference
import Recordings
import Shapes
import Training

/// The sets that the networks for shapes are trained on, from the folders of the data collection.
struct ShapeSources {
    let folder: String

    /// A row of a set, and in which of five stretches of its class, in the order of recording, it lies.
    struct Row<Example> {
        let example: Example
        let block: Int
    }

    static let blocks = 5

    /// What the words of static-poses are called here.
    private static let handWords: [String: HandShape] = [
        "0": .zero, "1": .point, "2": .victory, "3": .three, "4": .four, "5": .openPalm, "6": .six, "7": .seven,
        "8": .eight, "9": .nine, "Chef": .beak, "Dislike": .thumbDown, "Fight_Fist": .fistBack, "Help": .handshake,
        "Horns": .rock, "Loser": .lShape, "Metal": .iLoveYou, "Middle_Finger": .middleFinger, "Ok": .ok, "Phone": .call,
        "Power_Fist": .fistFront, "Shaka": .shaka, "Stop": .stop, "Super": .thumbUp, "VIP": .scissors,
        "Vulcan_Salute": .vulcan, "Water": .drink,
    ]

    /// Letters and words of other sets: the shapes they may be; none for those that are none.
    private static let others: [String: [HandShape]] = [
        "I": [], "J": [], "P": [], "Q": [], "X": [], "V": [.victory], "W": [.six], "L": [.lShape],
        "Y": [.shaka, .call], "B": [.stop, .four, .openPalm], "D": [.point], "Z": [.point], "F": [.ok, .nine],
        "S": [.fistFront, .fistBack], "O": [.zero], "Open": [.openPalm, .stop, .vulcan],
        "Close": [.fistFront, .fistBack], "Pointer": [.point],
    ]

    private static let bodyWords: [String: BodySignal] = [
        "Seated": .seated, "Yoga_Tree_left": .treeLeft, "Traffic_AllStop": .trafficAllStop,
        "Traffic_BackStop": .trafficBackStop, "Traffic_LeftTurn": .trafficLeftTurn, "Squat": .squat, "Plank": .plank,
        "Stand_LeftArmRaised": .leftArmRaised, "Traffic_FrontStop": .trafficFrontStop,
        "Yoga_UpwardSalute": .upwardSalute, "MilitarySalute": .militarySalute, "Stand": .stand,
        "Yoga_Warrior2_left": .warriorLeft, "Traffic_RightTurn": .trafficRightTurn,
        "Traffic_BackFrontStop": .trafficBackFrontStop, "Yoga_Warrior2_right": .warriorRight, "PushUp_Low": .pushUpLow,
        "Stand_RightArmRaised": .rightArmRaised, "T": .tPose, "Yoga_Tree_right": .treeRight,
    ]

    /// BODY_25's numbers of `BodyFeatures.joints`.
    private static let body25 = [0, 5, 2, 6, 3, 7, 4, 12, 9, 13, 10, 14, 11]

    /// The hands of static-poses; y there grows upwards.
    func hands() throws -> [Row<HandExamples.Recorded>] {
        let table = try CSVTable(path: folder + "/static-poses/hands.csv")
        let array = try NumPyArray(path: folder + "/static-poses/hands.npy")
        let (label, hand) = (try table.column("label"), try table.column("hand"))
        return try rows(table, array, size: 42, kind: { $0[label] + $0[hand] }) { row, numbers in
            guard let shape = Self.handWords[row[label]] else { return nil }
            let mirror: Float = row[hand] == "left" ? -1 : 1
            return HandExamples.Recorded(
                places: (0..<21).map { SIMD2(numbers[2 * $0] * mirror, -numbers[2 * $0 + 1]) },
                allowed: HandExamples.bits([shape]))
        }
    }

    /// The hands of asl-letters and hand-shapes, whose sides and shapes are told less closely.
    func otherHands() throws -> [Row<HandExamples.Recorded>] {
        let letters = try CSVTable(path: folder + "/asl-letters/labels.csv")
        let words = try CSVTable(path: folder + "/hand-shapes/keypoint_labels.csv")
        return try [
            (letters, "/asl-letters/landmarks.npy", 3), (words, "/hand-shapes/keypoint.npy", 2),
        ].flatMap { table, file, axes in
            let label = try table.column("label")
            return try rows(table, NumPyArray(path: folder + file), size: 21 * axes, kind: { $0[label] }) {
                row, numbers in
                Self.others[row[label]].map { shapes in
                    HandExamples.Recorded(
                        places: (0..<21).map { SIMD2(numbers[axes * $0], numbers[axes * $0 + 1]) },
                        allowed: HandExamples.bits(shapes))
                }
            }
        }
    }

    /// The bodies of static-poses.
    func bodies() throws -> [Row<BodyExamples.Recorded>] {
        let table = try CSVTable(path: folder + "/static-poses/bodies.csv")
        let label = try table.column("label")
        let array = try NumPyArray(path: folder + "/static-poses/bodies.npy")
        return try rows(table, array, size: 50, kind: { $0[label] }) { row, numbers in
            guard let signal = Self.bodyWords[row[label]] else { return nil }
            let places = Self.body25.map { joint -> SIMD2<Float>? in
                let place = SIMD2(numbers[2 * joint], numbers[2 * joint + 1])
                return place == .zero || !place.x.isFinite || !place.y.isFinite ? nil : SIMD2(place.x, -place.y)
            }
            return BodyExamples.Recorded(places: places, signal: signal)
        }
    }

    /// Bodies in ordinary motion: those of cmu-mocap, in metres, y up, each with the subject.
    func ordinary() throws -> [(subject: String, body: [SIMD3<Float>])] {
        let array = try NumPyArray(path: folder + "/cmu-mocap/frames.npy")
        let names = try CSVTable(path: folder + "/cmu-mocap/joints.csv")
        let table = try CSVTable(path: folder + "/cmu-mocap/sequences.csv")
        let name = try names.column("name")
        let wanted = [
            "Head", "LeftArm", "RightArm", "LeftForeArm", "RightForeArm", "LeftHand", "RightHand", "LeftUpLeg",
            "RightUpLeg", "LeftLeg", "RightLeg", "LeftFoot", "RightFoot",
        ].compactMap { word in names.rows.firstIndex { $0[name] == word } }
        let (start, frames) = (try table.column("start"), try table.column("frames"))
        let subject = try table.column("subject")
        let width = names.rows.count * 3
        return table.rows.flatMap { row in
            let first = Int(row[start]) ?? 0
            return (first..<first + (Int(row[frames]) ?? 0)).map { frame in
                (
                    row[subject],
                    wanted.map { joint in
                        let place = frame * width + 3 * joint
                        return SIMD3(array.numbers[place], array.numbers[place + 1], array.numbers[place + 2]) / 1000
                    }
                )
            }
        }
    }

    private func rows<Example>(
        _ table: CSVTable, _ array: NumPyArray, size: Int, kind: ([String]) -> String,
        _ read: ([String], ArraySlice<Float>) -> Example?
    ) throws -> [Row<Example>] {
        guard array.numbers.count == table.rows.count * size else {
            throw InferenceError(
                .mismatch, file: table.file, place: "rows", expected: "\(array.numbers.count / size), as its array has",
                found: "\(table.rows.count)")
        }
        var counts: [String: Int] = [:]
        for row in table.rows { counts[kind(row), default: 0] += 1 }
        var seen: [String: Int] = [:]
        return table.rows.enumerated().compactMap { index, row in
            let kind = kind(row)
            let number = seen[kind, default: 0]
            seen[kind] = number + 1
            let numbers = Array(array.numbers[index * size..<(index + 1) * size])
            return read(row, numbers[...]).map {
                Row(example: $0, block: number * Self.blocks / (counts[kind] ?? 1))
            }
        }
    }
}
