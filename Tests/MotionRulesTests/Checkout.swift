import Foundation

/// Where the files of the checkout lie.
enum Checkout {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let gestures = folder.appending(path: "Gestures")
}
