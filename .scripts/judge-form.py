#!/usr/bin/env python3
"""Judge how well phases and form of exercises are told: exercise-form and pushup-form.

    .scripts/judge-form.py SET [SET ...]

SET is a folder with frames.npy (33 points of x, y, z, visibility) and sequences.csv. Everything goes through
`laban count --exercise NAME --json`, as LABAN (.build/release/laban where not set) does it.

With a labels.csv (exercise-form) each sequence of an exercise is played as one recording at 30 frames a second, and a frame
is 'down' while a repetition lasts, from its start to its end: accuracy over all frames, with rules as they are. Nothing is
chosen here. Planks are pictures, one a recording of six seconds: the share that is told as a plank.

With a column `label` (pushup-form: correct or wrong a video) the share that is judged rightly is told twice: a video is wrong
where half of its repetitions have a fault of the rule as it is; and by a line through what Laban tells of the repetitions
(GAUGES, range, tempo), found on one half of the videos and measured on the other, by turns. Halves are every second file of
each label. Counts are compared with `bottoms`, within one.
"""
import tempfile
from pathlib import Path

import numpy as np

import judging
import skeleton_lines

# Faults that always show, so that their values are told.
GAUGES = """
  - {name: hip, says: value, when: {measure: hip, below: 179.9, release: 180}}
  - {name: uneven, says: value, when: {measure: uneven_elbow, above: 0, release: 0}}
  - {name: depth, says: value, when: {measure: elbow, below: 179.9, release: 180}}
  - {name: knee, says: value, when: {measure: knee, below: 179.9, release: 180}}
  - {name: bent, says: value, when: {measure: least_hip, below: 179.9, release: 180}}
  - {name: level, says: value, when: {measure: torso, above: 0, release: 0}}
  - {name: drop, says: value, when: {measure: shoulder_drop, above: 0, release: 0}}
  - {name: swing, says: value, moves: {measure: hip, at_least: 0}}
  - {name: tilt, says: value, moves: {measure: torso, at_least: 0}}
  - {name: fold, says: value, moves: {measure: knee, at_least: 0}}
"""


def point(values):
    x, y, z, visibility = values
    return None if np.isnan(x) else [round(float(x), 4), round(float(y), 4), round(float(z), 4), round(float(visibility), 4), 1]


def write(path, frames, rate, aspect=None):
    """Skeleton lines of one person; a frame of zeros has nobody in it."""
    with open(path, "w") as file:
        for index, frame in enumerate(frames):
            seen = np.any(np.nan_to_num(frame[:, :2]) != 0)
            people = [skeleton_lines.person(image=[point(p) for p in frame])] if seen else []
            more = {"aspect": aspect} if aspect else {}
            print(skeleton_lines.line(index, index * 1e6 / rate, "blazepose33", people, **more), file=file)


def told(path, exercise, *words):
    return judging.laban("count", path, "--exercise", exercise, "--json", "--model", "none", *words)


def repetitions(events):
    return [e for e in events if e["type"] == "laban.rep"]


def stages(frames, labels, exercise, path):
    write(path, frames, 30)
    down = np.zeros(len(frames), bool)
    times = np.arange(len(frames)) * 1e6 / 30
    found = repetitions(told(path, exercise))
    for e in found:
        down |= (times >= e["start_pts_us"]) & (times <= e.get("end_pts_us", e["pts_us"]))
    truth = np.array([label == "down" for label in labels])
    hits = np.mean(down == truth)
    precision, recall = np.sum(down & truth) / max(1, down.sum()), np.sum(down & truth) / max(1, truth.sum())
    print(f"{exercise}: stage of {len(frames)} frames {hits:.3f} right; down precision {precision:.3f}, recall {recall:.3f}; "
          f"{len(found)} repetitions, {np.sum(truth[1:] & ~truth[:-1]) + truth[0]} true")


def planks(frames, labels, path):
    rows = {}
    for frame, label in zip(frames, labels):
        write(path, np.repeat(frame[None], 180, axis=0), 30)
        held = any(e["type"] == "laban.set" for e in told(path, "plank"))
        rows.setdefault(label, []).append(held)
    for label, some in sorted(rows.items()):
        print(f"plank, {label}: {np.mean(some):.3f} of {len(some)} pictures told as planks")


