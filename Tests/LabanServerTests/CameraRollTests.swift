import LabanServer
import Testing

@Suite("The roll of cameras")
struct CameraRollTests {
    @Test("a server is over once no camera works and one has failed, which is then said of each")
    func over() {
        let roll = CameraRoll(["door", "gym", "desk"])
        roll.set(.failed("no pictures"), "gym")
        roll.set(.failed("not there"), "desk")
        #expect(!roll.isOver && roll.failure == nil)
        roll.set(.ended, "door")
        #expect(roll.isOver)
        #expect(roll.failure?.message == "none can go on: desk: not there; gym: no pictures")
    }

    @Test("sources that all came to their end are no failure")
    func ended() {
        let roll = CameraRoll(["door", "gym"])
        for camera in ["door", "gym"] { roll.set(.ended, camera) }
        #expect(!roll.isOver && roll.failure == nil)
    }

    @Test("a failed camera waits out its pause while another works, and no longer than that or a request to stop")
    func waiting() {
        let roll = CameraRoll(["door", "gym"])
        roll.set(.failed("no pictures"), "gym")
        #expect(roll.wait(.milliseconds(20), until: { false }))
        #expect(!roll.wait(.seconds(60), until: { true }))
        roll.set(.failed("no pictures"), "door")
        #expect(!roll.wait(.seconds(60), until: { false }))
    }
}
