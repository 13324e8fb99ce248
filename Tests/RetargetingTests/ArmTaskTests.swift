import Randomness
import Retargeting
import Robots
import Testing

struct ArmTaskTests {
    @Test(
        "the Jacobian is how the vectors change",
        arguments: [(TestArms.seven, TestArms.sevenArm), (TestArms.five, TestArms.fiveArm)])
    func jacobian(_ robot: RobotDescription, _ arm: RobotMapping.Arm) throws {
        var task = try ArmTask(arm, of: robot)
        var random = SplitMix64(seed: 2)
        let count = task.chain.joints.count
        for _ in 0..<50 {
            let posture = task.chain.joints.map { random.double($0.limits.lower...$0.limits.upper) }
            task.update(posture)
            let jacobian = task.jacobian
            for joint in 0..<count {
                var moved = posture
                moved[joint] += 1e-6
                task.update(moved)
                let after = task.vectors
                moved[joint] -= 2e-6
                task.update(moved)
                for vector in after.indices {
                    let change = (after[vector] - task.vectors[vector]) / 2e-6
                    #expect((change - jacobian[vector * count + joint]).length < 1e-6)
                }
            }
        }
    }
}
