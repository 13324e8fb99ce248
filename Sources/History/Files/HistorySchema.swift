import Foundation
import GRDB
import Skeleton

/// Makes and checks the tables; the `Schema` article describes them.
enum HistorySchema {
    /// Marks the file as a Laban history in SQLite's header: "Labn".
    static let applicationID: Int32 = 0x4C61_626E

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 segments, repetitions, cameras") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(
                sql: """
                    CREATE TABLE name(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
                    CREATE TABLE segment(
                        id INTEGER PRIMARY KEY, event_id TEXT NOT NULL, kind INTEGER NOT NULL, run INTEGER NOT NULL,
                        camera INTEGER NOT NULL, label INTEGER NOT NULL, track INTEGER NOT NULL, confidence REAL,
                        start_us INTEGER NOT NULL, end_us INTEGER NOT NULL, start_pts_us INTEGER, end_pts_us INTEGER,
                        open INTEGER NOT NULL, reason TEXT, model INTEGER, other_track INTEGER, count INTEGER);
                    CREATE INDEX segment_by_camera_and_label ON segment(kind, camera, label, start_us);
                    CREATE INDEX segment_by_start ON segment(kind, start_us);
                    CREATE INDEX segment_open ON segment(id) WHERE open = 1;
                    CREATE TABLE repetition(
                        id INTEGER PRIMARY KEY, event_id TEXT NOT NULL, run INTEGER NOT NULL, camera INTEGER NOT NULL,
                        label INTEGER NOT NULL, track INTEGER NOT NULL, "index" INTEGER NOT NULL, confidence REAL,
                        start_us INTEGER NOT NULL, end_us INTEGER NOT NULL, start_pts_us INTEGER, end_pts_us INTEGER,
                        turn_pts_us INTEGER, rom_deg REAL, down_us INTEGER, up_us INTEGER, faults TEXT);
                    CREATE INDEX repetition_by_camera_and_label ON repetition(camera, label, start_us);
                    CREATE INDEX repetition_by_start ON repetition(start_us);
                    CREATE TABLE camera_state(
                        id INTEGER PRIMARY KEY, event_id TEXT NOT NULL, run INTEGER NOT NULL, camera INTEGER NOT NULL,
                        time_us INTEGER NOT NULL, state TEXT NOT NULL, message TEXT, frames INTEGER,
                        dropped_frames INTEGER, reason TEXT);
                    CREATE INDEX camera_state_by_time ON camera_state(time_us);
                    """)
            try db.execute(sql: views)
        }
        migrator.registerMigration("2 who with whom") { db in
            try db.execute(
                sql: """
                    ALTER TABLE segment ADD COLUMN mutual INTEGER;
                    DROP VIEW IF EXISTS interactions;
                    CREATE VIEW interactions AS SELECT strftime('%Y-%m-%dT%H:%M:%fZ', start_us / 1e6, 'unixepoch') AS start,
                        round((end_us - start_us) / 1e6, 3) AS duration_s, c.text AS camera, track, l.text AS label,
                        other_track, mutual, round(confidence, 4) AS confidence, reason, event_id FROM segment s
                        JOIN name c ON c.id = s.camera JOIN name l ON l.id = s.label
                        WHERE kind = \(SegmentKind.interaction.rawValue);
                    """)
        }
        migrator.registerMigration("3 views of what is made") { db in
            // Columns and rows stay, should an older Laban have filled them.
            try db.execute(sql: "DROP VIEW IF EXISTS sets; DROP VIEW IF EXISTS reps;" + repetitionView)
        }
        migrator.registerMigration("4 holes") { db in
            try db.execute(
                sql: """
                    CREATE VIEW holes AS SELECT strftime('%Y-%m-%dT%H:%M:%fZ', start_us / 1e6, 'unixepoch') AS start,
                        strftime('%Y-%m-%dT%H:%M:%fZ', end_us / 1e6, 'unixepoch') AS end, count AS missing, l.text AS why,
                        event_id FROM segment s JOIN name l ON l.id = s.label WHERE kind = \(HistoryReader.holeKind);
                    """)
        }
        migrator.registerMigration("5 presence, labels and people found by indices") { db in
            // SQLite sees that an index of some rows fits where a question repeats its condition word for word.
            let isLong = "end_us - start_us > \(SQLConditions.longStretch)"
            try db.execute(
                sql: """
                    CREATE INDEX segment_by_camera ON segment(kind, camera, start_us);
                    CREATE INDEX segment_by_label ON segment(kind, label, start_us);
                    CREATE INDEX segment_by_track ON segment(kind, track, start_us);
                    CREATE INDEX segment_long ON segment(kind, end_us, start_us) WHERE \(isLong);
                    CREATE INDEX repetition_by_camera ON repetition(camera, start_us);
                    CREATE INDEX repetition_by_label ON repetition(label, start_us);
                    CREATE INDEX repetition_by_track ON repetition(track, start_us);
                    CREATE INDEX repetition_long ON repetition(end_us, start_us) WHERE \(isLong);
                    CREATE INDEX camera_state_by_camera ON camera_state(camera, time_us);
                    """)
        }
        migrator.registerMigration("6 what people say of actions") { db in
            try db.execute(
                sql: """
                    ALTER TABLE segment ADD COLUMN threshold REAL;
                    ALTER TABLE segment ADD COLUMN peak REAL;
                    CREATE TABLE correction(
                        segment INTEGER PRIMARY KEY REFERENCES segment(id) ON DELETE CASCADE, label INTEGER NOT NULL,
                        time_us INTEGER NOT NULL, author TEXT, note TEXT);
                    DROP VIEW IF EXISTS actions;
                    CREATE VIEW actions AS SELECT strftime('%Y-%m-%dT%H:%M:%fZ', start_us / 1e6, 'unixepoch') AS start,
                        round((end_us - start_us) / 1e6, 3) AS duration_s, c.text AS camera, track,
                        coalesce(h.text, l.text) AS label, round(confidence, 4) AS confidence, reason,
                        CASE WHEN h.text IS NULL THEN NULL ELSE l.text END AS told, note, event_id FROM segment s
                        JOIN name c ON c.id = s.camera JOIN name l ON l.id = s.label
                        LEFT JOIN correction k ON k.segment = s.id LEFT JOIN name h ON h.id = k.label
                        WHERE kind = \(SegmentKind.action.rawValue);
                    """)
        }
        migrator.registerMigration("7 sets and partial repetitions") { db in
            try db.execute(
                sql: """
                    ALTER TABLE repetition ADD COLUMN partial INTEGER;
                    ALTER TABLE repetition ADD COLUMN set_number INTEGER;
                    ALTER TABLE repetition ADD COLUMN basis TEXT;
                    DROP VIEW IF EXISTS reps;
                    CREATE VIEW reps AS SELECT strftime('%Y-%m-%dT%H:%M:%fZ', start_us / 1e6, 'unixepoch') AS start,
                        round((end_us - start_us) / 1e6, 3) AS duration_s, c.text AS camera, track, l.text AS label,
                        "index", rom_deg, down_us / 1e6 AS down_s, up_us / 1e6 AS up_s, partial, set_number, basis,
                        event_id FROM repetition r
                        JOIN name c ON c.id = r.camera JOIN name l ON l.id = r.label;
                    CREATE VIEW sets AS SELECT strftime('%Y-%m-%dT%H:%M:%fZ', start_us / 1e6, 'unixepoch') AS start,
                        round((end_us - start_us) / 1e6, 3) AS duration_s, c.text AS camera, track, l.text AS label,
                        count, round(confidence, 4) AS confidence, event_id FROM segment s
                        JOIN name c ON c.id = s.camera JOIN name l ON l.id = s.label
                        WHERE kind = \(SegmentKind.set.rawValue);
                    """)
        }
        migrator.registerMigration("8 clips of skeletons") { db in
            // What tells how many there are, and how old, is an index: the bytes of the clips are not looked at for it.
            try db.execute(
                sql: """
                    CREATE TABLE clip(
                        id INTEGER PRIMARY KEY, run INTEGER NOT NULL, camera INTEGER NOT NULL, track INTEGER NOT NULL,
                        start_us INTEGER NOT NULL, end_us INTEGER NOT NULL, start_pts_us INTEGER NOT NULL,
                        topology INTEGER NOT NULL, written_us INTEGER NOT NULL, size INTEGER NOT NULL, bytes BLOB NOT NULL);
                    CREATE INDEX clip_by_start ON clip(start_us);
                    CREATE INDEX clip_by_age ON clip(written_us, size);
                    CREATE VIEW clips AS SELECT strftime('%Y-%m-%dT%H:%M:%fZ', start_us / 1e6, 'unixepoch') AS start,
                        round((end_us - start_us) / 1e6, 3) AS duration_s, c.text AS camera, track, t.text AS topology,
                        size, strftime('%Y-%m-%dT%H:%M:%fZ', written_us / 1e6, 'unixepoch') AS written FROM clip k
                        JOIN name c ON c.id = k.camera JOIN name t ON t.id = k.topology;
                    """)
        }
        migrator.registerMigration("9 what was held, and why clips are gone") { db in
            try db.execute(
                sql: """
                    ALTER TABLE segment ADD COLUMN held_us INTEGER;
                    DROP VIEW IF EXISTS sets;
                    CREATE VIEW sets AS SELECT strftime('%Y-%m-%dT%H:%M:%fZ', start_us / 1e6, 'unixepoch') AS start,
                        round((end_us - start_us) / 1e6, 3) AS duration_s, c.text AS camera, track, l.text AS label,
                        count, held_us / 1e6 AS held_s, round(confidence, 4) AS confidence, event_id FROM segment s
                        JOIN name c ON c.id = s.camera JOIN name l ON l.id = s.label
                        WHERE kind = \(SegmentKind.set.rawValue);
                    CREATE TABLE deleted_clips(
                        run INTEGER NOT NULL, camera INTEGER NOT NULL, limit_exceeded TEXT NOT NULL,
                        start_us INTEGER NOT NULL, end_us INTEGER NOT NULL, count INTEGER NOT NULL,
                        PRIMARY KEY(run, camera, limit_exceeded)) WITHOUT ROWID;
                    """)
        }
        return migrator
    }

    /// Columns that came later, as a question names them: a history that no writer of this version has opened yet has none
    /// for them.
    static func columns(_ names: [String], of table: String, in db: Database) throws -> String {
        let known = Set(try db.columns(in: table).map(\.name))
        return names.map { known.contains($0) ? $0 : "NULL" }.joined(separator: ", ")
    }

    /// Whether anybody has said anything of an action.
    static func hasCorrections(in db: Database) throws -> Bool {
        guard try db.tableExists("correction") else { return false }
        return try Bool.fetchOne(db, sql: "SELECT EXISTS(SELECT 1 FROM correction)") == true
    }

    /// The tables with names and times for people, for the `sqlite3` shell.
    private static let views: String =
        SegmentKind.allCases.filter { $0 != .set }.map { kind in
            """
            CREATE VIEW \(kind.viewName) AS SELECT strftime('%Y-%m-%dT%H:%M:%fZ', start_us / 1e6, 'unixepoch') AS start,
                round((end_us - start_us) / 1e6, 3) AS duration_s, c.text AS camera, track, l.text AS label,
                round(confidence, 4) AS confidence, reason, event_id FROM segment s
                JOIN name c ON c.id = s.camera JOIN name l ON l.id = s.label WHERE kind = \(kind.rawValue);

            """
        }.joined() + repetitionView

    /// The same of the `repetition` table.
    private static let repetitionView = """
        CREATE VIEW reps AS SELECT strftime('%Y-%m-%dT%H:%M:%fZ', start_us / 1e6, 'unixepoch') AS start,
            round((end_us - start_us) / 1e6, 3) AS duration_s, c.text AS camera, track, l.text AS label, "index",
            rom_deg, down_us / 1e6 AS down_s, up_us / 1e6 AS up_s, event_id FROM repetition r
            JOIN name c ON c.id = r.camera JOIN name l ON l.id = r.label;
        """

    /// Refuses anything but an empty file or a history this version understands, without changing it.
    static func check(
        _ path: String, mustExist: Bool, busyTimeout: Duration = .seconds(10)
    ) throws(HistoryError) {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isFolder.boolValue {
            throw HistoryError(.notAHistory, path: path, message: "expected a file, found a folder")
        }
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        guard exists, size > 0 else {
            if !mustExist { return }
            guard !exists else {
                throw HistoryError(
                    .notAHistory, path: path,
                    message: "expected a history, found an empty file; `laban run --history` fills it")
            }
            throw HistoryError(
                .notFound, path: path, message: "expected a history, found no file; `laban run --history` makes one")
        }
        try explaining(path) {
            let queue = try DatabaseQueue(
                path: path, configuration: configuration(readonly: true, busyTimeout: busyTimeout))
            defer { try? queue.close() }
            try queue.read { db in
                let found = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
                let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
                guard found == applicationID || (tables == 0 && !mustExist) else {
                    throw HistoryError(
                        .notAHistory, path: path,
                        message: "expected a Laban history, found another program's SQLite database; "
                            + "it was left as it is")
                }
                guard try !migrator.hasBeenSuperseded(db) else {
                    throw HistoryError(.tooNew, path: path, message: "a newer Laban made this history; update Laban")
                }
            }
        }
    }

    static func configuration(readonly: Bool, busyTimeout: Duration = .seconds(10)) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.busyMode = .timeout(busyTimeout.inSeconds)
        configuration.label = "laban.history"
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            if !readonly { try db.execute(sql: "PRAGMA synchronous = NORMAL") }
            // At most 32 MB for who asks, so that a large history's newest rows stay at hand; who writes needs the last page
            // of each index.
            try db.execute(sql: "PRAGMA cache_size = \(readonly ? -32_000 : -8_000)")
        }
        return configuration
    }
}
