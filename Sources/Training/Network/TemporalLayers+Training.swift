package import Inference

extension TemporalLayers {
    /// Extents of the input and of what comes out of each block, for a batch of `clips`.
    package func extents(clips: Int) -> [BatchExtent] {
        var extent = BatchExtent(clips: clips, frames: architecture.frames, joints: graph.joints)
        return [extent]
            + blocks.map { block in
                extent = extent.over(frames: block.temporal.receptiveField.outputFrames(extent.frames))
                return extent
            }
    }

    /// Multiply-adds of one clip.
    package var multiplyAdds: Int {
        let extents = extents(clips: 1)
        return blocks.indices.reduce(head.weight.count) { sum, index in
            let block = blocks[index]
            let (before, after) = (extents[index].clipCount, extents[index + 1].clipCount)
            let mix = block.graph.graph.partitions * block.graph.inputChannels * graph.joints * before
            func cost(_ path: Residual, _ count: Int) -> Int {
                if case .projection(let layer, _) = path { layer.weight.count * count } else { 0 }
            }
            return sum + mix + block.graph.weight.count * before + cost(block.graphPath, before)
                + block.temporal.multiplyAdds(extents[index], extents[index + 1]) + cost(block.residual, after)
        }
    }

    /// Floating-point operations of one clip, a multiply-add counted as two, shared out over its frames.
    package var flopsPerFrame: Int { 2 * multiplyAdds / architecture.frames }
}
