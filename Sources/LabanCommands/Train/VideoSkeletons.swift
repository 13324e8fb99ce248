import ArgumentParser
import Dispatch
import Events
import Files
import Foundation
import Inference
import LabanServer
import ModelStore
import Pipeline
import Recordings
import Skeleton
import Synchronization

/// Skeletons of the videos in a folder of recordings: each video goes through the pose networks once, and what was seen
/// is kept in a folder of its own, `.skeletons` among the recordings, until the video changes. Where nothing can be
/// written there, it is kept in the user's cache folder.
struct VideoSkeletons {
    /// What became of one video.
    private enum Outcome: Sendable {
        case skeletons(file: String, main: MainPerson, frames: Int)
        /// Why it cannot be used.
        case leftOut(String)
    }

    private struct Work {
        var next = 0
        var outcomes: [String: Outcome] = [:]
        var failure: (any Error)?
        var bar: ProgressBar
    }

    private let folder: URL
    /// Where skeletons may lie already; those that are made go to the last one.
    private let caches: [URL]
    private let weights: String
    private let stop = StopSignal()

    /// Somebody must be seen in at least so many frames.
    private static let fewestFrames = 5
    /// Another number makes skeletons anew that were made by other rules.
    private static let edition = 2

    /// - Parameter folder: the recordings that the videos are among.
    init(folder: String) throws {
        self.folder = URL(filePath: folder, directoryHint: .isDirectory)
        let beside = self.folder.appending(path: ".skeletons", directoryHint: .isDirectory)
        caches = Self.canWrite(beside) ? [beside] : [beside, Self.userCache(for: self.folder)]
        weights = try ModelFolder.requirePoseWeights()
    }

    private var cache: URL { caches[caches.count - 1] }

    private static func canWrite(_ folder: URL) -> Bool {
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        return FileManager.default.isWritableFile(atPath: folder.path + "/.")
    }

    /// A folder of the user's own for the videos of one folder of recordings.
    private static func userCache(for recordings: URL) -> URL {
        func stated(_ name: String) -> URL? {
            ProcessInfo.processInfo.environment[name].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
        }
        let home = stated("HOME") ?? FileManager.default.homeDirectoryForCurrentUser
        let place = stated("XDG_CACHE_HOME") ?? home.appending(path: ".cache")
        let name = ContentHash(Array(recordings.standardizedFileURL.resolvingSymlinksInPath().path.utf8))
        return place.appending(path: "laban/skeletons/\(name)", directoryHint: .isDirectory)
    }

