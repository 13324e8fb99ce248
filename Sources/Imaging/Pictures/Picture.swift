/// What a frame shows: red, green and blue, or the planes a decoder left behind.
///
/// Looking at crops of it needs no conversion; drawing on it does.
package enum Picture: Sendable {
    case interleaved(PixelBuffer)
    case planar(PlanarPixels)

    /// Size in pixels, as shown.
    package var width: Int {
        switch self {
        case .interleaved(let pixels): pixels.width
        case .planar(let planes): planes.width
        }
    }

    package var height: Int {
        switch self {
        case .interleaved(let pixels): pixels.height
        case .planar(let planes): planes.height
        }
    }

    /// Samples a square region bilinearly into a float tensor of shape (side, side, 3): red, green, blue.
    ///
    /// Tensor position i lies i / side along the region's edge, so the first sample is the region's corner itself.
    /// Nothing is averaged when the region is larger than the tensor, as in BlazePose's reference.
    ///
    /// - Parameters:
    ///   - region: the square to sample; it may reach beyond the picture or lie outside it altogether.
    ///   - side: samples along each edge of the tensor.
    ///   - range: the values that black and full brightness are mapped to.
    ///   - border: what lies beyond the picture's edge.
    ///   - tensor: receives side × side × 3 values, row by row.
    package func sample(
        _ region: CropRegion, side: Int, range: ClosedRange<Float>, border: CropBorder,
        into tensor: UnsafeMutableBufferPointer<Float>
    ) {
        switch self {
        case .interleaved(let pixels): pixels.sample(region, side: side, range: range, border: border, into: tensor)
        case .planar(let planes): planes.sample(region, side: side, range: range, border: border, into: tensor)
        }
    }

    /// The picture to draw on: converted each time it is asked for, unless it is interleaved already.
    package func rgb() -> PixelBuffer {
        switch self {
        case .interleaved(let pixels): pixels
        case .planar(let planes): planes.rgb()
        }
    }

    /// The whole picture in a frame of this size, in its own shape; what is left over is black.
    package func fitted(toWidth width: Int, height: Int) -> Picture {
        if self.width == width, self.height == height { return self }
        return .interleaved(rgb().fitted(toWidth: width, height: height))
    }
}
