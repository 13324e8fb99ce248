#!/usr/bin/env python3
"""Judges what `Benchmarks robot --dump FOLDER` wrote by other people's engines, and runs peers on the same sights.

    pip install pin pin-pink daqp nlopt mujoco coal
    swift run -c release Benchmarks robot ROBOTS --dump FOLDER
    .scripts/judge-arms.py FOLDER ROBOTS [--peers] [--collisions] [--mujoco]

Directions, limits and self-collision are Pinocchio's (coal underneath), how a servoed arm follows is MuJoCo's. The oracle
solves each posture alone, unhurried and from several starts. Peers get the same noisy points at 30 frames a second:
pink (real, with its position and velocity limits and DAQP, after a One-Euro filter) at 100 Hz, and vector retargeting as
dex-retargeting does it (NLopt's SLSQP, Huber loss, pull to the last posture), its postures joined by lines."""
import argparse
import collections
import json
import pathlib
import sys
import tempfile
import time

import numpy as np
import pinocchio as pin

TICK = 0.01
SKIPPED = 200
# Damping over stiffness of the simulated servos, seconds; what they would lag without the commanded velocity.
SERVO_LAG = 0.03


class Arm:
    def __init__(self, trial, robots):
        self.trial = trial
        self.path = pathlib.Path(robots) / trial["urdf"]
        whole = pin.buildModelFromUrdf(str(self.path))
        others = [j for j, name in enumerate(whole.names) if j and name not in trial["joint_names"]]
        self.model = pin.buildReducedModel(whole, others, pin.neutral(whole))
        self.data = self.model.createData()
        self.order = [self.model.joints[self.model.getJointId(name)].idx_q for name in trial["joint_names"]]
        self.frames = [self.model.getFrameId(link) for link in trial["links"][:3]]
        self.wrist = trial["mode"] == "wrist_vector"
        self.low, self.high = self.model.lowerPositionLimit, self.model.upperPositionLimit
        self.start = np.clip(np.zeros(self.model.nq), self.low, self.high)
        points = self.points(pin.randomConfiguration(self.model))
        self.lengths = [np.linalg.norm(points[1] - points[0]), np.linalg.norm(points[2] - points[1])]

    def posture(self, q):
        full = self.start.copy()
        full[self.order] = q
        return full

    def points(self, full):
        pin.framesForwardKinematics(self.model, self.data, full)
        return [self.data.oMf[f].translation.copy() for f in self.frames]

    def vectors(self, full):
        s, e, w = self.points(full)
        if self.wrist:
            return np.array([(w - s) / sum(self.lengths)])
        return np.array([unit(e - s), unit(w - e)])

    def jacobian(self, full):
        pin.computeJointJacobians(self.model, self.data, full)
        pin.updateFramePlacements(self.model, self.data)
        s, e, w = [self.data.oMf[f].translation for f in self.frames]
        js, je, jw = [pin.getFrameJacobian(self.model, self.data, f, pin.LOCAL_WORLD_ALIGNED)[:3] for f in self.frames]
        if self.wrist:
            return (jw - js) / sum(self.lengths)
        rows = []
        for a, b, ja, jb in ((s, e, js, je), (e, w, je, jw)):
            way, length = unit(b - a), np.linalg.norm(b - a)
            rows.append((np.eye(3) - np.outer(way, way)) @ (jb - ja) / length)
        return np.vstack(rows)

    def oracle(self, target, near, random, starts=6):
        """The least error in degrees that any posture has; the worse of two vectors."""
        best = 180.0
        for start in range(starts):
            q = near.copy() if start == 0 else random.uniform(np.maximum(self.low, -np.pi), np.minimum(self.high, np.pi))
            for _ in range(150):
                j = self.jacobian(q)
                step = np.linalg.solve(j.T @ j + 1e-3 * np.eye(len(q)), j.T @ (target - self.vectors(q)).ravel())
                q = np.clip(q + 0.5 * step, self.low, self.high)
            best = min(best, angle(self.vectors(q), target).max())
            if best < 0.5:
                break
        return best


