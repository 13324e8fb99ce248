import Foundation
import Randomness
import Skeleton

/// Scenes of two people, and now and then a bystander, who do something to each other or just not.
///
/// The same kind and seed give the same scene; view, ways, tempo and bodies all vary with the seed.
package enum PuppetPair: String, Sendable, Hashable, CaseIterable {
    /// One or both come, they shake hands, and one or both go.
    case handshake
    /// One or both come, one embraces the other or both each other, and one or both go.
    case hug
    /// One stands or comes before the other and pushes them, who staggers back.
    case push
    /// They walk past each other, one past the other, or side by side.
    case passing
    /// They stand side by side or face to face and talk.
    case talking
    /// They exercise side by side or face to face.
    case exercising

    /// The scene with its truth.
    package func scene(seed: UInt64) -> PuppetScene {
        var random = SplitMix64(seed: seed)
        for _ in 0...Self.allCases.firstIndex(of: self)! { _ = random.next() }
        var script = PuppetPairScript(using: &random)
        switch self {
        case .handshake: script.handshake()
        case .hug: script.hug()
        case .push: script.push()
        case .passing: script.passing()
        case .talking: script.talking()
        case .exercising: script.exercising()
        }
        return script.scene(name: "\(rawValue)-\(seed)")
    }
}