def by_frame(folder, rows, path):
    judging.need(folder / "sequences.csv", rows, "sequence")
    frames = judging.array(folder / "frames.npy", None, 33, 4).astype(float)
    labels = {}
    for row in judging.table(folder / "labels.csv", "sequence", "label"):
        labels.setdefault(row["sequence"], []).append(row["label"])
    for row in rows:
        part = judging.rows_of(folder, row, frames)
        some = labels.get(row["sequence"], [])
        if len(some) != len(part):
            judging.refuse(folder / "labels.csv", f"{len(part)} labels of {row['sequence']}", len(some))
        if row["exercise"] == "plank":
            planks(part, some, path)
        elif set(some) <= {"up", "down"}:
            stages(part, some, row["exercise"], path)
        else:
            print(f"{row['sequence']}: labels {sorted(set(some))} are not judged")


def describe(events):
    """What Laban tells of a video's repetitions: the middle of each value."""
    found = [e for e in repetitions(events) if e.get("by") == "rule"]
    values = []
    for e in found:
        faults = {fault["name"]: fault["value"] for fault in e.get("faults", [])}
        names = [line.split("name: ")[1].split(",")[0] for line in GAUGES.strip().splitlines()]
        values.append([faults.get(name, np.nan) for name in names] + [e.get("rom_deg", np.nan), e["down_s"], e["up_s"]])
    middle = np.nanmedian(values, axis=0) if values else np.full(13, np.nan)
    return np.append(middle, [len(found) == 0, np.mean([bool(e.get("partial")) for e in found]) if found else 0])


def fit(features, wrong):
    """A logistic line with a weight on its size, by Newton's method."""
    weights = np.zeros(features.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-features @ weights))
        curve = features.T * (p * (1 - p)) @ features + 3 * np.eye(len(weights))
        weights -= np.linalg.solve(curve, features.T @ (p - wrong) + 3 * weights)
    return weights


def by_video(folder, rows, path, rules):
    judging.need(folder / "sequences.csv", rows, "bottoms")
    judging.need(folder / "sequences.csv", rows, "width", "height", "fps", gaps=True)
    frames = judging.array(folder / "frames.npy", None, 33, 4).astype(float)
    features, wrong, half, plain, counts = [], [], [], [], []
    seen = {"correct": 0, "wrong": 0}
    for row in rows:
        part = judging.rows_of(folder, row, frames)
        aspect = float(row["width"]) / float(row["height"]) if row["width"] else None
        write(path, part, float(row["fps"] or 30), aspect)
        as_is = repetitions(told(path, "push_up"))
        faulty = [bool(e.get("faults")) or bool(e.get("partial")) for e in as_is]
        plain.append(not faulty or np.mean(faulty) >= 0.5)
        counts.append((sum(not e.get("partial") for e in as_is), int(row["bottoms"])))
        features.append(describe(told(path, "push_up", "--gestures", str(rules))))
        wrong.append(row["label"] == "wrong")
        half.append(seen[row["label"]] % 2)
        seen[row["label"]] += 1
    features, wrong, half = np.array(features), np.array(wrong), np.array(half)
    print(f"push-ups: {len(wrong)} videos, {wrong.mean():.3f} wrong; counted within one "
          f"{np.mean([abs(a - b) <= 1 for a, b in counts]):.3f}")
    print(f"rule as it is: {np.mean(np.array(plain) == wrong):.3f} right")
    hits = []
    for train in (0, 1):
        known = features[half == train]
        centre, spread = np.nanmedian(known, axis=0), np.nanstd(known, axis=0) + 1e-6
        scaled = np.clip(np.nan_to_num((features - centre) / spread), -3, 3)
        scaled = np.hstack([scaled, scaled**2, np.ones((len(scaled), 1))])
        weights = fit(scaled[half == train], wrong[half == train])
        hits.append(np.mean((scaled[half != train] @ weights > 0) == wrong[half != train]))
    print(f"line found on one half, measured on the other: {np.mean(hits):.3f} right ({hits[0]:.3f}, {hits[1]:.3f})")


def main():
    folders = judging.folders(__doc__)
    with tempfile.TemporaryDirectory() as place:
        rules = Path(place) / "rules"
        rules.mkdir()
        for folder in folders:
            rows = judging.table(folder / "sequences.csv", "start", "frames", ("label", "exercise"))
            if "label" in rows[0]:
                text = (judging.CHECKOUT / "Gestures/exercises/push_up.yaml").read_text()
                (rules / "push_up.yaml").write_text(text.split("faults:")[0] + "faults:" + GAUGES)
                by_video(folder, rows, f"{place}/skeletons.jsonl", rules)
            else:
                by_frame(folder, rows, f"{place}/skeletons.jsonl")


main()