def unit(v):
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


def angle(a, b):
    """Degrees between vectors along the last axis."""
    return np.degrees(np.arctan2(np.linalg.norm(np.cross(a, b), axis=-1), (a * b).sum(-1)))


def shifted(robot, person):
    """The shift in ticks with the least error, and errors (ticks, vectors) there."""
    def errors(shift):
        return angle(robot[SKIPPED + shift:], person[SKIPPED:len(person) - shift])
    best = min(range(40), key=lambda shift: errors(shift).mean())
    return best, errors(best)


def differences(q):
    v = np.diff(q, axis=0) / TICK
    a = np.diff(v, axis=0) / TICK
    return v, a, np.diff(a, axis=0) / TICK


class OneEuro:
    def __init__(self, cutoff=1.0, beta=1.5):
        self.cutoff, self.beta, self.x, self.speed = cutoff, beta, None, 0.0

    def __call__(self, x, dt):
        if self.x is None:
            self.x = x
            return x
        share = lambda f: 1 / (1 + 1 / (2 * np.pi * f * dt))
        self.speed += share(1.0) * (np.linalg.norm(x - self.x) / dt - self.speed)
        self.x = self.x + share(self.cutoff + self.beta * self.speed) * (x - self.x)
        return self.x


def seen(arm, frame):
    s, e, w = np.array(frame[1:]).reshape(3, 3)
    if arm.wrist:
        return np.array([(0.30 * unit(e - s) + 0.26 * unit(w - e)) / 0.56])
    return np.array([unit(e - s), unit(w - e)])


def near_target(arm, target, random):
    """A posture that the peers may begin with."""
    best, found = 1e9, arm.start
    for _ in range(8):
        q = random.uniform(np.maximum(arm.low, -np.pi), np.minimum(arm.high, np.pi))
        for _ in range(200):
            j = arm.jacobian(q)
            step = np.linalg.solve(j.T @ j + 1e-3 * np.eye(len(q)), j.T @ (target - arm.vectors(q)).ravel())
            q = np.clip(q + 0.3 * step, arm.low + 0.05, arm.high - 0.05)
        if (miss := angle(arm.vectors(q), target).max()) < best:
            best, found = miss, q
    return found


def pink(arm, random):
    """Pink: frame tasks on elbow and wrist, its own limits, 100 Hz."""
    import pink as library
    trial = arm.trial
    first = seen(arm, trial["frames"][0])
    configuration = library.Configuration(arm.model, arm.data, near_target(arm, first, random))
    names = [trial["links"][2]] if arm.wrist else trial["links"][1:3]
    tasks = [library.tasks.FrameTask(name, position_cost=1.0, orientation_cost=0.0, gain=0.12) for name in names]
    posture = library.tasks.PostureTask(cost=1e-2, gain=0.05)
    posture.set_target(np.clip((arm.low + arm.high) / 2, -3, 3))
    smooth, target, frames = OneEuro(), first, collections.deque(trial["frames"])
    out, micros = [], []
    for index in range(len(trial["q"])):
        while frames and frames[0][0] <= index * TICK + 1e-9:
            target = smooth(seen(arm, frames.popleft()), 1 / 30)
        began = time.perf_counter()
        shoulder = configuration.get_transform_frame_to_world(trial["links"][0]).translation
        if arm.wrist:
            places = [shoulder + sum(arm.lengths) * target[0]]
        else:
            elbow = shoulder + arm.lengths[0] * unit(target[0])
            places = [elbow, elbow + arm.lengths[1] * unit(target[1])]
        for task, place in zip(tasks, places):
            task.set_target(pin.SE3(np.eye(3), place))
        try:
            velocity = library.solve_ik(configuration, tasks + [posture], TICK, solver="daqp", damping=1e-6)
        except Exception:  # the posture left its limits; Pink then refuses
            velocity = np.zeros(arm.model.nv)
        configuration.integrate_inplace(velocity, TICK)
        micros.append((time.perf_counter() - began) * 1e6)
        out.append(configuration.q.copy())
    return np.array(out), micros


