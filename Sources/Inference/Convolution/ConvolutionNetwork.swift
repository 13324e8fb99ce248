import CConvolution

/// A convolution network ready to run: a shared model with activations of its own. A run allocates nothing.
///
/// A network uses the calling thread only and shares nothing that changes with other networks, so one can run on each
/// thread.
package final class ConvolutionNetwork {
    package let model: ConvolutionModel
    private let calls: [KernelCall]
    private let activations: AlignedStorage
    private let inputBuffers: [UnsafeMutableBufferPointer<Float>]
    private let outputBuffers: [UnsafeBufferPointer<Float>]

    /// What `withInput` takes, in the file's order.
    package var inputs: [TensorInfo] { model.inputs }

    /// Another network of a model: only its activations take memory.
    package init(_ model: ConvolutionModel) {
        self.model = model
        activations = AlignedStorage(bytes: model.activationBytes)
        let (calls, memory) = model.calls(in: activations)
        self.calls = calls
        inputBuffers = zip(model.inputBuffers, model.inputs).map {
            UnsafeMutableBufferPointer(start: memory.buffer($0), count: $1.count)
        }
        outputBuffers = zip(model.outputBuffers, model.outputs).map {
            UnsafeBufferPointer(start: memory.buffer($0), count: $1.count)
        }
    }

    /// Reads a `.tflite` file.
    ///
    /// - Parameter outputs: names of the outputs wanted, in this order; whatever only the others need is not computed.
    ///   All of them by default.
    package convenience init(contentsOf path: String, outputs: [String]? = nil) throws(InferenceError) {
        self.init(try ConvolutionModel(contentsOf: path, outputs: outputs))
    }

    /// Lets `body` fill an input, row-major. What it writes stays until it is written again.
    package func withInput<R>(
        _ index: Int = 0, _ body: (UnsafeMutableBufferPointer<Float>) throws -> R
    ) rethrows -> R {
        try body(inputBuffers[index])
    }

    /// Computes the outputs from the inputs, on the calling thread.
    package func run() {
        for call in calls { call.run(model.kernels) }
    }

    /// Lets `body` read an output of the last run, row-major.
    package func withOutput<R>(_ index: Int, _ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
        try body(outputBuffers[index])
    }
}
