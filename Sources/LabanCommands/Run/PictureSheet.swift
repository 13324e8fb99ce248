import Foundation
import Imaging
import MotionRules
import Pipeline
import Rendering
import Skeleton
import Video

/// A sheet of pictures from a source of unknown length: moments in which something happens, spread over its time.
struct PictureSheet {
    /// A frame as small as it is shown, and what is drawn over it.
    private struct Shot {
        let time: Duration
        let picture: PixelBuffer
        let skeletons: SkeletonFrame
        let lines: [TrackID: [LabelLine]]
        let interactions: [Segment]
    }

    private let path: String
    /// The latest shots: of a repetition its turning point is shown, which is known when it is over.
    private var recent: [Shot] = []
    private var moments: [Moment] = []
    private var shots: [(shot: Shot, caption: String)] = []

    private static let most = 12
    /// So many are kept until it is known how long the source is.
    private static let mostKept = 48
    /// From one shot to the next, and from one moment in which nothing happens to the next.
    private static let interval = Duration.milliseconds(100)
    private static let idleInterval = Duration.milliseconds(300)
    /// How far repetitions are looked back for.
    private static let memory = Duration.seconds(6)

    init(path: String) { self.path = path }

    mutating func append(
        _ step: PipelineStep, over pixels: @autoclosure () -> PixelBuffer, at time: Duration, labels: LiveLabels
    ) {
        let events = step.findings.compactMap(Self.event)
        guard !events.isEmpty || recent.last.map({ time - $0.time >= Self.interval }) ?? true else { return }
        let shot = Shot(
            time: time, picture: Self.tile(pixels()), skeletons: step.skeletons, lines: labels.lines,
            interactions: labels.shared)
        recent.append(shot)
        recent.removeAll { time - $0.time > Self.memory }
        for event in events {
            let wanted = event.time ?? time
            let nearest = recent.min { ($0.time - wanted).magnitude < ($1.time - wanted).magnitude } ?? shot
            add(nearest, event.caption, weight: event.weight, label: event.label)
        }
        if events.isEmpty, moments.last.map({ shot.time.inSeconds - $0.time >= Self.idleInterval.inSeconds }) ?? true {
            let isEmpty = step.skeletons.people.isEmpty
            add(shot, "", weight: isEmpty ? 0.02 : 0.3, label: isEmpty ? "" : "somebody")
        }
    }

    func write() throws {
        let chosen = Moment.choice(of: moments, count: Self.most)
        guard let first = chosen.first else { return }
        let tile = shots[first].shot.picture
        let isUpright = tile.height > tile.width
        var sheet = ContactSheet(columns: min(isUpright ? 6 : 4, chosen.count), tileWidth: tile.width)
        let overlay = SkeletonOverlay()
        for index in chosen {
            let (shot, caption) = shots[index]
            var picture = shot.picture
            overlay.draw(shot.skeletons, labels: shot.lines, interactions: shot.interactions, on: &picture)
            sheet.append(picture, caption: Self.clock(shot.time) + (caption.isEmpty ? "" : "  " + caption))
        }
        guard let tiles = sheet.rendered() else { return }
        let footer: Float = 30
        var picture = PixelBuffer(
            width: tiles.width, height: tiles.height + Int(footer), color: Color(24, 24, 28))
        picture.paste(tiles, atColumn: 0, row: 0)
        let height = min(18, 18 * Float(tiles.width) / (LabelLine.legendWidth(height: 18) + 18))
        LabelLine.drawLegend(at: SIMD2(8, Float(tiles.height) + 4), height: height, on: &picture)
        try PictureFile.write(picture, to: path)
    }

    private mutating func add(_ shot: Shot, _ caption: String, weight: Double, label: String) {
        // Of one frame there is one picture, which says all that happens in it.
        if let same = shots.firstIndex(where: { $0.shot.time == shot.time }) {
            let captions = [shots[same].caption, caption].filter { !$0.isEmpty }
            shots[same].caption = captions.joined(separator: ", ")
            if weight > moments[same].weight { (moments[same].weight, moments[same].label) = (weight, label) }
            return
        }
        moments.append(Moment(time: shot.time.inSeconds, weight: weight, label: label))
        shots.append((shot, caption))
        guard shots.count > Self.mostKept else { return }
        let kept = Moment.choice(of: moments, count: Self.mostKept)
        (moments, shots) = (kept.map { moments[$0] }, kept.map { shots[$0] })
    }

    /// What a finding makes a moment of: when (nil for now), and what to say of it.
    private static func event(
        _ finding: Finding
    ) -> (time: Duration?, caption: String, weight: Double, label: String)? {
        switch finding {
        case .track(let change):
            change.phase == .begin ? (nil, "#\(change.track) comes", 2, "comes") : nil
        case .action(let change, _):
            change.phase == .begin ? (nil, "#\(change.track) begins \(change.label)", 3, change.label) : nil
        case .gesture(let change):
            change.phase == .begin ? (nil, "#\(change.track) \(change.label)", 3, "gesture " + change.label) : nil
        case .repetition(let repetition):
            (
                repetition.turningPoint, "#\(repetition.track) \(repetition.exercise) \(repetition.index)", 3,
                "repetition " + repetition.exercise
            )
        case .set(let set): (set.end, "#\(set.track) \(set.count) \(set.exercise)", 3, "set " + set.exercise)
        case .interaction(let change):
            change.phase == .begin
                ? (nil, "#\(change.track) #\(change.other ?? change.track) \(change.label)", 4, change.label) : nil
        }
    }

    /// A picture as wide as it is shown on the sheet: narrower where it is upright.
    private static func tile(_ pixels: PixelBuffer) -> PixelBuffer {
        let width = pixels.height > pixels.width ? 320 : 480
        let height = min(max(1, pixels.height * width / pixels.width), width * 8)
        return pixels.resized(toWidth: width, height: height)
    }

    /// `1:07.3`.
    private static func clock(_ time: Duration) -> String {
        let tenths = time.inMicroseconds / 100_000
        return "\(tenths / 600):" + String(format: "%02lld.%lld", tenths / 10 % 60, tenths % 10)
    }
}

extension Duration {
    fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}
