import Inference

/// Plain loops over (channels, frames, joints) that say what a network is, with nothing folded, packed or remembered.
struct Feature: Equatable {
    var channels: Int
    var frames: Int
    var joints: Int
    var values: [Float]

    init(channels: Int, frames: Int, joints: Int, values: [Float]? = nil) {
        self.channels = channels
        self.frames = frames
        self.joints = joints
        self.values = values ?? [Float](repeating: 0, count: channels * frames * joints)
    }

    /// 0 outside the clip.
    subscript(c: Int, t: Int, v: Int) -> Float {
        get { (0..<frames).contains(t) ? values[(c * frames + t) * joints + v] : 0 }
        set { values[(c * frames + t) * joints + v] = newValue }
    }

    /// Convolution along time, centred where nothing is said; `weight` is (outputs, channels, kernel).
    func convolved(
        _ weight: [Float], _ bias: [Float], kernel: Int = 1, stride: Int = 1, dilation: Int = 1, lookAhead: Int? = nil
    ) -> Feature {
        let last = lookAhead ?? kernel / 2 * dilation
        var y = Feature(channels: bias.count, frames: (frames - 1) / stride + 1, joints: joints)
        for o in 0..<y.channels {
            for t in 0..<y.frames {
                for v in 0..<joints {
                    var sum = bias[o]
                    for c in 0..<channels {
                        for k in 0..<kernel {
                            let frame = t * stride + last - (kernel - 1 - k) * dilation
                            sum += weight[(o * channels + c) * kernel + k] * self[c, frame, v]
                        }
                    }
                    y[o, t, v] = sum
                }
            }
        }
        return y
    }

    /// Σ over partitions of `xₚ · Aₚ`, where partition p has the channels p · C … (p + 1) · C.
    func mixed(_ adjacency: [Float], partitions: Int) -> Feature {
        var y = Feature(channels: channels / partitions, frames: frames, joints: joints)
        for c in 0..<y.channels {
            for t in 0..<frames {
                for v in 0..<joints {
                    for p in 0..<partitions {
                        for u in 0..<joints {
                            y[c, t, v] += adjacency[(p * joints + u) * joints + v] * self[p * y.channels + c, t, u]
                        }
                    }
                }
            }
        }
        return y
    }

    /// The largest of the frames that far from each output's, of those within the clip.
    func largest(of shifts: [Int], stride: Int) -> Feature {
        var y = Feature(channels: channels, frames: (frames - 1) / stride + 1, joints: joints)
        for c in 0..<channels {
            for t in 0..<y.frames {
                for v in 0..<joints {
                    let inside = shifts.map { t * stride + $0 }.filter((0..<frames).contains)
                    y[c, t, v] = inside.map { self[c, $0, v] }.max() ?? 0
                }
            }
        }
        return y
    }

    func normalised(gain: [Float], shift: [Float]) -> Feature {
        var y = self
        for i in values.indices { y.values[i] = values[i] * gain[i / (frames * joints)] + shift[i / (frames * joints)] }
        return y
    }

    func adding(_ other: Feature) -> Feature {
        var y = self
        for i in values.indices { y.values[i] += other.values[i] }
        return y
    }

    var rectified: Feature {
        var y = self
        for i in values.indices { y.values[i] = max(values[i], 0) }
        return y
    }

    func joined(_ other: Feature) -> Feature {
        Feature(channels: channels + other.channels, frames: frames, joints: joints, values: values + other.values)
    }

    /// Mean over these frames and all joints.
    func pooled(_ frames: some Collection<Int>) -> [Float] {
        (0..<channels).map { c in
            frames.reduce(0) { sum, t in
                (0..<joints).reduce(sum) { $0 + self[c, t, $1] }
            } / Float(frames.count * joints)
        }
    }
}
