/// What a puppet does; raw values are the labels of the everyday action model.
package enum PuppetKind: String, Sendable, Hashable, CaseIterable {
    /// Idle on both feet: hands hanging, on the hips, crossed, in pockets or busy at a table.
    case stand
    case walk
    case run
    /// Jumps from both feet.
    case jump
    case squat
    /// A long step forward or back, down and up again.
    case lunge
    case sideLunge = "side_lunge"
    /// One straight leg or one knee raised while standing.
    case legRaise = "leg_raise"
    /// Down onto a chair and up again.
    case sitToStand = "sit_to_stand"
    /// One arm or both up to overhead and down.
    case armRaise = "arm_raise"
    /// Arms to shoulder height at the sides.
    case armsSideways = "arms_sideways"
    case jumpingJack = "jumping_jack"
    /// A raised hand swings from side to side.
    case wave
    case clap
    case punch
    case kick
    /// Forward from the hips, as to pick something up.
    case bend
    case pushUp = "push_up"
    case sitUp = "sit_up"
    /// From the feet to the floor, not on purpose.
    case fall
    /// On the back, a side or the belly.
    case lie
    /// From the floor to the feet.
    case getUp = "get_up"
    /// On a chair or the floor.
    case sit
    /// Anything else people do.
    case nothing
}
