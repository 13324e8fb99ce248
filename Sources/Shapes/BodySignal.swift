/// A posture of the whole body that the network for bodies tells apart; the 20 of the pose-classification-kit (A. FDLR,
/// MIT). Left and right are the person's own. The raw value is the word for it in rule files.
package enum BodySignal: String, Sendable, Hashable, CaseIterable {
    case leftArmRaised = "left_arm_raised"
    case militarySalute = "military_salute"
    case plank
    case pushUpLow = "push_up_low"
    case rightArmRaised = "right_arm_raised"
    case seated
    case squat
    case stand
    case tPose = "t_pose"
    /// Both upper arms level, both forearms up.
    case trafficAllStop = "traffic_all_stop"
    /// The right forearm up, the left arm out: stop, in front and behind.
    case trafficBackFrontStop = "traffic_back_front_stop"
    /// Seen from behind, one arm out.
    case trafficBackStop = "traffic_back_stop"
    /// The right upper arm level, the forearm up.
    case trafficFrontStop = "traffic_front_stop"
    case trafficLeftTurn = "traffic_left_turn"
    case trafficRightTurn = "traffic_right_turn"
    /// Arms over the head, the left foot at the other knee.
    case treeLeft = "tree_left"
    case treeRight = "tree_right"
    /// Both arms straight up.
    case upwardSalute = "upward_salute"
    /// Arms level, the left knee bent.
    case warriorLeft = "warrior_left"
    case warriorRight = "warrior_right"
}
