import COpenBLAS

/// The reachable limit that steps are compared with: what one frame of ST-GCN costs when each block is two products of
/// OpenBLAS over ring buffers, with joints mixed along the bones and nothing else done. Its weights are random.
final class SgemmSteps {
    private struct Block {
        let inputs: Int
        let outputs: Int
        let stride: Int
        let projects: Bool
        let mixed: Int
        let ring: Int
        let output: Int
        let graph: Int
        let temporal: Int
        let projection: Int
    }

    private static let kernel = 9
    /// The joint each joint hangs on, -1 for the root.
    private static let parents = [-1, 0, 0, 1, 2, 0, 0, 5, 6, 7, 8, 5, 6, 11, 12, 13, 14]
    private let people: Int
    private let rows: Int
    private var blocks: [Block] = []
    private let memory: UnsafeMutablePointer<Float>
    private let input: Int
    private var time = 0

    init(people: Int, isStrided: Bool) {
        self.people = people
        rows = people * Self.parents.count
        var count = 0
        func take(_ floats: Int) -> Int {
            defer { count += (floats + 15) / 16 * 16 }
            return count
        }
        var channels = ActionBench.inputChannels
        input = take(rows * channels)
        for (index, plan) in ActionBench.blocks.enumerated() {
            let projects = index > 0 && (channels != plan.channels || plan.stride > 1)
            blocks.append(
                Block(
                    inputs: channels, outputs: plan.channels, stride: isStrided ? plan.stride : 1, projects: projects,
                    mixed: take(rows * 3 * channels), ring: take(rows * 2 * Self.kernel * plan.channels),
                    output: take(rows * plan.channels), graph: take(3 * channels * plan.channels),
                    temporal: take(Self.kernel * plan.channels * plan.channels),
                    projection: take(projects ? channels * plan.channels : 0)))
            channels = plan.channels
        }
        memory = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64).bindMemory(
            to: Float.self, capacity: count)
        for i in 0..<count { memory[i] = Float(i * 7919 % 1000 - 500) * 5e-5 }
    }

    deinit { UnsafeMutableRawPointer(memory).deallocate() }

    /// One frame of everybody.
    func step() {
        var x = memory + input
        var time = time
        self.time += 1
        for (index, block) in blocks.enumerated() {
            let slot = time % Self.kernel
            mix(x, block)
            let y = memory + block.output
            Self.multiply(
                rows: rows, columns: block.outputs, depth: 3 * block.inputs, memory + block.mixed,
                stride: 3 * block.inputs, memory + block.graph, into: y, adding: false)
            // Twice, so that any nine slots lie side by side.
            let width = 2 * Self.kernel * block.outputs
            for row in 0..<rows {
                let ring = memory + block.ring + row * width + slot * block.outputs
                let again = ring + Self.kernel * block.outputs
                let source = y + row * block.outputs
                for c in 0..<block.outputs {
                    let value = source[c] > 0 ? source[c] : 0
                    ring[c] = value
                    again[c] = value
                }
            }
            guard time % block.stride == 0 else { return }
            time /= block.stride
            if block.projects {
                Self.multiply(
                    rows: rows, columns: block.outputs, depth: block.inputs, x, stride: block.inputs,
                    memory + block.projection, into: y, adding: false)
            } else if index > 0 {
                y.update(from: x, count: rows * block.outputs)
            }
            Self.multiply(
                rows: rows, columns: block.outputs, depth: Self.kernel * block.outputs,
                memory + block.ring + (slot + 1) % Self.kernel * block.outputs, stride: width,
                memory + block.temporal, into: y, adding: index > 0)
            for i in 0..<rows * block.outputs { y[i] = y[i] > 0 ? y[i] : 0 }
            x = y
        }
    }

    /// Each joint itself, its parent, and its children, side by side.
    private func mix(_ x: UnsafeMutablePointer<Float>, _ block: Block) {
        let channels = block.inputs
        let target = memory + block.mixed
        target.update(repeating: 0, count: rows * 3 * channels)
        let joints = Self.parents.count
        for row in 0..<rows {
            let source = x + row * channels
            let own = target + row * 3 * channels
            for c in 0..<channels { own[c] = 0.9 * source[c] }
            let parent = Self.parents[row % joints]
            guard parent >= 0 else { continue }
            let above = row - row % joints + parent
            let aboveSource = x + above * channels
            let children = target + above * 3 * channels + 2 * channels
            for c in 0..<channels {
                own[channels + c] = 0.8 * aboveSource[c]
                children[c] += 0.4 * source[c]
            }
        }
    }

    private static func multiply(
        rows: Int, columns: Int, depth: Int, _ a: UnsafePointer<Float>, stride: Int, _ b: UnsafePointer<Float>,
        into c: UnsafeMutablePointer<Float>, adding: Bool
    ) {
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(rows), blasint(columns), blasint(depth), 1, a,
            blasint(stride), b, blasint(columns), adding ? 1 : 0, c, blasint(columns))
    }
}
