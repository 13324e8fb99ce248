/// Shapes with smooth edges. Coordinates are pixels from the picture's top left corner, so that the first pixel's
/// centre lies at (0.5, 0.5); whatever lies outside the picture is cut off, and a shape with a coordinate that is no
/// number is not painted. Opacity is 0…1.
extension PixelBuffer {
    /// Fills the hull of two circles: a limb that may taper.
    ///
    /// - Parameter radii: of the circles at `start` and `end`.
    package mutating func fillCapsule(
        from start: SIMD2<Float>, to end: SIMD2<Float>, radii: SIMD2<Float>, color: Color, opacity: Float = 1
    ) {
        guard radii.x >= 0, radii.y >= 0, radii.max() > 0 else { return }
        // A line thinner than a pixel is painted a pixel wide and fainter.
        let thinness = min(1, radii.max() * 2)
        let radii = radii.max() < 0.5 ? SIMD2(repeating: 0.5) : radii
        let axis = end - start
        let length = (axis * axis).sum().squareRoot()
        let low = pointwiseMin(start - radii.x, end - radii.y)
        let high = pointwiseMax(start + radii.x, end + radii.y)
        // One circle inside the other, or no axis to speak of: the larger circle is all.
        guard length > abs(radii.x - radii.y), length > 1e-4 else {
            let (center, radius) = radii.x >= radii.y ? (start, radii.x) : (end, radii.y)
            fill(from: low, to: high, color: color, opacity: opacity * thinness) { point in
                let offset = point - center
                return (offset * offset).sum().squareRoot() - radius
            }
            return
        }
        let along = axis / length
        // The hull's straight sides lean by this much from the axis: sine and cosine.
        let lean = (radii.x - radii.y) / length
        let upright = (1 - lean * lean).squareRoot()
        fill(from: low, to: high, color: color, opacity: opacity * thinness) { point in
            let offset = point - start
            let x = (offset * along).sum()
            let y = abs(offset.x * along.y - offset.y * along.x)
            // Where along the axis the nearest point of the side belongs to.
            let foot = x - y * lean / upright
            if foot <= 0 { return (x * x + y * y).squareRoot() - radii.x }
            if foot >= length {
                let beyond = x - length
                return (beyond * beyond + y * y).squareRoot() - radii.y
            }
            return x * lean + y * upright - radii.x
        }
    }

    /// Draws a line with round ends.
    package mutating func strokeLine(
        from start: SIMD2<Float>, to end: SIMD2<Float>, width: Float, color: Color, opacity: Float = 1
    ) {
        fillCapsule(from: start, to: end, radii: SIMD2(repeating: width / 2), color: color, opacity: opacity)
    }

    /// Fills an ellipse.
    ///
    /// - Parameters:
    ///   - radii: half the extents along its own two axes.
    ///   - angle: radians from the picture's x axis to the ellipse's first axis, clockwise as seen.
    package mutating func fillEllipse(
        center: SIMD2<Float>, radii: SIMD2<Float>, angle: Float = 0, color: Color, opacity: Float = 1
    ) {
        guard radii.min() > 0, radii.max().isFinite, angle.isFinite else { return }
        // As for lines: what is thinner than a pixel is painted a pixel wide and fainter.
        let thinness = min(1, radii.x * 2) * min(1, radii.y * 2)
        let radii = pointwiseMax(radii, SIMD2(repeating: 0.5))
        let (sine, cosine) = sineAndCosine(angle)
        let along = SIMD2(cosine, sine)
        let reach = SIMD2(
            (radii.x * radii.x * cosine * cosine + radii.y * radii.y * sine * sine).squareRoot(),
            (radii.x * radii.x * sine * sine + radii.y * radii.y * cosine * cosine).squareRoot())
        let smaller = radii.min()
        fill(from: center - reach, to: center + reach, color: color, opacity: opacity * thinness) { point in
            let offset = point - center
            let own = SIMD2((offset * along).sum(), offset.y * along.x - offset.x * along.y)
            let scaled = own / radii
            let ratio = (scaled * scaled).sum().squareRoot()
            // The outline of a scaled ellipse is at least this far from the ellipse's own.
            let bound = (ratio - 1) * smaller
            if abs(bound) > 2 { return bound }
            let gradient = scaled / radii
            let steepness = (gradient * gradient).sum().squareRoot()
            // To first order, the distance is the excess over its slope (Taubin 1991).
            return steepness > 0 ? min(max(ratio * (ratio - 1) / steepness, -1.5), 1.5) : bound
        }
    }

    /// Fills a circle.
    package mutating func fillCircle(center: SIMD2<Float>, radius: Float, color: Color, opacity: Float = 1) {
        fillCapsule(from: center, to: center, radii: SIMD2(repeating: radius), color: color, opacity: opacity)
    }

    /// Fills a polygon, closed by itself; where it crosses itself, points enclosed an odd number of times are inside.
    package mutating func fillPolygon(_ points: [SIMD2<Float>], color: Color, opacity: Float = 1) {
        guard let first = points.first, points.count > 2, points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
            return
        }
        let low = points.reduce(first) { pointwiseMin($0, $1) }
        let high = points.reduce(first) { pointwiseMax($0, $1) }
        points.withUnsafeBufferPointer { points in
            fill(from: low, to: high, color: color, opacity: opacity) { point in
                var nearest = Float.infinity
                var isInside = false
                var previous = points[points.count - 1]
                for current in points {
                    let edge = current - previous
                    let offset = point - previous
                    let along = (offset * edge).sum() / max((edge * edge).sum(), 1e-12)
                    let gap = offset - edge * min(max(along, 0), 1)
                    nearest = min(nearest, (gap * gap).sum())
                    if (previous.y > point.y) != (current.y > point.y),
                        offset.x < edge.x * offset.y / edge.y
                    {
                        isInside.toggle()
                    }
                    previous = current
                }
                let distance = nearest.squareRoot()
                return isInside ? -distance : distance
            }
        }
    }

    /// Fills a rectangle, with round corners if wished.
    package mutating func fillRectangle(
        from low: SIMD2<Float>, to high: SIMD2<Float>, cornerRadius: Float = 0, color: Color, opacity: Float = 1
    ) {
        let half = (high - low) / 2
        guard half.min() > 0 else { return }
        let middle = (low + high) / 2
        let radius = min(max(cornerRadius, 0), half.min())
        fill(from: low, to: high, color: color, opacity: opacity) { point in
            let offset = point - middle
            let beyond = SIMD2(abs(offset.x), abs(offset.y)) - half + radius
            let outside = pointwiseMax(beyond, .zero)
            return (outside * outside).sum().squareRoot() + min(beyond.max(), 0) - radius
        }
    }
}
