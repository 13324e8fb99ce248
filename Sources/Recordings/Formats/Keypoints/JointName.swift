import Skeleton

/// What other programs call joints, in Laban's own words.
enum JointName: Equatable {
    /// A joint of some topology by its own name, such as `leftWrist`.
    case joint(String)
    /// A point of the face or of the fingers, which no topology of bodies has.
    case detail

    /// Nil for a name that nobody knows, such as `tail`.
    init?(_ name: String) {
        var words = Self.words(of: name)
        // A prefix that says nothing.
        if words.count > 1, ["body", "kp", "joint"].contains(words[0]) { words.removeFirst() }
        if words.first == "face" {
            self = .detail
            return
        }
        var side: String?
        words.removeAll { word in
            guard side == nil, let known = Self.sides[word] else { return false }
            side = known
            return true
        }
        let core = words.joined()
        if side == nil, let joint = Self.middle[core] {
            self = .joint(joint)
        } else if side == nil, let (known, rest) = Self.splitSide(core), let joint = Self.paired[rest] {
            self = .joint(known + joint)
        } else if let side, core == "mouth" || core == "mouthcorner" {
            self = .joint(side == "left" ? "mouthLeft" : "mouthRight")
        } else if let side, let joint = Self.paired[core] {
            self = .joint(side + joint)
        } else if let last = core.last, last.isNumber, Self.details.contains(core.filter { !$0.isNumber }) {
            self = .detail
        } else if Self.details.contains(core) {
            self = .detail
        } else {
            return nil
        }
    }

    /// The words of a name in lower case: `left_wrist`, `LEFT-WRIST`, `LWrist` and `leftWrist` are two words each.
    static func words(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
        let characters = Array(name.prefix(80))
        for (index, character) in characters.enumerated() {
            guard character.isLetter || isDigit(character) else {
                if !word.isEmpty { words.append(word) }
                word = ""
                continue
            }
            if let last = word.isEmpty ? nil : characters[index - 1] {
                let beginsLower = index + 1 < characters.count && characters[index + 1].isLowercase
                let isNew =
                    isDigit(last) != isDigit(character)
                    || character.isUppercase && (last.isLowercase || last.isUppercase && beginsLower)
                if isNew {
                    words.append(word)
                    word = ""
                }
            }
            word += character.lowercased()
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    private static func splitSide(_ core: String) -> (side: String, rest: String)? {
        for (word, side) in [("left", "left"), ("right", "right"), ("l", "left"), ("r", "right")]
        where core.hasPrefix(word) && paired[String(core.dropFirst(word.count))] != nil {
            return (side, String(core.dropFirst(word.count)))
        }
        return nil
    }

    private static let sides = ["left": "left", "right": "right", "l": "left", "r": "right"]

    private static let paired: [String: String] = [
        "eye": "Eye", "eyeinner": "EyeInner", "innereye": "EyeInner", "eyeouter": "EyeOuter", "outereye": "EyeOuter",
        "ear": "Ear", "shoulder": "Shoulder", "sho": "Shoulder", "elbow": "Elbow", "elb": "Elbow", "wrist": "Wrist",
        "wri": "Wrist", "hip": "Hip", "knee": "Knee", "ankle": "Ankle", "ank": "Ankle", "foot": "Foot", "heel": "Heel",
        "bigtoe": "BigToe", "smalltoe": "SmallToe", "littletoe": "SmallToe", "toe": "ToeBase", "toes": "ToeBase",
        "toebase": "ToeBase", "footindex": "FootIndex", "collar": "Collar", "clavicle": "Collar", "hand": "Hand",
        "handtip": "HandTip", "thumb": "Thumb", "pinky": "Pinky", "index": "Index",
    ]

    private static let middle: [String: String] = [
        "nose": "nose", "head": "head", "headtop": "headTop", "tophead": "headTop", "topofhead": "headTop",
        "headbottom": "upperNeck", "upperneck": "upperNeck", "neck": "neck", "neckbase": "neck", "midshoulder": "neck",
        "shouldercenter": "neck", "shouldercentre": "neck", "thorax": "chest", "chest": "chest", "spinechest": "chest",
        "spineshoulder": "chest", "spine3": "chest", "spine": "spine", "spinemid": "spine", "midspine": "spine",
        "spinenavel": "spine", "navel": "spine", "belly": "spine", "torso": "spine", "spine2": "spine",
        "spine1": "lowerBack", "lowerback": "lowerBack", "pelvis": "pelvis", "root": "pelvis", "hip": "pelvis",
        "hips": "pelvis", "midhip": "pelvis", "hipcenter": "pelvis", "hipcentre": "pelvis", "spinebase": "pelvis",
        "bodycenter": "pelvis", "mouthleft": "mouthLeft", "mouthright": "mouthRight",
    ]

    private static let details: Set = [
        "hand", "handroot", "palm", "thumb", "forefinger", "indexfinger", "index", "middlefinger", "middle",
        "ringfinger", "ring", "pinkyfinger", "pinky", "littlefinger", "finger", "eyebrow", "brow", "lip", "mouth",
        "jaw", "chin", "cheek", "contour", "iris", "pupil", "eye", "nose", "bignose",
    ]
}
