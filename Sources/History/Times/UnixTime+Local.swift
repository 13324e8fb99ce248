package import Events
package import Foundation

extension UnixTime {
    /// What the calendar's clock shows then, such as `2026-11-21 10:00:00`.
    package func localText(_ calendar: Calendar = .history) -> String {
        LocalTime.text(of: date, in: calendar.timeZone)
    }
}
