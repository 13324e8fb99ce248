import Imaging

/// Lays a chart out and paints it.
struct ChartPainter {
    private let chart: Chart
    private let width: Int
    private let legendRows: [[Chart.Key]]
    private let noteLines: [String]
    /// Pixels from the left to the right edge of the panels.
    private let left: Float
    private let right: Float

    private static let margin: Float = 16
    private static let textHeight: Float = 18
    private static let titleHeight: Float = 27
    private static let stripHeight: Float = 22
    private static let panelHeight: Float = 118
    private static let ink = Color(40, 44, 52)
    private static let pale = Color(226, 228, 232)
    private static let grey = Color(120, 124, 132)

    init(_ chart: Chart) {
        self.chart = chart
        let labels = chart.panels.flatMap(\.limits).map { PixelBuffer.textWidth($0.label, height: Self.textHeight) }
        let seconds = (chart.times.last ?? 0) - (chart.times.first ?? 0)
        let titles = chart.strips.map { PixelBuffer.textWidth($0.title, height: Self.textHeight) }
        left = Self.margin + max(84, (titles.max() ?? 0) + 10)
        // About thirty pixels a second, but no endless picture for a long recording.
        right = left + Float(min(max(seconds * 30, 880), 3200))
        width = Int(right + min(max(labels.max() ?? 0, 40), 420) + 3 * Self.margin)
        let room = Float(width) - 2 * Self.margin
        legendRows = Self.rows(chart.legend, room: room)
        noteLines = chart.notes.flatMap { Self.wrapped($0, room: room) }
    }

    func painted() -> PixelBuffer {
        let text = Self.textHeight
        let top = Self.margin + Self.titleHeight + 8 + Float(legendRows.count) * (text + 6) + 6
        let strips = Float(chart.strips.count) * (Self.stripHeight + 6)
        let panels = Float(chart.panels.count) * (Self.panelHeight + text + 14)
        let axis = 2 * text + 14
        let notes = Float(noteLines.count) * (text + 3) + (noteLines.isEmpty ? 0 : 8)
        var picture = PixelBuffer(
            width: width, height: Int(top + strips + panels + axis + notes + Self.margin), color: .white)
        write(
            Self.cut(chart.title, to: (Float(width) - 2 * Self.margin) * Self.textHeight / Self.titleHeight),
            at: SIMD2(Self.margin, Self.margin), height: Self.titleHeight, on: &picture)
        paintLegend(from: Self.margin + Self.titleHeight + 8, on: &picture)
        let time = ChartAxis(low: chart.times.first ?? 0, high: chart.times.last ?? 1, from: left, to: right)
        var row = top
        for strip in chart.strips {
            paint(strip, from: row, time, on: &picture)
            row += Self.stripHeight + 6
        }
        for panel in chart.panels {
            write(Self.cut(panel.title, to: Float(width) - left - Self.margin), at: SIMD2(left, row + 6), on: &picture)
            paint(panel, from: row + text + 10, time, on: &picture)
            row += Self.panelHeight + text + 14
        }
        paintTimes(from: row, time, on: &picture)
        row += axis
        for line in noteLines {
            write(line, at: SIMD2(Self.margin, row), on: &picture)
            row += text + 3
        }
        return picture
    }

    private func paintLegend(from top: Float, on picture: inout PixelBuffer) {
        for (index, keys) in legendRows.enumerated() {
            var column = Self.margin
            let row = top + Float(index) * (Self.textHeight + 6)
            let middle = row + Self.textHeight / 2
            for key in keys {
                let color = Chart.color(key.tint)
                let (start, end) = (SIMD2(column, middle), SIMD2(column + 24, middle))
                switch key.look {
                case .line: picture.strokeLine(from: start, to: end, width: 2, color: color)
                case .dots: dots(from: start, to: end, color, on: &picture)
                case .box:
                    picture.fillRectangle(
                        from: start - SIMD2(0, 7), to: end + SIMD2(0, 7), cornerRadius: 3, color: color)
                case .circle: ring(at: SIMD2(column + 12, middle), color, on: &picture)
                }
                write(key.text, at: SIMD2(column + 30, row), on: &picture)
                column += Self.width(of: key)
            }
        }
    }

