import Inference
import TestSupport
import Testing

struct MemoryPlanTests {
    @Test("buffers that live at the same time never overlap, and the plan is never worse than no sharing")
    func overlap() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<200 {
            let buffers = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                let first = Int.random(in: 0..<30, using: &random)
                return MemoryPlan.Buffer(
                    bytes: Int.random(in: 0...5000, using: &random),
                    life: first...first + Int.random(in: 0...8, using: &random))
            }
            let plan = MemoryPlan(buffers)
            for i in buffers.indices {
                #expect(plan.offsets[i] % MemoryPlan.alignment == 0)
                #expect(plan.offsets[i] + buffers[i].bytes <= plan.totalBytes)
                for j in 0..<i where buffers[i].life.overlaps(buffers[j].life) {
                    let a = plan.offsets[i]..<plan.offsets[i] + buffers[i].bytes
                    let b = plan.offsets[j]..<plan.offsets[j] + buffers[j].bytes
                    #expect(!a.overlaps(b))
                }
            }
            let rounded = buffers.reduce(0) { $0 + ($1.bytes + 63) / 64 * 64 }
            #expect(plan.totalBytes <= rounded)
        }
    }

    @Test("a chain of steps needs two buffers, whatever its length")
    func chain() {
        let plan = MemoryPlan((0..<20).map { MemoryPlan.Buffer(bytes: 640, life: $0...$0 + 1) })
        #expect(plan.totalBytes == 2 * 640)
    }
}
