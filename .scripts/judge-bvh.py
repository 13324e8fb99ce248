#!/usr/bin/env python3
"""Has PyPI's bvh read a file of laban convert, moves its bones, and compares them with the joints in an .npz of the same person.

usage: judge-bvh.py PERSON.bvh PERSON.npz      (needs the packages bvh and numpy; frames must be at the same times)
"""
import sys

import numpy as np
from bvh import Bvh

PAIRS = {
    "LeftArm": "leftShoulder", "RightArm": "rightShoulder", "LeftForeArm": "leftElbow", "RightForeArm": "rightElbow",
    "LeftHand": "leftWrist", "RightHand": "rightWrist", "LeftUpLeg": "leftHip", "RightUpLeg": "rightHip",
    "LeftLeg": "leftKnee", "RightLeg": "rightKnee", "LeftFoot": "leftAnkle", "RightFoot": "rightAnkle",
}


def turn(axis, degrees):
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array({
        "X": [[1, 0, 0], [0, c, -s], [0, s, c]],
        "Y": [[c, 0, s], [0, 1, 0], [-s, 0, c]],
        "Z": [[c, -s, 0], [s, c, 0], [0, 0, 1]],
    }[axis])


def places(motion, frame):
    """Where each joint is, in metres."""
    turns, found = {}, {}
    for name in motion.get_joints_names():
        parent = motion.joint_parent(name)
        place, own = np.array(motion.joint_offset(name)), np.eye(3)
        for channel in motion.joint_channels(name):
            value = motion.frame_joint_channel(frame, name, channel)
            if channel.endswith("position"):
                place["XYZ".index(channel[0])] += value
            else:
                own = own @ turn(channel[0], value)
        if parent is not None and parent.name in turns:
            place = found[parent.name] + turns[parent.name] @ place
            own = turns[parent.name] @ own
        turns[name], found[name] = own, place
    return {name: place / 100 for name, place in found.items()}


motion = Bvh(open(sys.argv[1]).read())
arrays = np.load(sys.argv[2], allow_pickle=False)
joints = list(arrays["joints"])
world = arrays["world"] * [1, -1, -1]
print(f"{motion.nframes} frames of {motion.frame_time} s, {len(motion.get_joints_names())} joints; "
      f"{len(world)} frames in {sys.argv[2]}")
errors = []
for frame in range(min(motion.nframes, len(world))):
    found = places(motion, frame)
    hips = (world[frame, joints.index("leftHip")] + world[frame, joints.index("rightHip")]) / 2
    errors.append([np.linalg.norm(found[bone] - found["Hips"] - world[frame, joints.index(joint)] + hips)
                   for bone, joint in PAIRS.items()])
print("mm from the joints of the recording:",
      ", ".join(f"{bone} {error * 1000:.1f}" for bone, error in zip(PAIRS, np.nanmean(errors, axis=0))),
      f"; mean {np.nanmean(errors) * 1000:.1f}")