def vector_retargeting(arm, random):
    """As dex-retargeting: SLSQP a frame, Huber loss, pull to the last posture, low-passed; joined by lines."""
    import nlopt
    trial = arm.trial
    count = arm.model.nq
    solver = nlopt.opt(nlopt.LD_SLSQP, count)
    solver.set_lower_bounds(np.maximum(arm.low, -2 * np.pi) + 1e-4)
    solver.set_upper_bounds(np.minimum(arm.high, 2 * np.pi) - 1e-4)
    solver.set_ftol_abs(1e-5)
    solver.set_maxeval(100)
    state = {}

    def cost(q, gradient):
        error = 0.3 * (arm.vectors(q) - state["target"])
        norm = np.linalg.norm(error, axis=-1)
        delta = 0.02
        value = np.where(norm < delta, 0.5 * norm ** 2 / delta, norm - 0.5 * delta).mean()
        if gradient.size:
            weight = np.where(norm < delta, 1 / delta, 1 / np.maximum(norm, 1e-9)) / len(norm)
            gradient[:] = 0.3 * arm.jacobian(q).T @ (weight[:, None] * error).ravel() + 2 * 4e-3 * (q - state["last"])
        return value + 4e-3 * ((q - state["last"]) ** 2).sum()

    solver.set_min_objective(cost)
    last = near_target(arm, seen(arm, trial["frames"][0]), random)
    state["last"] = last
    smooth, times, postures, micros = last.copy(), [], [], []
    for frame in trial["frames"]:
        state["target"] = seen(arm, frame)
        began = time.perf_counter()
        try:
            last = solver.optimize(np.clip(state["last"], solver.get_lower_bounds(), solver.get_upper_bounds()))
        except Exception:
            pass
        micros.append((time.perf_counter() - began) * 1e6)
        state["last"] = last
        smooth = smooth + 0.3 * (last - smooth)
        times.append(frame[0] + 1 / 30)
        postures.append(smooth.copy())
    postures = np.array(postures)
    ticks = np.arange(len(trial["q"])) * TICK
    return np.stack([np.interp(ticks, times, postures[:, k]) for k in range(count)], 1), micros


def report(name, arm, runs):
    """One row: runs of (q (ticks, joints of the model), microseconds, person)."""
    errors, shifts, uses, jerks, micros, outside = [], [], np.zeros(2), 0.0, [], 0
    for q, took, person in runs:
        shift, error = shifted(np.array([arm.vectors(x) for x in q]), person)
        shifts.append(shift * 10)
        errors.append(error)
        v, a, j = differences(q)
        micros += list(took)
        outside += int((q < arm.low - 1e-9).sum() + (q > arm.high + 1e-9).sum())
        uses = np.maximum(uses, [(np.abs(v) / arm.model.velocityLimit).max(), np.abs(a).max()])
        jerks = max(jerks, np.abs(j).max())
    errors = np.concatenate(errors)
    words = " | ".join(f"{e.mean():.2f} / {np.percentile(e, 95):.2f}" for e in errors.T)
    print(f"{arm.trial['arm']:7} {name:20} {words:27} shift {min(shifts)}-{max(shifts)} ms, outside {outside}, "
          f"velocity {uses[0]:.2f} of limit, acceleration {uses[1]:.0f}, jerk {jerks:.0f}, "
          f"tick p50 {np.percentile(micros, 50):.0f} p99 {np.percentile(micros, 99):.0f} us", flush=True)


