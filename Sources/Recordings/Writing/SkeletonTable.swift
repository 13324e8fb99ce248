import Foundation
package import Skeleton

/// Skeletons as a comma-separated table: one row a joint of a person in a frame.
package enum SkeletonTable {
    /// `x`, `y` are fractions of the picture, `world_…` metres; fields are empty where the source tells nothing.
    package static let heading = "frame,time_s,track,joint,x,y,z,visibility,world_x,world_y,world_z\n"

    /// The rows of one frame.
    package static func rows(of frame: SkeletonFrame) -> String {
        var text = ""
        for person in frame.people {
            let pose = person.pose
            for joint in 0..<pose.topology.count {
                let keypoint = pose.keypoints.isEmpty ? nil : pose.keypoints[joint]
                let world = pose.worldPoints.isEmpty ? nil : pose.worldPoints[joint]
                let image = keypoint.map { "\($0.x),\($0.y),\($0.z),\($0.visibility)" } ?? ",,,"
                let place = world.map { "\($0.x),\($0.y),\($0.z)" } ?? ",,"
                text += "\(frame.index),\(frame.presentationTime.inSeconds),\(person.track),"
                text += "\(pose.topology.jointNames[joint]),\(image),\(place)\n"
            }
        }
        return text
    }
}
