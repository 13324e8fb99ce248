package import Imaging

/// Numbers over time, a panel each, with limits, stretches of time and marks: a picture to be understood at a glance.
package struct Chart: Sendable {
    /// One number over time.
    package struct Panel: Sendable {
        /// What it is, with its unit.
        package var title: String
        /// One a moment; not a number where unknown.
        package var values: [Float]
        package var limits: [Limit]
        package var points: [Point]

        package init(title: String, values: [Float], limits: [Limit] = [], points: [Point] = []) {
            self.title = title
            self.values = values
            self.limits = limits
            self.points = points
        }
    }

    /// A level line across a panel.
    package struct Limit: Sendable {
        package var value: Float
        /// What stands beside it; empty for lines that explain themselves.
        package var label: String
        /// Of the palette: the place in it of the band the limit belongs to.
        package var tint: Int
        /// Whether it is drawn dotted and pale.
        package var isFaint: Bool

        package init(value: Float, label: String, tint: Int, isFaint: Bool) {
            self.value = value
            self.label = label
            self.tint = tint
            self.isFaint = isFaint
        }
    }

    /// A circle at a place of a panel, with a word beside it.
    package struct Point: Sendable {
        package var time: Double
        package var value: Float
        package var label: String
        package var tint: Int

        package init(time: Double, value: Float, label: String, tint: Int = Chart.bad) {
            self.time = time
            self.value = value
            self.label = label
            self.tint = tint
        }
    }

    /// A stretch of time on one of the strips over the panels.
    package struct Span: Sendable {
        package var start: Double
        package var end: Double
        package var label: String
        package var tint: Int

        package init(start: Double, end: Double, label: String, tint: Int) {
            self.start = start
            self.end = end
            self.label = label
            self.tint = tint
        }
    }

    /// A named row of spans over the panels.
    package struct Strip: Sendable {
        package var title: String
        package var spans: [Span]
        /// Whether the spans are shaded in the panels too.
        package var shadesPanels: Bool

        package init(title: String, spans: [Span], shadesPanels: Bool = false) {
            self.title = title
            self.spans = spans
            self.shadesPanels = shadesPanels
        }
    }

    /// A line of the legend.
    package struct Key: Sendable {
        package enum Look: Sendable { case line, dots, box, circle }

        package var text: String
        package var tint: Int
        package var look: Look

        package init(_ text: String, tint: Int, look: Look) {
            self.text = text
            self.tint = tint
            self.look = look
        }
    }

    package var title: String
    package var legend: [Key]
    /// Seconds, one a moment, rising.
    package var times: [Double]
    package var strips: [Strip]
    package var panels: [Panel]
    /// Sentences under the panels.
    package var notes: [String]

    package init(
        title: String, legend: [Key] = [], times: [Double], strips: [Strip] = [], panels: [Panel], notes: [String] = []
    ) {
        self.title = title
        self.legend = legend
        self.times = times
        self.strips = strips
        self.panels = panels
        self.notes = notes
    }

    /// Tints that mean the same in every chart; phases have those from 0.
    package static let good = -1
    package static let bad = -2
    package static let curve = -3

    /// Colours that are told apart by everyone (Okabe and Ito 2008), dark enough for lines on white.
    static func color(_ tint: Int) -> Color {
        switch tint {
        case good: Color(0, 140, 90)
        case bad: Color(205, 40, 40)
        case curve: Color(30, 34, 42)
        default:
            [
                Color(0, 100, 190), Color(215, 105, 0), Color(150, 70, 160), Color(0, 130, 140), Color(140, 110, 0),
                Color(110, 110, 120),
            ][max(0, tint) % 6]
        }
    }

    /// Several charts under one another.
    package static func picture(of charts: [Chart]) -> PixelBuffer? {
        let pictures = charts.map { ChartPainter($0).painted() }
        guard let width = pictures.map(\.width).max() else { return nil }
        var whole = PixelBuffer(width: width, height: pictures.map(\.height).reduce(0, +), color: .white)
        var row = 0
        for picture in pictures {
            whole.paste(picture, atColumn: 0, row: row)
            row += picture.height
        }
        return whole
    }
}