def judge_oracle(arm, trials):
    """Excess over the oracle, and episodes of being stuck, without noise."""
    excess, stuck, unflagged, unreachable, worst = [], 0, 0, 0, []
    random = np.random.default_rng(1)
    for trial in trials:
        person = np.array(trial["person"])
        robot = np.array([arm.vectors(arm.posture(q)) for q in trial["q"]])
        shift, errors = shifted(robot, person)
        error = errors.max(-1)
        for index in range(0, len(error), 50):
            target = person[SKIPPED + index]
            best = arm.oracle(target, arm.posture(trial["q"][SKIPPED + index + shift]), random)
            if best < 2:
                excess.append(max(0, error[index] - best))
                worst.append(error[index])
            else:
                unreachable += 1
                unflagged += trial["status"][SKIPPED + index + shift] == "ok"
            # So far off for half a second on end.
            if index + 50 < len(error) and (error[index:index + 50] > best + 15).all():
                stuck += 1
    excess = np.array(excess)
    print(f"{arm.trial['arm']:7} without noise, {len(excess)} reachable postures: excess over the oracle mean "
          f"{excess.mean():.2f} p95 {np.percentile(excess, 95):.2f} degrees, error mean {np.mean(worst):.2f}; stuck "
          f"{stuck} times in {sum(len(t['q']) for t in trials) / 6000:.0f} min; unreachable {unreachable}, of these "
          f"called ok {unflagged}", flush=True)


def judge_collisions(arm, trials, robots):
    """Postures in self-collision, by coal, of pairs that the SRDF leaves."""
    srdf = next((f for f in sorted(arm.path.parent.parent.glob("srdf/*.srdf")) if f.stem == arm.trial["arm"]), None)
    whole = pin.buildModelFromUrdf(str(arm.path))
    geometry = pin.buildGeomFromUrdf(whole, str(arm.path), pin.GeometryType.COLLISION, package_dirs=[packages(robots)])
    geometry.addAllCollisionPairs()
    if srdf:
        pin.removeCollisionPairs(whole, geometry, str(srdf))
    neutral = pin.neutral(whole)
    data = whole.createData()
    if not srdf:
        leave_out_what_always_touches(whole, data, geometry)
    geometry_data = geometry.createData()
    order = [whole.joints[whole.getJointId(name)].idx_q for name in arm.trial["joint_names"]]
    hits = count = 0
    for trial in trials:
        for q in trial["q"][::5]:
            full = neutral.copy()
            full[order] = q
            hits += pin.computeCollisions(whole, data, geometry, geometry_data, full, True)
            count += 1
    print(f"{arm.trial['arm']:7} self-collision: {hits} of {count} postures (SRDF {srdf.name if srdf else 'none'}, "
          f"{len(geometry.collisionPairs)} pairs)", flush=True)


def packages(robots):
    """A folder in which the package of the meshes' names is the folder of robots."""
    place = tempfile.mkdtemp()
    package = pathlib.Path(place) / "example-robot-data"
    package.mkdir()
    (package / "robots").symlink_to(pathlib.Path(robots).resolve())
    return place


def leave_out_what_always_touches(model, data, geometry):
    """What a SRDF would say: pairs that touch with all joints at nought, neighbours for the most part."""
    geometry_data = geometry.createData()
    pin.computeCollisions(model, data, geometry, geometry_data, pin.neutral(model), False)
    touching = [result.isCollision() for result in geometry_data.collisionResults]
    pairs = [(pair.first, pair.second) for pair in geometry.collisionPairs]
    for pair in [pair for pair, touches in zip(pairs, touching) if touches]:
        geometry.removeCollisionPair(pin.CollisionPair(*pair))


