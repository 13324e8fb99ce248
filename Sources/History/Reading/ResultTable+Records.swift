import Events

extension ResultTable {
    /// Segments, with columns that only some kinds have where they apply.
    ///
    /// - Parameter showsIDs: whether the table for people has ids too.
    package init(_ records: [SegmentRecord], showsIDs: Bool = false) {
        let hasOther = records.contains { $0.otherTrack != nil }
        let hasSeveralModels = Set(records.compactMap(\.model)).count > 1
        var columns: [(key: String, heading: String?)] = [
            ("start_us", "start"), ("end_us", nil), ("duration_us", "duration"), ("camera", "camera"),
            ("track", "track"), ("label", "label"), ("confidence", "confidence"), ("open", nil), ("reason", "reason"),
            ("start_pts_us", nil), ("end_pts_us", nil), ("model", hasSeveralModels ? "model" : nil),
            ("id", showsIDs ? "id" : nil), ("run", nil),
        ]
        let hasSets = records.contains { $0.kind == .set }
        if hasSets {
            columns.insert(("held_us", "held"), at: 6)
            columns.insert(("count", "repetitions"), at: 6)
        }
        let hasActions = records.contains { $0.kind == .action }
        if hasActions {
            columns += [
                ("threshold", nil), ("peak", nil), ("told", "told as"), ("note", "note"), ("corrected_by", nil),
                ("corrected_us", nil),
            ]
        }
        if hasOther {
            columns.insert(("mutual", "both"), at: 5)
            columns.insert(("other_track", "with"), at: 5)
        }
        self.init(
            columns: columns,
            rows: records.map { record in
                var row: [Cell] = [
                    .time(record.start), .time(record.end), .duration(record.duration), .text(record.camera),
                    .integer(record.track), .text(record.label), Cell(record.confidence), .flag(record.isOpen),
                    record.isOpen ? .text("open") : Cell(record.reason), Cell(record.startPresentation),
                    Cell(record.endPresentation), Cell(record.model), .text(record.eventID), .text(record.run),
                ]
                if hasSets {
                    let held = record.held == nil && record.isHeld ? .unknown : Cell(record.held)
                    row.insert(contentsOf: [Cell(record.count), held], at: 6)
                }
                if hasActions {
                    let correction = record.correction
                    row += [
                        Cell(record.threshold), Cell(record.peak), Cell(correction?.told), Cell(correction?.note),
                        Cell(correction?.author), correction.map { .time($0.time) } ?? .none,
                    ]
                }
                if hasOther { row.insert(contentsOf: [Cell(record.otherTrack), Cell(record.isMutual)], at: 5) }
                return row
            })
    }

    /// - Parameter showsIDs: whether the table for people has ids too.
    package init(_ records: [RepetitionRecord], showsIDs: Bool = false) {
        self.init(
            columns: [
                ("start_us", "start"), ("end_us", nil), ("duration_us", "duration"), ("camera", "camera"),
                ("track", "track"), ("label", "exercise"), ("index", "number"), ("rom_deg", "range (deg)"),
                ("down_us", "down"), ("up_us", "up"), ("confidence", nil),
                ("start_pts_us", nil), ("end_pts_us", nil), ("turn_pts_us", nil), ("id", showsIDs ? "id" : nil),
                ("run", nil),
                ("partial", "partial"), ("set", "set"), ("by", nil), ("faults", "faults"),
            ],
            rows: records.map { record in
                [
                    .time(record.start), .time(record.end), .duration(record.duration), .text(record.camera),
                    .integer(record.track), .text(record.exercise), .integer(record.index),
                    Cell(record.rangeOfMotion), Cell(record.down), Cell(record.up),
                    Cell(record.confidence), Cell(record.startPresentation), Cell(record.endPresentation),
                    Cell(record.turningPoint), .text(record.eventID), .text(record.run),
                    record.isPartial ? .flag(true) : .none, Cell(record.set), Cell(record.basis),
                    Cell(record.faults),
                ]
            })
    }

    package init(_ records: [CameraRecord]) {
        self.init(
            columns: [
                ("time_us", "time"), ("camera", "camera"), ("state", "state"), ("frames", "frames"),
                ("dropped_frames", "dropped"), ("message", "message"), ("reason", nil), ("id", nil), ("run", nil),
            ],
            rows: records.map { record in
                [
                    .time(record.time), .text(record.camera), .text(record.state), Cell(record.frames),
                    Cell(record.droppedFrames), Cell(record.message), Cell(record.reason), .text(record.eventID),
                    .text(record.run),
                ]
            })
    }

    package init(_ records: [StatisticsRecord]) {
        self.init(
            columns: [
                ("day", "day"), ("camera", "camera"), ("kind", "kind"), ("label", "label"), ("count", "count"),
                ("duration_us", "total"),
            ],
            rows: records.map { record in
                [
                    .text(record.day), .text(record.camera), .text(record.kind.rawValue), .text(record.label),
                    .integer(record.count), .duration(record.duration),
                ]
            })
    }

    /// Sums of sets by day and exercise.
    package init(exercise records: [StatisticsRecord]) {
        self.init(
            columns: [
                ("day", "day"), ("camera", "camera"), ("label", "exercise"), ("sets", "sets"),
                ("repetitions", "repetitions"), ("duration_us", "total"),
            ],
            rows: records.map { record in
                [
                    .text(record.day), .text(record.camera), .text(record.label), .integer(record.count),
                    Cell(record.repetitions), .duration(record.duration),
                ]
            })
    }

    package init(_ records: [TimelineRecord]) {
        self.init(
            columns: [
                ("start_us", "start"), ("duration_us", "duration"), ("camera", "camera"), ("kind", "kind"),
                ("track", "track"), ("label", "label"), ("detail", "detail"),
            ],
            rows: records.map { record in
                [
                    .time(record.start), Cell(record.duration), .text(record.camera), .text(record.kind.rawValue),
                    Cell(record.track), .text(record.label), Cell(record.detail),
                ]
            })
    }
}
