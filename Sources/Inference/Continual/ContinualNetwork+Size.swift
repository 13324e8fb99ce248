extension ContinualNetwork {
    /// Bytes of the largest of the buffers that `clips` clips of `frames` frames go through.
    package func clipBytes(clips: Int = 1, frames: Int) -> Int {
        let (count, overflow) = clips.multipliedReportingOverflow(by: frames)
        let (floats, tooMany) = count.multipliedReportingOverflow(by: 4 * widestFrame)
        return overflow || tooMany ? .max : floats
    }

    /// Errs when running it would take more memory than any network over skeletons has use for, which few weights can
    /// ask for by long clips, far taps or wide layers.
    package func checkSize(file: String) throws(InferenceError) {
        for (what, bytes, limit) in [
            ("memory of a person", stateBytes, 16 << 20), ("buffer of a clip", clipBytes(frames: clipFrames), 16 << 20),
        ] where bytes > limit {
            throw InferenceError(
                .tooLarge, file: file, place: what, expected: "at most \(limit) bytes", found: "\(bytes)")
        }
    }
}