def judge_servos(arm, trials):
    """How far a servoed arm in MuJoCo is from its commands and from the person."""
    import mujoco
    import re
    text = re.sub(r"<(visual|collision)\b.*?</\1>", "", arm.path.read_text(), flags=re.S)
    spec = mujoco.MjSpec.from_string(text)
    spec.compiler.fusestatic = False
    spec.option.integrator = mujoco.mjtIntegrator.mjINT_IMPLICITFAST
    for body in spec.bodies:
        body.gravcomp = 1
    for joint in spec.joints:
        effort = max(np.abs(joint.actfrcrange)) or 50.0
        joint.armature = max(joint.armature, 1e-3 * effort)
        actuator = spec.add_actuator(name=joint.name, target=joint.name, trntype=mujoco.mjtTrn.mjTRN_JOINT)
        actuator.set_to_position(kp=40 * effort, kv=40 * effort * SERVO_LAG)
        actuator.forcelimited, actuator.forcerange = True, [-effort, effort]
    model = spec.compile()
    data = mujoco.MjData(model)
    model.opt.timestep = 0.001
    places = [model.joint(name).qposadr[0] for name in arm.trial["joint_names"]]
    motors = [model.actuator(name).id for name in arm.trial["joint_names"]]
    command_error, servo_error, lag, saturated, steps = [], [], 0.0, 0, 0
    for trial in trials:
        mujoco.mj_resetData(model, data)
        data.qpos[places] = trial["q"][0]
        person, followed = np.array(trial["person"]), []
        speeds = np.gradient(np.array(trial["q"]), TICK, axis=0)
        for q, speed in zip(trial["q"], speeds):
            data.ctrl[motors] = q + SERVO_LAG * speed
            for _ in range(10):
                mujoco.mj_step(model, data)
                force = np.abs(data.actuator_force[motors])
                saturated += int((force >= model.actuator_forcerange[motors, 1] * 0.999).any())
                steps += 1
            followed.append(data.qpos[places].copy())
        lag = max(lag, np.degrees(np.abs(np.array(followed) - np.array(trial["q"]))[SKIPPED:].max()))
        shift, error = shifted(np.array([arm.vectors(arm.posture(q)) for q in trial["q"]]), person)
        command_error.append(error)
        robot = np.array([arm.vectors(arm.posture(q)) for q in followed])
        servo_error.append(angle(robot[SKIPPED + shift:], person[SKIPPED:len(person) - shift]))
    a, b = np.percentile(np.concatenate(command_error), 95, 0), np.percentile(np.concatenate(servo_error), 95, 0)
    print(f"{arm.trial['arm']:7} MuJoCo: p95 {b.round(2)} against the command's {a.round(2)} degrees, joints at most "
          f"{lag:.1f} degrees behind, saturated {100 * saturated / steps:.2f} % of steps, NaN "
          f"{int(np.isnan(b).any())}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="what Benchmarks robot --dump wrote")
    parser.add_argument("robots", help="folder that the URDF files lie in, as .scripts/fetch-robots makes it")
    parser.add_argument("--peers", action="store_true", help="run Pink and vector retargeting on the same sights")
    parser.add_argument("--collisions", action="store_true")
    parser.add_argument("--mujoco", action="store_true")
    options = parser.parse_args()
    files = sorted(pathlib.Path(options.folder).glob("*.json"))
    if not files:
        sys.exit(f"{options.folder}: expected files of Benchmarks robot --dump, found none")
    trials = collections.defaultdict(list)
    for file in files:
        trial = json.loads(file.read_text())
        trials[trial["arm"], trial["noise"] > 0].append(trial)
    print("direction errors in degrees, mean / p95, of each vector at the best shift")
    for (name, noisy), group in trials.items():
        arm = Arm(group[0], options.robots)
        if not noisy:
            judge_oracle(arm, group)
            continue
        people = [np.array(t["person"]) for t in group]
        report("laban", arm, [(np.array([arm.posture(q) for q in t["q"]]), t["micros"], p) for t, p in zip(group, people)])
        if options.peers:
            for title, peer in (("pink", pink), ("vector retargeting", vector_retargeting)):
                runs = []
                for number, (trial, person) in enumerate(zip(group, people)):
                    arm.trial = trial
                    q, took = peer(arm, np.random.default_rng(number))
                    runs.append((q, took, person))
                report(title, arm, runs)
        if options.collisions:
            judge_collisions(arm, group, options.robots)
        if options.mujoco:
            judge_servos(arm, group)


main()
