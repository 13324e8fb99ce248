"""Republishes Laban's commands to ROS 2: ros2_joint_trajectory.py --topic /joint_trajectory_controller/joint_trajectory

Needs rclpy and trajectory_msgs (source a ROS 2 distribution first) and `pip install pyzmq`. Dry runs are refused unless
--follow-dry-run is given, which is meant for simulations alone. The robot's own controller and emergency stop stay in
charge: Laban only says where the joints are to be.
"""
import argparse
import json
import sys

try:
    import rclpy
    from builtin_interfaces.msg import Duration
    from trajectory_msgs.msg import JointTrajectory, JointTrajectoryPoint
except ImportError as missing:
    sys.exit(f"{missing.name} is missing: source a ROS 2 distribution first (source setup.bash), then start this again")
try:
    import zmq
except ImportError:
    sys.exit("pyzmq is missing: pip install pyzmq")

TICK_NANOSECONDS = 10_000_000


def message(event, frame):
    """One point of a trajectory, to be reached a tick after it came."""
    point = JointTrajectoryPoint()
    point.positions, point.velocities, point.accelerations = event["q"], event["qd"], event["qdd"]
    point.time_from_start = Duration(sec=0, nanosec=TICK_NANOSECONDS)
    trajectory = JointTrajectory()
    # A stamp of nought means: from now on.
    trajectory.header.frame_id = frame
    trajectory.joint_names, trajectory.points = event["joint_names"], [point]
    return trajectory


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--address", default="tcp://127.0.0.1:5570", help="where Laban publishes")
    options.add_argument("--topic", default="/joint_trajectory_controller/joint_trajectory")
    options.add_argument("--frame", default="base_link", help="frame_id of the header")
    options.add_argument("--arm", help="only this arm of the mapping")
    options.add_argument("--follow-dry-run", action="store_true", help="follow dry runs too: for simulations alone")
    options = options.parse_args()

    rclpy.init()
    node = rclpy.create_node("laban")
    publisher = node.create_publisher(JointTrajectory, options.topic, 10)
    socket = zmq.Context().socket(zmq.SUB)
    socket.connect(options.address)
    socket.subscribe(b"laban/1/")
    refused = 0
    while rclpy.ok():
        topic, line = socket.recv_multipart()
        if not topic.endswith(b"/robot/"):
            continue
        event = json.loads(line)
        if options.arm not in (None, event["arm"]):
            continue
        if event["dry_run"] and not options.follow_dry_run:
            if refused == 0:
                node.get_logger().warning("dry run: nothing is passed on (start Laban's robot with --live)")
            refused += 1
            continue
        publisher.publish(message(event, options.frame))


if __name__ == "__main__":
    main()