    private func paint(_ strip: Chart.Strip, from top: Float, _ time: ChartAxis, on picture: inout PixelBuffer) {
        let bottom = top + Self.stripHeight
        picture.fillRectangle(from: SIMD2(left, top), to: SIMD2(right, bottom), color: Color(244, 245, 247))
        write(strip.title, endingAt: SIMD2(left - 8, top + 2), on: &picture)
        for span in strip.spans {
            let start = time.pixel(span.start)
            let end = max(start + 2, time.pixel(span.end))
            picture.fillRectangle(
                from: SIMD2(start, top), to: SIMD2(end, bottom), cornerRadius: 3, color: Chart.color(span.tint),
                opacity: 0.9)
            let width = PixelBuffer.textWidth(span.label, height: Self.textHeight)
            guard width + 4 <= end - start else { continue }
            picture.drawText(
                span.label, at: SIMD2((start + end - width) / 2, top + 2), height: Self.textHeight, color: .white)
        }
    }

    private func paint(_ panel: Chart.Panel, from top: Float, _ time: ChartAxis, on picture: inout PixelBuffer) {
        let bottom = top + Self.panelHeight
        let values = panel.values.filter(\.isFinite) + panel.limits.map(\.value)
        let (least, most) = (Double(values.min() ?? 0), Double(values.max() ?? 1))
        let pad = max((most - least) * 0.08, 1e-3)
        let axis = ChartAxis(low: least - pad, high: most + pad, from: bottom, to: top)
        for span in chart.strips.filter(\.shadesPanels).flatMap(\.spans) {
            picture.fillRectangle(
                from: SIMD2(time.pixel(span.start), top),
                to: SIMD2(max(time.pixel(span.start) + 1, time.pixel(span.end)), bottom), color: Chart.color(span.tint),
                opacity: 0.13)
        }
        let ticks = axis.ticks(gap: 26)
        for tick in ticks {
            let row = axis.pixel(tick)
            picture.strokeLine(from: SIMD2(left, row), to: SIMD2(right, row), width: 1, color: Self.pale)
            write(
                ChartAxis.text(tick, among: ticks), endingAt: SIMD2(left - 8, row - Self.textHeight / 2), on: &picture)
        }
        for tick in time.timeTicks(gap: 90).times {
            let column = time.pixel(tick)
            picture.strokeLine(from: SIMD2(column, top), to: SIMD2(column, bottom), width: 1, color: Self.pale)
        }
        for limit in panel.limits {
            let (start, end) = (
                SIMD2(left, axis.pixel(Double(limit.value))), SIMD2(right, axis.pixel(Double(limit.value)))
            )
            if limit.isFaint {
                dots(from: start, to: end, Chart.color(limit.tint), on: &picture)
            } else {
                picture.strokeLine(from: start, to: end, width: 1.6, color: Chart.color(limit.tint))
            }
        }
        paintLabels(panel.limits, axis, top, on: &picture)
        paintCurve(panel.values, time, axis, on: &picture)
        for point in panel.points {
            let place = SIMD2(time.pixel(point.time), axis.pixel(Double(point.value)))
            ring(at: place, Chart.color(point.tint), on: &picture)
            let width = PixelBuffer.textWidth(point.label, height: 16)
            let corner = SIMD2(
                place.x + 8 + width > right ? place.x - 8 - width : place.x + 8,
                min(max(place.y - 8, top), bottom - 16))
            picture.fillRectangle(
                from: corner - SIMD2(1, 0), to: corner + SIMD2(width + 1, 16), color: .white, opacity: 0.7)
            picture.drawText(point.label, at: corner, height: 16, color: Chart.color(point.tint))
        }
        for (start, end) in [
            (SIMD2(left, top), SIMD2(left, bottom)), (SIMD2(left, bottom), SIMD2(right, bottom)),
        ] {
            picture.strokeLine(from: start, to: end, width: 1.2, color: Self.grey)
        }
    }

    /// Beside their lines, or as near as the others leave room.
    private func paintLabels(_ limits: [Chart.Limit], _ axis: ChartAxis, _ top: Float, on picture: inout PixelBuffer) {
        let labelled = limits.filter { !$0.label.isEmpty }.sorted { $0.value > $1.value }
        let spacing = Self.textHeight - 1
        var rows = labelled.map { axis.pixel(Double($0.value)) - Self.textHeight / 2 }
        for index in rows.indices.dropFirst() { rows[index] = max(rows[index], rows[index - 1] + spacing) }
        if let last = rows.last, last > top + Self.panelHeight - 10 {
            rows[rows.count - 1] = top + Self.panelHeight - 10
            for index in rows.indices.dropLast().reversed() {
                rows[index] = min(rows[index], rows[index + 1] - spacing)
            }
        }
        for (limit, row) in zip(labelled, rows) {
            let color = Chart.color(limit.tint)
            picture.strokeLine(
                from: SIMD2(right, axis.pixel(Double(limit.value))), to: SIMD2(right + 12, row + Self.textHeight / 2),
                width: 1, color: color)
            picture.drawText(limit.label, at: SIMD2(right + 15, row), height: Self.textHeight, color: color)
        }
    }