    /// For each video that can be used the file with its skeletons; several videos at once.
    func make(of videos: [String]) throws -> [String: String] {
        let start = ContinuousClock.now
        let work = Mutex(Work(bar: ProgressBar("Watching videos", total: videos.count, unit: "videos")))
        let workers = min(videos.count, ProcessInfo.processInfo.activeProcessorCount)
        let kept = videos.count { FileManager.default.fileExists(atPath: place(of: $0).path) }
        if kept < videos.count, caches.count > 1 {
            Terminal.standardError.write(
                "Note: nothing can be written to \(caches[0].path); skeletons are kept in \(cache.path)\n")
        }
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while let video = work.withLock({ work in take(&work, of: videos) }) {
                do {
                    let outcome = try outcome(of: video) { frames in
                        work.withLock { work in
                            work.bar.update(count: work.outcomes.count, note: "\(name(of: video)), \(frames) frames")
                        }
                    }
                    work.withLock { $0.outcomes[video] = outcome }
                } catch {
                    work.withLock { $0.failure = $0.failure ?? error }
                }
            }
        }
        let (outcomes, failure) = work.withLock { work in
            work.bar.finish()
            return (work.outcomes, work.failure)
        }
        if let failure { throw failure }
        if stop.isRequested {
            Terminal.standardError.write("Stopped; the videos watched so far are kept\n")
            throw ExitCode(1)
        }
        if kept < videos.count {
            let seconds = (ContinuousClock.now - start).inSeconds
            Terminal.standardError.write(
                String(
                    format: "Watched %d videos in %.0f s; their skeletons are kept in %@\n", videos.count - kept,
                    seconds,
                    cache.path))
        }
        return report(outcomes)
    }

    private func take(_ work: inout Work, of videos: [String]) -> String? {
        guard work.next < videos.count, work.failure == nil, !stop.isRequested else { return nil }
        work.next += 1
        return videos[work.next - 1]
    }

    /// Says what is worth knowing, and gives what can be used.
    private func report(_ outcomes: [String: Outcome]) -> [String: String] {
        var files: [String: String] = [:]
        var leftOut: [String] = []
        for (video, outcome) in outcomes.sorted(by: { $0.key < $1.key }) {
            switch outcome {
            case .leftOut(let reason): leftOut.append("\(name(of: video)): \(reason)")
            case .skeletons(let file, let main, let frames):
                files[video] = file
                guard main.people > 1 else { continue }
                Terminal.standardError.write(
                    "\(name(of: video)): \(main.people) people; taken is #\(main.track), seen in \(main.frames) of "
                        + "\(frames) frames\n")
            }
        }
        UsableRecordings.leaveOut(leftOut)
        return files
    }

    private func outcome(of video: String, progress: (Int) -> Void) throws -> Outcome {
        let place = place(of: video)
        if !FileManager.default.fileExists(atPath: place.path) {
            do { try watch(video, to: place, progress: progress) } catch let error as OutputError { throw error } catch
            {
                return .leftOut("\(error)")
            }
            // Half a video is none; whoever asked to stop is heard elsewhere.
            guard FileManager.default.fileExists(atPath: place.path) else { return .leftOut("stopped") }
        }
        let frames = try SkeletonFileReader.frames(of: place.path)
        guard let main = MainPerson(in: frames) else { return .leftOut("nobody was found in it") }
        guard main.frames >= Self.fewestFrames else {
            return .leftOut("expected somebody in at least \(Self.fewestFrames) frames, found \(main.frames)")
        }
        return .skeletons(file: place.path, main: main, frames: frames.count)
    }

    /// Everybody in a video, followed, into a skeleton file.
    private func watch(_ video: String, to place: URL, progress: (Int) -> Void) throws {
        let partial = PartialFile(for: place.path)
        do {
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
            throw OutputError(
                file: cache.path, message: "cannot be made, where skeletons of videos are kept", isUsage: true)
        }
        defer { partial.remove() }
        let reader = try SourceReader(.video(video))
        var recorder = SkeletonRecorder(try OutputFile(path: partial.growingPath))
        var session = try CameraSession(
            camera: name(of: video), reader: reader, parts: PipelineParts(poseModelFolder: weights),
            bus: EventBus(sinks: []))
        var frames = 0
        _ = try session.run(shouldStop: { stop.isRequested }) { step, _ in
            recorder.append(step.skeletons)
            if let failure = recorder.failure { throw failure }
            frames += 1
            progress(frames)
        }
        try recorder.finish()
        guard !stop.isRequested else { return }
        forgetOlder(than: place, of: video)
        do { try partial.finish() } catch { throw OutputError(file: error.file, message: error.message) }
    }

    /// Where a video's skeletons are kept; the name changes with the video.
    private func place(of video: String) -> URL {
        let file = URL(filePath: video).resolvingSymlinksInPath().path
        let found = try? FileManager.default.attributesOfItem(atPath: file)
        let changed = (found?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        let state = "\(Self.edition) \(found?[.size] ?? 0) \(changed)"
        let name = "\(name(of: video)).\(ContentHash(Array(state.utf8))).jsonl"
        let places = caches.map { $0.appending(path: name) }
        return places.first { FileManager.default.fileExists(atPath: $0.path) } ?? cache.appending(path: name)
    }

    private func forgetOlder(than place: URL, of video: String) {
        let folder = place.deletingLastPathComponent()
        let start = URL(filePath: video).lastPathComponent + "."
        for file in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        where file.hasPrefix(start) && file.hasSuffix(".jsonl") && file.count == start.count + 22 {
            try? FileManager.default.removeItem(at: folder.appending(path: file))
        }
    }

    /// A video's path below the folder of recordings.
    private func name(of video: String) -> String {
        let start = folder.path.hasSuffix("/") ? folder.path : folder.path + "/"
        return video.hasPrefix(start) ? String(video.dropFirst(start.count)) : URL(filePath: video).lastPathComponent
    }
}
