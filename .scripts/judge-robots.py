#!/usr/bin/env python3
"""Judges where Laban says a robot's links are, and how near each other, by Pinocchio and coal.

    pip install pin coal
    swift build -c release --product Benchmarks
    .scripts/fetch-robots FOLDER
    .scripts/judge-robots.py FOLDER [--postures 1000] [--program .build/release/Benchmarks]

Five arms (Panda, xArm7, UR5, UR10, SO-101), each in random postures inside its limits. First all joints move: the largest
distance between the places of links, and between their axes. Then the arm moves alone: distances between the links that Laban
keeps apart, by its capsules and by coal between the meshes. Capsules that hold their links never are further apart than the
meshes ("outside" tells by how much they are); what they cost is caution: postures in which capsules are less than 10 mm apart
and meshes more.
Where an SRDF file lies beside the URDF, it is used."""
import argparse
import json
import pathlib
import subprocess
import sys

import judging

try:
    import numpy as np
    import pinocchio as pin
except ImportError as error:
    judging.refuse("pinocchio", "it to be installed (pip install pin coal)", error)

ARMS = {
    "Panda": ("panda_description/urdf/panda.urdf", "panda_description/srdf/panda.srdf"),
    "xArm7": ("xarm_description/urdf/xarm7.urdf", "xarm_description/srdf/xarm7.srdf"),
    "UR5": ("ur_description/urdf/ur5_robot.urdf", None),
    "UR10": ("ur_description/urdf/ur10_robot.urdf", None),
    "SO-101": ("so_arm_description/urdf/so101.urdf", None),
}
CLEARANCE = 0.01


class Laban:
    """The program that answers postures."""

    def __init__(self, program, urdf, srdf):
        command = [program, "robots", str(urdf)] + (["--srdf", str(srdf)] if srdf else [])
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.robot = self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.process.args[0]} ended with {self.process.wait()}")
        return json.loads(line)

    def look(self, posture):
        self.process.stdin.write(" ".join(repr(float(x)) for x in posture) + "\n")
        self.process.stdin.flush()
        return self.answer()


class Judge:
    """The same robot by Pinocchio, its bodies by coal."""

    def __init__(self, urdf, robot, folder):
        self.model = pin.buildModelFromUrdf(str(urdf))
        self.data = self.model.createData()
        self.joints = [self.model.joints[self.model.getJointId(name)] for name in robot["joints"]]
        self.frames = [self.model.getFrameId(name) for name in robot["links"]]
        self.still = np.clip(pin.neutral(self.model), self.model.lowerPositionLimit, self.model.upperPositionLimit)
        for joint in self.model.joints[1:]:
            if joint.nq == 2:
                self.still[joint.idx_q:joint.idx_q + 2] = 1, 0
        self.bodies = pin.buildGeomFromUrdf(
            self.model, str(urdf), pin.GeometryType.COLLISION, package_dirs=self.places(folder))
        links = [self.model.frames[body.parentFrame].name for body in self.bodies.geometryObjects]
        kept = {frozenset(pair) for pair in robot["pairs"]}
        for b in range(len(links)):
            for a in range(b):
                if frozenset((links[a], links[b])) in kept:
                    self.bodies.addCollisionPair(pin.CollisionPair(a, b))
        self.pairs = len(self.bodies.collisionPairs)
        self.distances = self.bodies.createData()

    @staticmethod
    def places(folder):
        """Folders in which package://example-robot-data/robots/... may be found."""
        return [str(place) for place in [folder, *folder.resolve().parents][:4]]

    def range(self, joint):
        if joint.nq == 2:
            return -np.pi, np.pi
        return self.model.lowerPositionLimit[joint.idx_q], self.model.upperPositionLimit[joint.idx_q]

    def configuration(self, posture):
        q = self.still.copy()
        for joint, x in zip(self.joints, posture):
            q[joint.idx_q:joint.idx_q + joint.nq] = (np.cos(x), np.sin(x)) if joint.nq == 2 else x
        return q

    def frame_places(self, posture):
        pin.framesForwardKinematics(self.model, self.data, self.configuration(posture))
        return [self.data.oMf[frame] for frame in self.frames]

    def distance(self, posture):
        pin.computeDistances(self.model, self.data, self.bodies, self.distances, self.configuration(posture))
        return min(result.min_distance for result in self.distances.distanceResults)


def judge(name, urdf, srdf, options):
    laban = Laban(options.program, urdf, srdf)
    robot = laban.robot
    judge = Judge(urdf, robot, options.folder)
    random = np.random.default_rng(1)
    ranges = np.array([judge.range(joint) for joint in judge.joints])
    placed = turned = 0.0
    for _ in range(options.postures):
        posture = random.uniform(*ranges.T)
        for ours, theirs in zip(laban.look(posture)["places"], judge.frame_places(posture)):
            placed = max(placed, np.linalg.norm(np.array(ours[0]) - theirs.translation))
            turned = max(turned, np.abs(np.array(ours[1:]).T - theirs.rotation).max())
    hand = [not any(word in joint for word in ("finger", "gripper")) for joint in robot["joints"]]
    ours, theirs = [], []
    for _ in range(options.postures):
        posture = np.where(hand, random.uniform(*ranges.T), np.clip(0, *ranges.T))
        ours.append(laban.look(posture)["distance"])
        theirs.append(judge.distance(posture))
    ours, theirs = np.array(ours), np.array(theirs)
    hit, near, careful = theirs <= 0, ours <= CLEARANCE, theirs > CLEARANCE
    apart = theirs > 0
    print(f"| {name} | {placed * 1e6:.4f} | {turned * 1e6:.4f} | {len(robot['pairs'])} | {hit.mean():.1%} "
          f"| {(hit & ~near).sum()} | {max(0, (ours - theirs)[apart].max()) * 1e3:.1f} | {(near & careful).mean():.1%} "
          f"| {np.median((theirs - ours)[apart]) * 1e3:.0f} | {robot['median']:.1f} / {robot['p99']:.1f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--postures", type=int, default=1000)
    parser.add_argument("--program", default=str(judging.CHECKOUT / ".build/release/Benchmarks"))
    options = parser.parse_args()
    print("| arm | places, µm | axes, millionths | pairs | meshes touch | of these not seen | capsules outside, mm "
          "| too careful | closer than meshes, mm | µs, median / p99 |\n|" + " --- |" * 10)
    for name, (urdf, srdf) in ARMS.items():
        urdf = judging.require(options.folder / urdf)
        srdf = options.folder / srdf if srdf and (options.folder / srdf).is_file() else None
        judge(name, urdf, srdf, options)


if __name__ == "__main__":
    main()