    /// Broken where the value is unknown; of many moments on one column of pixels, the least and the greatest.
    private func paintCurve(
        _ values: [Float], _ time: ChartAxis, _ axis: ChartAxis, on picture: inout PixelBuffer
    ) {
        let color = Chart.color(Chart.curve)
        var last: (time: Double, place: SIMD2<Float>)?
        var low = Float.infinity
        var high = -Float.infinity
        for (moment, value) in values.enumerated() {
            guard value.isFinite else {
                last = nil
                continue
            }
            let place = SIMD2(time.pixel(chart.times[moment]), axis.pixel(Double(value)))
            guard let before = last, chart.times[moment] - before.time <= 1 else {
                picture.fillCircle(center: place, radius: 0.9, color: color)
                last = (chart.times[moment], place)
                (low, high) = (place.y, place.y)
                continue
            }
            low = min(low, place.y)
            high = max(high, place.y)
            // Moments closer than a pixel are put together.
            let isLast = moment + 1 == values.count
            guard place.x - before.place.x >= 0.8 || isLast else { continue }
            if place.x - before.place.x < 1.6, high - low > 2 {
                let column = place.x
                picture.strokeLine(from: SIMD2(column, low), to: SIMD2(column, high), width: 1.4, color: color)
            }
            picture.strokeLine(from: before.place, to: place, width: 1.8, color: color)
            last = (chart.times[moment], place)
            (low, high) = (place.y, place.y)
        }
    }

    private func paintTimes(from top: Float, _ time: ChartAxis, on picture: inout PixelBuffer) {
        let (ticks, step) = time.timeTicks(gap: 90)
        for tick in ticks {
            let text = ChartAxis.clock(tick, step: step)
            let width = PixelBuffer.textWidth(text, height: Self.textHeight)
            write(text, at: SIMD2(time.pixel(tick) - width / 2, top + 2), on: &picture)
        }
        let name = "time in the recording (minutes:seconds)"
        let width = PixelBuffer.textWidth(name, height: Self.textHeight)
        write(name, at: SIMD2((left + right - width) / 2, top + Self.textHeight + 4), on: &picture)
    }

    private func dots(from start: SIMD2<Float>, to end: SIMD2<Float>, _ color: Color, on picture: inout PixelBuffer) {
        for column in stride(from: start.x, to: end.x, by: 7) {
            picture.strokeLine(
                from: SIMD2(column, start.y), to: SIMD2(min(column + 3, end.x), start.y), width: 1.2, color: color,
                opacity: 0.7)
        }
    }

    private func ring(at place: SIMD2<Float>, _ color: Color, on picture: inout PixelBuffer) {
        picture.fillCircle(center: place, radius: 5.5, color: color)
        picture.fillCircle(center: place, radius: 3, color: .white)
    }

    private func write(
        _ text: String, at origin: SIMD2<Float>, height: Float = Self.textHeight, on picture: inout PixelBuffer
    ) {
        picture.drawText(text, at: origin, height: height, color: Self.ink)
    }

    private func write(_ text: String, endingAt corner: SIMD2<Float>, on picture: inout PixelBuffer) {
        write(text, at: corner - SIMD2(PixelBuffer.textWidth(text, height: Self.textHeight), 0), on: &picture)
    }

    private static func width(of key: Chart.Key) -> Float { PixelBuffer.textWidth(key.text, height: textHeight) + 54 }

    private static func rows(_ keys: [Chart.Key], room: Float) -> [[Chart.Key]] {
        var rows: [[Chart.Key]] = []
        var used = Float.infinity
        for key in keys {
            let width = width(of: key)
            if used + width > room {
                rows.append([])
                used = 0
            }
            rows[rows.count - 1].append(key)
            used += width
        }
        return rows
    }

    /// As much of a line as there is room for.
    private static func cut(_ text: String, to room: Float) -> String {
        var text = text
        guard PixelBuffer.textWidth(text, height: textHeight) > room else { return text }
        while !text.isEmpty, PixelBuffer.textWidth(text + "...", height: textHeight) > room { text.removeLast() }
        return text + "..."
    }

    /// Lines no wider than `room`, broken between words; a longer word is cut.
    private static func wrapped(_ text: String, room: Float) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if let last = lines.last, PixelBuffer.textWidth("\(last) \(word)", height: textHeight) <= room {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append((lines.isEmpty ? "" : "      ") + word.prefix(120))
            }
        }
        return lines
    }
}
