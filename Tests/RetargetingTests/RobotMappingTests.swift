import Retargeting
import Testing

@Suite struct RobotMappingTests {
    @Test("a mapping that says nothing of safety is careful")
    func careful() {
        let mapping = RobotMapping(robot: "arm", arms: [])
        #expect(mapping.safety.silence <= .milliseconds(100))
        #expect(mapping.safety.blend >= .milliseconds(500))
        #expect(mapping.safety.visibility >= 0.5)
    }
}
