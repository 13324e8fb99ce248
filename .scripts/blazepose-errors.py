#!/usr/bin/env python3
"""What BlazePose makes of people's proportions and depths: where numbers of BlazePoseNoise.swift come from.

    .scripts/blazepose-errors.py DATA

DATA/fitness-poses/poses.csv holds BlazePose poses of push-ups and squats (ML Kit samples, Apache 2.0), in pixels, with a
depth on a scale of its own. The depth factor is the one that makes each bone most alike over all poses; bones are then
compared with the mean person (Drillis and Contini 1966) in lengths of the trunk. Needs numpy.
"""
import csv
import math
import sys

import numpy as np

BONES = {
    "shoulders": [(11, 12)], "hips": [(23, 24)], "upperArm": [(11, 13), (12, 14)], "forearm": [(13, 15), (14, 16)],
    "thigh": [(23, 25), (24, 26)], "shank": [(25, 27), (26, 28)],
}
# Shares of the stature.
MEAN = {"shoulders": 0.205, "hips": 0.115, "upperArm": 0.162, "forearm": 0.148, "thigh": 0.242, "shank": 0.240}
TRUNK = 0.29
# What BlazePoseNoise turns whole bodies by, and how much larger spreads are for one clip in six leaning twice as much.
ATTITUDE = 8
DOUBLED = math.sqrt(5 / 6 + 4 / 6)


def trunk(points):
    return (points[:, 11] + points[:, 12] - points[:, 23] - points[:, 24]) / 2


def lengths(points):
    """Each bone in trunk lengths, the mean of both sides."""
    scale = np.linalg.norm(trunk(points), axis=-1)
    return {
        name: np.mean([np.linalg.norm(points[:, a] - points[:, b], axis=-1) for a, b in bones], axis=0) / scale
        for name, bones in BONES.items()
    }


def spread(points):
    """Mean over the bones of the quartile distance over the median."""
    return np.mean([
        (np.percentile(v, 75) - np.percentile(v, 25)) / np.median(v) for v in lengths(points).values()
    ])


def lean(offsets, sign):
    """Root mean square lean in degrees towards or from the camera, less what the attitude accounts for."""
    angles = np.degrees(np.arctan2(offsets[:, 2], sign * offsets[:, 1]))
    return math.sqrt(max(0, float(np.mean(angles**2)) - ATTITUDE**2)) / DOUBLED


def main():
    with open(sys.argv[1] + "/fitness-poses/poses.csv", newline="") as file:
        rows = list(csv.reader(file))[1:]
    poses = np.array([np.array(row[2:], float).reshape(33, 3) for row in rows])
    standing = np.array([row[1] == "squats_up" for row in rows])
    factor = min(np.arange(0, 1.5, 0.01), key=lambda z: spread(poses * [1, 1, z]))
    points = poses * [1, 1, factor]
    print(f"{len(rows)} poses, depth factor {factor:.2f}")
    medians = {name: float(np.median(values)) for name, values in lengths(points).items()}
    for name, median in medians.items():
        print(f"  {name}: {median * TRUNK / MEAN[name]:.2f} of the mean person's")

    # How much of the depth that its length asks for a leg's bone has, where that is much.
    shares = []
    scale = np.linalg.norm(trunk(points), axis=-1)[standing]
    for name in ("thigh", "shank"):
        for a, b in BONES[name]:
            way = (points[standing][:, a] - points[standing][:, b]) / scale[:, None]
            asked = medians[name] ** 2 - way[:, 0] ** 2 - way[:, 1] ** 2
            deep = asked > (medians[name] / 2) ** 2
            shares.extend(np.abs(way[deep, 2]) / np.sqrt(asked[deep]))
    low, high = np.percentile(shares, [5, 90])
    print(f"  legDepth: {low:.2f}...{high:.2f} (5th to 90th percentile of {len(shares)} bones of people standing)")

    legs = (points[:, 27] + points[:, 28] - points[:, 23] - points[:, 24])[standing]
    print(f"  bend: trunk {lean(trunk(points)[standing], -1):.1f}, legs {lean(legs, 1):.1f} degrees")


main()
