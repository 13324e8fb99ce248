import Inference
import Skeleton

extension ActionModelDescription {
    /// The first thing that makes no sense, and what is wrong with it; nil when all is well.
    var fault: (place: String, problem: String)? {
        if hasKernelMachines { return ("kernels", "models have no kernel machines any more: train this one anew") }
        if format != 1 { return ("format", "expected 1, found \(format)") }
        if topology != SkeletonTopology.common16.name { return ("topology", "expected common16, found \(topology)") }
        if let fault = architecture.fault { return ("architecture", fault) }
        if let networks, !(1...ActionModel.mostNetworks ~= networks) {
            return ("networks", "expected 1 to \(ActionModel.mostNetworks), found \(networks)")
        }
        if architecture.inputChannels != MotionFeatures.channels {
            return (
                "architecture.input_channels",
                "expected \(MotionFeatures.channels), found \(architecture.inputChannels)"
            )
        }
        if architecture.classes != classes.count {
            return ("classes", "expected \(architecture.classes) classes, found \(classes.count)")
        }
        if classes.count < 2 { return ("classes", "expected at least two, found \(classes.count)") }
        if Set(classes).count != classes.count { return ("classes", "a class occurs twice") }
        if let fault = ActionModel.nameFault(classes) { return ("classes", fault) }
        if let fault = ActionModel.nameFault([name]) { return ("name", fault) }
        if sampling.frames != architecture.frames {
            return ("sampling.frames", "expected \(architecture.frames), found \(sampling.frames)")
        }
        if !(1...120 ~= sampling.rate) { return ("sampling.rate", "expected 1 to 120, found \(sampling.rate)") }
        if let fault = operatingTable?.fault { return ("operating_table", fault) }
        if !(0.01...100 ~= temperature) { return ("temperature", "expected 0.01 to 100, found \(temperature)") }
        return nil
    }
}
