/// Weights in the order in which the kernels read them.
enum WeightPacking {
    /// Rounded up to whole blocks, zeros behind: biases and slopes.
    static func channels(_ numbers: [Float]?, count: Int) -> [Float] {
        var result = numbers ?? [Float](repeating: 0, count: count)
        result += [Float](repeating: 0, count: BlockedPicture.blocks(count) * BlockedPicture.block - result.count)
        return result
    }

    /// Inputs of a product, rounded up to what the kernels take at a time.
    static func roundedInputs(_ inputs: Int) -> Int { (inputs + 3) / 4 * 4 }

    /// Whether the last block has half its channels or fewer; a kernel then does two cells at once, and needs the
    /// weights twice.
    static func endsWithHalf(_ outputs: Int) -> Bool {
        (1...BlockedPicture.block / 2).contains(outputs % BlockedPicture.block)
    }

    /// From (output, input) to panels: for each block of outputs, its 16 weights of each input, inputs rounded up.
    static func panels(_ numbers: [Float], outputs: Int, inputs: Int) -> [Float] {
        panels(numbers, outputs: outputs, inputs: inputs, taking: (0..<outputs, 0..<inputs))
    }

    /// The panels of some outputs and inputs only; beyond those there are, zeros.
    static func panels(
        _ numbers: [Float], outputs: Int, inputs: Int, taking: (outputs: Range<Int>, inputs: Range<Int>)
    ) -> [Float] {
        let block = BlockedPicture.block
        let rounded = roundedInputs(taking.inputs.count)
        var result = [Float](repeating: 0, count: BlockedPicture.blocks(taking.outputs.count) * rounded * block)
        for (row, output) in taking.outputs.clamped(to: 0..<outputs).enumerated() {
            let isTwice = endsWithHalf(outputs) && output / block == outputs / block
            let panel = row / block * rounded * block + row % block
            for (column, input) in taking.inputs.clamped(to: 0..<inputs).enumerated() {
                let weight = numbers[output * inputs + input]
                result[panel + column * block] = weight
                if isTwice { result[panel + column * block + block / 2] = weight }
            }
        }
        return result
    }

    /// From (tap, channel) to (block, tap, 16).
    static func taps(_ numbers: [Float], taps: Int, channels: Int) -> [Float] {
        let block = BlockedPicture.block
        var result = [Float](repeating: 0, count: BlockedPicture.blocks(channels) * taps * block)
        for tap in 0..<taps {
            for channel in 0..<channels {
                let cell = channel / block * taps + tap
                result[cell * block + channel % block] = numbers[tap * channels + channel]
            }
        }
        return result
    }
}
