import CSampling

/// An 8-bit picture as decoders leave it: a plane of luma and two of colour differences (Cb, Cr), which may have fewer
/// values than pixels; each then stands for a block of pixels. The planes may have to be turned before they are shown.
///
/// The planes stay where the decoder put them.
///
/// `@unchecked Sendable`: nobody writes to the planes while `owner`, which is held here, lives.
package struct PlanarPixels: @unchecked Sendable {
    /// How the values of the planes lie.
    package struct Layout: Sendable, Hashable {
        /// Pixels as stored.
        package var width: Int
        package var height: Int
        /// How often width and height are halved, rounded up, for the planes of colour differences.
        package var columnShift: Int
        package var rowShift: Int
        /// Bytes from one row to the next.
        package var lumaStride: Int
        package var chromaStride: Int

        package init(width: Int, height: Int, columnShift: Int, rowShift: Int, lumaStride: Int, chromaStride: Int) {
            self.width = width
            self.height = height
            self.columnShift = columnShift
            self.rowShift = rowShift
            self.lumaStride = lumaStride
            self.chromaStride = chromaStride
        }

        var chromaWidth: Int { (width + (1 << columnShift) - 1) >> columnShift }
        var chromaHeight: Int { (height + (1 << rowShift) - 1) >> rowShift }
    }

    /// Bytes that must be readable beyond the last value of each plane: values are read four at a time.
    package static let padding = 3

    let layout: Layout
    let luma: UnsafePointer<UInt8>
    let cb: UnsafePointer<UInt8>
    let cr: UnsafePointer<UInt8>
    let colors: ColorConversion
    let orientation: Orientation
    let owner: any AnyObject & Sendable

    /// Size in pixels, as shown.
    package var width: Int { orientation.swapsAxes ? layout.height : layout.width }
    package var height: Int { orientation.swapsAxes ? layout.width : layout.height }

    /// - Parameters:
    ///   - luma, cb, cr: the memory of each plane from its first value on, with some padding at its end.
    ///   - orientation: how the planes are turned before they are shown.
    ///   - owner: keeps the planes' memory alive and unchanged as long as it lives.
    /// - Returns: nil where a plane is smaller than the layout says.
    package init?(
        layout: Layout, luma: UnsafeBufferPointer<UInt8>, cb: UnsafeBufferPointer<UInt8>,
        cr: UnsafeBufferPointer<UInt8>, colors: ColorConversion, orientation: Orientation = .upright,
        owner: any AnyObject & Sendable
    ) {
        func holds(_ plane: UnsafeBufferPointer<UInt8>, _ width: Int, _ height: Int, _ stride: Int) -> Bool {
            stride >= width && plane.count >= (height - 1) * stride + width + Self.padding && plane.count <= Int32.max
        }
        guard layout.width > 0, layout.height > 0, (0...2).contains(layout.columnShift),
            (0...2).contains(layout.rowShift),
            holds(luma, layout.width, layout.height, layout.lumaStride),
            holds(cb, layout.chromaWidth, layout.chromaHeight, layout.chromaStride),
            holds(cr, layout.chromaWidth, layout.chromaHeight, layout.chromaStride),
            let lumaStart = luma.baseAddress, let cbStart = cb.baseAddress, let crStart = cr.baseAddress
        else { return nil }
        self.layout = layout
        self.luma = lumaStart
        self.cb = cbStart
        self.cr = crStart
        self.colors = colors
        self.orientation = orientation
        self.owner = owner
    }

    /// Red, green and blue of every pixel, rounded to bytes, upright.
    package func rgb() -> PixelBuffer {
        let count = layout.width * layout.height * 3
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
            let planes = planes(colors, range: 0...255)
            withExtendedLifetime(owner) {
                withUnsafePointer(to: planes) { planes in
                    for row in 0..<layout.height {
                        laban_convert_row(planes, Int32(row), bytes.baseAddress! + row * layout.width * 3)
                    }
                }
            }
            initialized = count
        }
        if orientation == .upright { return PixelBuffer(width: width, height: height, bytes: bytes) }
        let turned = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            bytes.withUnsafeBufferPointer { source in
                orientation.lay(
                    source.baseAddress!, width: layout.width, height: layout.height, stride: layout.width * 3,
                    into: target)
            }
            initialized = count
        }
        return PixelBuffer(width: width, height: height, bytes: turned)
    }

    /// The planes as the C kernels want them; good as long as `owner` lives.
    func planes(_ colors: ColorConversion, range: ClosedRange<Float>) -> laban_planes {
        laban_planes(
            luma: luma, cb: cb, cr: cr, luma_stride: Int32(layout.lumaStride),
            chroma_stride: Int32(layout.chromaStride), width: Int32(layout.width), height: Int32(layout.height),
            column_shift: Int32(layout.columnShift), row_shift: Int32(layout.rowShift), luma_gain: colors.lumaGain,
            red_from_cr: colors.redFromCr, green_from_cb: colors.greenFromCb, green_from_cr: colors.greenFromCr,
            blue_from_cb: colors.blueFromCb, red_offset: colors.redOffset, green_offset: colors.greenOffset,
            blue_offset: colors.blueOffset, lowest: range.lowerBound, highest: range.upperBound)
    }
}
