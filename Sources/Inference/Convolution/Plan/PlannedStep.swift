import CConvolution

/// One step of a run: a kernel's arguments, all but the memory they point to.
struct PlannedStep {
    enum Work {
        case product(laban_product, ProductPlaces)
        case separable(laban_separable, SeparablePlaces)
        case image(laban_image, ProductPlaces, lines: Int)
        case pool(laban_pool)
        case resize(laban_resize, rows: ConstantPool.Place, columns: ConstantPool.Place)
        case finish(laban_finish)
        case mean(laban_layout)
        case toBlocks(laban_layout)
        case toPlain(laban_layout)
        case logistic(count: Int)
        case copy(StridedCopy)
        case repeatChannels(cells: Int, channels: Int, times: Int)
    }

    struct ProductPlaces {
        var weights: ConstantPool.Place
        var bias: ConstantPool.Place
    }

    struct SeparablePlaces {
        var taps: ConstantPool.Place
        var bias: ConstantPool.Place
        var widening: ProductPlaces?
        var image: (places: ProductPlaces, lines: Int)?
        var wideningCurve = PlannedEpilogue()
        var depthwiseEpilogue = PlannedEpilogue()
        var narrowing: ProductPlaces?
        var ring: Int
        var strip: Int
    }

    var work: Work
    /// Buffers read and written.
    var source: Int
    var destination: Int
    /// Of the result; for a separable step that narrows, of the narrow result.
    var epilogue = PlannedEpilogue()
    /// Buffers that nothing outside the step sees.
    var scratch: [Int] = []

    var buffers: [Int] { [source, destination] + scratch + (epilogue.addend.map { [$0] } ?? []) }

    /// The call that does the step.
    func call(_ memory: StepMemory) -> KernelCall {
        let x = UnsafePointer(memory.buffer(source))
        let y = memory.buffer(destination)
        let epilogue = epilogue.resolved(memory)
        switch work {
        case .product(var arguments, let places):
            (arguments.x, arguments.y, arguments.epilogue) = (x, y, epilogue)
            arguments.take(places, memory)
            return .product(arguments)
        case .separable(var arguments, let places):
            (arguments.x, arguments.y) = (x, y)
            (arguments.taps, arguments.bias) = (memory.constant(places.taps), memory.constant(places.bias))
            (arguments.ring, arguments.strip) = (memory.buffer(places.ring), memory.buffer(places.strip))
            if let widening = places.widening {
                arguments.widening.take(widening, memory)
                arguments.widening.epilogue = places.wideningCurve.resolved(memory)
            }
            if let image = places.image {
                arguments.image.take(image.places, lines: image.lines, memory)
                arguments.image.epilogue = places.wideningCurve.resolved(memory)
            }
            if let narrowing = places.narrowing {
                arguments.epilogue = places.depthwiseEpilogue.resolved(memory)
                arguments.narrowing.take(narrowing, memory)
                arguments.narrowing.epilogue = epilogue
            } else {
                arguments.epilogue = epilogue
            }
            return .separable(arguments)
        case .image(var arguments, let places, let lines):
            (arguments.x, arguments.y, arguments.epilogue) = (x, y, epilogue)
            arguments.take(places, lines: lines, memory)
            return .image(arguments)
        case .pool(var arguments):
            (arguments.x, arguments.y, arguments.epilogue) = (x, y, epilogue)
            return .pool(arguments)
        case .resize(var arguments, let rows, let columns):
            (arguments.x, arguments.y, arguments.epilogue) = (x, y, epilogue)
            arguments.rows = memory.constant(rows)
            arguments.columns = memory.constant(columns)
            return .resize(arguments)
        case .finish(var arguments):
            (arguments.x, arguments.y, arguments.epilogue) = (x, y, epilogue)
            return .finish(arguments)
        case .mean(var arguments):
            (arguments.x, arguments.y) = (x, y)
            return .mean(arguments)
        case .toBlocks(var arguments):
            (arguments.x, arguments.y) = (x, y)
            return .toBlocks(arguments)
        case .toPlain(var arguments):
            (arguments.x, arguments.y) = (x, y)
            return .toPlain(arguments)
        case .logistic(let count): return .logistic(x, y, count: count)
        case .copy(let copy): return .copy(copy, from: x, to: y)
        case .repeatChannels(let cells, let channels, let times):
            return .repeatChannels(from: x, to: y, cells: cells, channels: channels, times: times)
        }
    }
}

extension laban_product {
    fileprivate mutating func take(_ places: PlannedStep.ProductPlaces, _ memory: StepMemory) {
        (weights, bias) = (memory.constant(places.weights), memory.constant(places.bias))
    }
}

extension laban_image {
    fileprivate mutating func take(_ places: PlannedStep.ProductPlaces, lines buffer: Int, _ memory: StepMemory) {
        (weights, bias) = (memory.constant(places.weights), memory.constant(places.bias))
        lines = memory.buffer(buffer)
    }
}
