#!/usr/bin/env python3
"""Judge how well repetitions are counted: OBO and MAE, by exercise, with the exercise unknown and given.

    .scripts/judge-counts.py SET [SET ...]

SET is a folder with frames.npy and sequences.csv. With a column `count` each sequence is counted as it is: 33 points in the
picture (RepCount-pose, Countix-Fitness-pose), each scaled to 0...1. With a column `episode` (UI-PRMD) the repetitions of one
subject and movement are played one after another; their number is the truth. Everything goes through `laban count`, as
LABAN (.build/release/laban where not set) does it: unknown is `--model none`, given is `--exercise NAME` beside it.
Printed are, of the unknown: the most that was counted under one name, and whether the set with most repetitions was named
right; and of the given: what was counted in all.
"""
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

import judging
import skeleton_lines

NAMES = {
    "jump_jack": "jumping_jack", "situp": "sit_up", "pull_ups": "pull_up", "bench_pressing": "bench_press",
    "deep_squat": "squat", "inline_lunge": "lunge",
}


def lines(frames, rate, topology, key):
    """Skeleton lines of one person; a frame of zeros has nobody in it."""
    for index, frame in enumerate(frames):
        people = [skeleton_lines.person(**{key: np.round(frame, 4).tolist()})] if np.any(frame) else []
        yield skeleton_lines.line(index, index * 1e6 / rate, topology, people)


def counted(folder, table, frames):
    """Sequences whose number of repetitions is known: exercise, number, lines."""
    for row in table:
        exercise = NAMES.get(row["action"], row["action"])
        rate = float(row.get("fps") or 30)
        part = judging.rows_of(folder, row, frames) / 65535.0
        yield exercise, judging.whole(folder / "sequences.csv", row, "count"), lines(part, rate, "blazepose33", "image")


def joined(folder, table, frames):
    """Single repetitions of one person, put one after another."""
    groups = defaultdict(list)
    for row in table:
        groups[row["movement_name"], row["subject"], row["correct"]].append(row)
    for (movement, _, _), rows in sorted(groups.items()):
        rows.sort(key=lambda row: judging.whole(folder / "sequences.csv", row, "episode"))
        parts = [np.asarray(judging.rows_of(folder, row, frames), float) for row in rows]
        whole = np.concatenate(parts)
        points = (whole - whole[:, :1]) * [1, -1, 1] / 1000
        yield NAMES.get(movement, movement), len(rows), lines(points, 30, "kinect22", "world")


def count(path, *words):
    """Full repetitions by the name of their set, which may be known later than they are."""
    events = judging.laban("count", path, "--json", "--model", "none", *words)
    names = {(e["track"], e["index"]): e["label"] for e in events if e["type"] == "laban.set"}
    full = [e for e in events if e["type"] == "laban.rep" and not e.get("partial")]
    return Counter(names[e["track"], e["set"]] for e in full)


def figures(pairs):
    errors = np.array([abs(found - truth) for found, truth in pairs])
    truths = np.array([max(1, truth) for _, truth in pairs])
    return f"{np.mean(errors <= 1):.3f}  {np.mean(errors / truths):.3f}"


def main():
    folders = judging.folders(__doc__)
    rules = {row["name"] for row in judging.laban("gesture", "list", "--json") if row["kind"] == "exercise"}
    for folder in folders:
        table = judging.table(folder / "sequences.csv", "start", "frames", ("count", "episode"))
        sequences, *columns = (
            (joined, "movement_name", "subject", "correct") if "episode" in table[0] else (counted, "action"))
        judging.need(folder / "sequences.csv", table, *columns)
        frames = judging.array(folder / "frames.npy", None, 22 if sequences == joined else 33, 3)
        rows = defaultdict(list)
        with tempfile.TemporaryDirectory() as place:
            path = f"{place}/skeletons.jsonl"
            for exercise, truth, text in sequences(folder, table, frames):
                Path(path).write_text("\n".join(text) + "\n")
                found = count(path)
                given = sum(count(path, "--exercise", exercise).values()) if exercise in rules else None
                rows[exercise].append((truth, found, given))
        print(f"{folder.name}\n{'exercise':44}  n    unknown OBO MAE   named right   given OBO MAE")
        for name, some in [*sorted(rows.items()), ("all", [row for part in rows.values() for row in part])]:
            unknown = figures([(max(found.values(), default=0), truth) for truth, found, _ in some])
            named = [found.most_common(1)[0][0] == name for _, found, _ in some if found]
            right = "" if name == "all" else f"{sum(named) / len(some):.2f}"
            known = [(given, truth) for truth, _, given in some if given is not None]
            by_name = f"{figures(known)} of {len(known)}" if known else "no rule"
            print(f"{name:44}  {len(some):3}  {unknown:16}  {right:12}  {by_name}")


main()
