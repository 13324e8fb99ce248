package import Events
import Foundation
import GRDB
import Skeleton

extension HistoryReader {
    /// Clips that overlap the filter's time, oldest first, and those of which nobody can read when they were; label and limit
    /// of the filter do not matter.
    ///
    /// - Parameter run: only those of this run.
    package func clips(_ filter: HistoryFilter = .init(), run: String? = nil) throws(HistoryError) -> [ClipRecord] {
        guard try hasClipTable() else { return [] }
        var filter = filter
        filter.label = nil
        filter.limit = nil
        let records = try query(ClipRecord.columns, from: "clip", filter) { all in
            var conditions = all
            if let since = filter.since?.microseconds {
                // A clip lasts a few seconds, so that it is found by its beginning.
                let longest = ClipRecord.longest
                conditions.add("start_us >= ?", since < .min + longest ? .min : since - longest)
                conditions.add("(end_us >= ? OR end_us < start_us)", since)
            }
            guard let until = filter.until?.microseconds else { return [conditions] }
            conditions.add("start_us < ?", until)
            var unreadable = all
            // What is no number comes after all numbers.
            unreadable.add("start_us >= ''")
            return [conditions, unreadable]
        } record: { row, names in
            ClipRecord(row, names)
        }
        return records.reversed().filter { run == nil || $0.run == run }
    }

    /// The skeletons of a clip; nil where it has been deleted meanwhile.
    ///
    /// - Throws: which byte of it, or what in its row, is not as expected.
    package func motion(of clip: ClipRecord) throws(HistoryError) -> ClipMotion? {
        let bytes = try read { db -> [UInt8]? in
            let statement = try db.cachedStatement(sql: "SELECT bytes FROM clip WHERE id = ?")
            statement.setUncheckedArguments([clip.id])
            let row = StatementRow(statement)
            let rows = try Row.fetchCursor(statement)
            return try rows.next() == nil ? nil : row.bytes(0)
        }
        guard let bytes else { return nil }
        func damaged(_ message: String) -> HistoryError {
            HistoryError(.damaged, path: path, message: "clip \(clip.id): \(message)")
        }
        if let fault = clip.fault { throw damaged(fault) }
        let motion: ClipMotion
        do throws(ClipFault) { motion = try ClipMotion(wire: bytes) } catch { throw damaged(error.message) }
        let (found, length) = (motion.samples.last?.offset ?? .zero, clip.duration)
        guard found == length else {
            throw damaged(
                "end_us: expected \(found.inMicroseconds) microseconds after start_us, as its skeletons say, found "
                    + "\(length.inMicroseconds)")
        }
        return motion
    }

    /// The skeletons of a clip; nil where it has been deleted meanwhile, or is damaged, which is noted.
    func motion(of clip: ClipRecord, leavingOut damaged: inout DamagedClips) throws(HistoryError) -> ClipMotion? {
        do throws(HistoryError) { return try motion(of: clip) } catch {
            guard error.code == .damaged else { throw error }
            damaged.insert(clip, error)
            return nil
        }
    }

    /// How many skeletons are kept of an event itself, and clips that cannot be counted.
    package func skeletons(of event: StoredEvent) throws(HistoryError) -> (count: Int, damaged: DamagedClips) {
        let filter = HistoryFilter(since: event.start, until: event.end.adding(.microseconds(1)))
        var (count, damaged) = (0, DamagedClips())
        for clip in try clips(filter, of: event) {
            guard let motion = try motion(of: clip, leavingOut: &damaged) else { continue }
            count += motion.samples.count { event.start...event.end ~= clip.start.adding($0.offset) }
        }
        return (count, damaged)
    }

    /// Clips of those who take part in an event that overlap the filter's time, oldest first.
    package func clips(_ filter: HistoryFilter, of event: StoredEvent) throws(HistoryError) -> [ClipRecord] {
        try clips(filter, run: event.run).filter {
            $0.camera == event.camera && event.tracks.contains($0.track.value)
        }
    }

    /// The cameras of clips, in alphabetical order.
    package func clipCameras() throws(HistoryError) -> [String] {
        guard try hasClipTable() else { return [] }
        return try read { db in
            try String.fetchAll(
                db, sql: "SELECT text FROM name WHERE id IN (SELECT camera FROM clip) ORDER BY text")
        }
    }

    /// What is kept of skeletons at all; nil where there are none.
    package func clipSpan() throws(HistoryError) -> (start: UnixTime, end: UnixTime, count: Int)? {
        guard try hasClipTable() else { return nil }
        return try read { db in
            guard
                let row = try Row.fetchOne(
                    db,
                    sql: """
                        SELECT CAST(min(start_us) AS INTEGER), CAST(max(start_us) AS INTEGER), count(*) FROM clip
                        WHERE start_us BETWEEN ? AND ?
                        """, arguments: [ClipRecord.times.lowerBound, ClipRecord.times.upperBound]),
                let start = row[0] as Int64?, let end = row[1] as Int64?
            else { return nil }
            return (UnixTime(microseconds: start), UnixTime(microseconds: end), row[2])
        }
    }

    /// A history that no writer of this version has opened has none.
    func hasClipTable() throws(HistoryError) -> Bool { try read { try $0.tableExists("clip") } }
}
