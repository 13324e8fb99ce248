import Foundation
package import Imaging
package import Skeleton

/// Draws people's skeletons and hands, what is said of them and a line about the frame over a picture.
///
/// Any topology will do. Line widths follow each person's size, so that far people are not buried in paint, and
/// doubtful joints fade.
package struct SkeletonOverlay: Sendable {
    package var palette = SkeletonPalette()
    /// Keypoints of lower confidence are left out.
    package var leastConfidence: Float = 0.1

    package init() {}

    /// Draws everyone in `frame`.
    ///
    /// - Parameters:
    ///   - labels: lines near each person's head, beside the track's number, which stands alone for people without any.
    ///   - interactions: lines between two people, with a dot at whom it is done to, or at both.
    ///   - banner: a line along the bottom edge, such as `banner(for:)` gives, with a legend of the labels; nil for none.
    package func draw(
        _ frame: SkeletonFrame, labels: [TrackID: [LabelLine]] = [:], interactions: [Segment] = [],
        banner: String? = nil,
        on picture: inout PixelBuffer
    ) {
        var plan: (topology: SkeletonTopology, bones: BonePlan)?
        var bodies: [Body] = []
        for person in frame.people {
            guard let body = Body(person, on: picture, leastConfidence: leastConfidence) else { continue }
            if plan?.topology != person.pose.topology {
                plan = (person.pose.topology, BonePlan(for: person.pose.topology))
            }
            if !body.points.isEmpty { draw(body, plan!.bones, on: &picture) }
            for hand in body.hands { hand.draw(on: &picture, palette.color(of: hand.side, track: body.track)) }
            bodies.append(body)
        }
        // Labels last: no limb of another person may cover one.
        var taken = interactions.compactMap { draw($0, between: bodies, on: &picture) }
        if let banner { taken.append(draw(banner: banner, on: &picture)) }
        let shown = bodies.filter { $0.isInPicture(picture) }
        for body in shown {
            let label = LabelBox(
                "#\(body.track)", labels[body.track] ?? [], of: body, on: picture, heads: shown.map(\.head),
                bodies: shown.map(\.box), taken: taken)
            label.draw(on: &picture, accent: palette.color(of: body.track))
            taken.append(label.box)
        }
    }

    /// The time, the camera and how many people there are: `00:12.345  gym  3 people`.
    package static func banner(for frame: SkeletonFrame) -> String {
        let milliseconds = frame.presentationTime.inMicroseconds / 1000
        let time = String(
            format: "%02lld:%02lld.%03lld", milliseconds / 60_000, milliseconds / 1000 % 60, milliseconds % 1000)
        let count = frame.people.count
        return "\(time)  \(frame.camera)  \(count) \(count == 1 ? "person" : "people")"
    }

    /// Height of a line of text on a picture of this size, in pixels: of portraits by their width.
    static func textHeight(on size: SIMD2<Float>) -> Float { min(max(min(size.y, size.x) / 28, 13), 40) }

    private func draw(_ body: Body, _ bones: BonePlan, on picture: inout PixelBuffer) {
        let width = body.lineWidth
        let sides = body.hands.map(\.side)
        let lines = bones.lines.filter { !$0.isFinger || !sides.contains($0.side) }
        let ends = lines.map { (body.point(of: $0.start), body.point(of: $0.end)) }
        // A dark rim first sets bones off from a light background.
        for (line, (start, end)) in zip(lines, ends) {
            guard let start, let end else { continue }
            picture.strokeLine(
                from: start.place, to: end.place, width: width * line.weight + max(1.5, width * 0.5), color: .black,
                opacity: 0.35 * min(start.confidence, end.confidence))
        }
        for (line, (start, end)) in zip(lines, ends) {
            guard let start, let end else { continue }
            picture.strokeLine(
                from: start.place, to: end.place, width: width * line.weight,
                color: palette.color(of: line.side, track: body.track), opacity: min(start.confidence, end.confidence))
        }
        for dot in bones.dots where !dot.isFinger || !sides.contains(dot.side) {
            guard let point = body.points[dot.joint] else { continue }
            let radius = width * 0.85 * dot.weight
            picture.fillCircle(center: point.place, radius: radius, color: .white, opacity: point.confidence)
            picture.fillCircle(
                center: point.place, radius: radius * 0.65, color: palette.color(of: dot.side, track: body.track),
                opacity: point.confidence)
        }
    }

    /// A line with its label at the middle; nothing when one of the two is not in the frame.
    ///
    /// - Returns: where the label stands.
    private func draw(_ interaction: Segment, between bodies: [Body], on picture: inout PixelBuffer) -> Box? {
        guard let from = bodies.first(where: { $0.track == interaction.track }),
            let to = bodies.first(where: { $0.track == interaction.other })
        else { return nil }
        let (start, end) = ((from.low + from.high) / 2, (to.low + to.high) / 2)
        let width = max(2, (from.lineWidth + to.lineWidth) / 2)
        let color = palette.color(of: from.track)
        picture.strokeLine(from: start, to: end, width: width * 1.8, color: .black, opacity: 0.4)
        picture.strokeLine(from: start, to: end, width: width, color: .white, opacity: 0.9)
        for (place, isHead) in [(end, true), (start, interaction.isMutual)] where isHead {
            picture.fillCircle(center: place, radius: width * 2.2, color: .white)
            picture.fillCircle(center: place, radius: width * 1.6, color: color)
        }
        let height = Self.textHeight(on: SIMD2(Float(picture.width), Float(picture.height)))
        let size = SIMD2(PixelBuffer.textWidth(interaction.label, height: height), height)
        let corner = (start + end - size) / 2
        let box = Box(low: corner - height * 0.2, high: corner + size + height * 0.2)
        picture.fillRectangle(from: box.low, to: box.high, cornerRadius: height * 0.2, color: .black, opacity: 0.65)
        picture.drawText(interaction.label, at: corner, height: height, color: .white)
        return box
    }

    /// A line along the bottom, as small as it must be to fit, and the legend at its end or, where there is no room, above it.
    ///
    /// - Returns: what of the picture it takes.
    private func draw(banner: String, on picture: inout PixelBuffer) -> Box {
        let size = SIMD2(Float(picture.width), Float(picture.height))
        let usual = Self.textHeight(on: size)
        let room = size.x - usual * 0.8
        let height = PixelBuffer.textHeight(fitting: banner, into: room, atMost: usual)
        let legendHeight = min(height * 0.85, height * room / LabelLine.legendWidth(height: height))
        let legendWidth = LabelLine.legendWidth(height: legendHeight)
        let isBeside = PixelBuffer.textWidth(banner, height: height) + legendWidth + usual < room
        let top = size.y - height * (isBeside ? 1.3 : 2.5)
        picture.fillRectangle(from: SIMD2(0, top), to: size, color: .black, opacity: 0.6)
        picture.drawText(
            banner, at: SIMD2(usual * 0.4, size.y - height * 1.15), height: height, color: .white)
        LabelLine.drawLegend(
            at: SIMD2(isBeside ? size.x - usual * 0.4 - legendWidth : usual * 0.4, top + height * 0.2),
            height: legendHeight, on: &picture)
        return Box(low: SIMD2(0, top), high: size)
    }
}
