#!/usr/bin/env python3
"""Judge how often repetitions are told where nobody does the exercise: full repetitions in ten minutes, by exercise.

    .scripts/judge-silence.py SET [SET ...]

SET is a folder with frames.npy (millimetres, y up) and sequences.csv: cmu-mocap, cmu-dance or kinder-gator. Every sequence goes
through `laban run`, as LABAN (.build/release/laban where not set) does it, one after another with pauses between, each as a person
of its own. In kinder-gator what a sequence's name says is done there is left out: jacks where jacks are asked for, lunges likewise,
raises where arms or legs are to be raised.
"""
import tempfile
from collections import Counter

import numpy as np

import judging
import skeleton_lines

# Joints in the order of kinect20: centre of the hips, spine, neck, head, left arm, right arm, left leg, right leg.
DANCE = [0, 1, 3, 4, 11, 12, 13, 14, 6, 7, 8, 9, 19, 20, 21, 22, 15, 16, 17, 18]
LAYOUTS = {20: ("kinect20", None, [-1, -1, 1]), 23: ("kinect20", DANCE, [1, -1, -1]), 31: ("cmu31", None, [1, -1, -1])}
SHOWN = {
    "jumping_jack": ["jumping_jack"],
    "lunge": ["lunge"],
    "leg_raise": ["leg", "knee"],
    "lateral_raise": ["raise"],
    "front_raise": ["raise"],
}
PAUSE = 5_000_000


def write(path, folder, rows):
    """All sequences as one file of skeletons, each by a track of its own; their lengths in seconds."""
    frames = judging.array(folder / "frames.npy", None, None, 3)
    clock = folder / "times_ms.npy"
    times = judging.array(clock, len(frames)) if clock.exists() else None
    if frames.shape[1] not in LAYOUTS:
        judging.refuse(folder / "frames.npy", f"{' or '.join(map(str, LAYOUTS))} joints", frames.shape[1])
    topology, joints, axes = LAYOUTS[frames.shape[1]]
    lengths, begin, index = [], 0, 0
    with open(path, "w") as out:
        for track, row in enumerate(rows, 1):
            newest = begin - 1
            first = int(row["start"])
            for frame, points in enumerate(judging.rows_of(folder, row, frames)):
                points = np.asarray(points, float) / 1000
                points = points if joints is None else points[joints]
                after = int(times[first + frame]) * 1000 if times is not None else frame * 1_000_000 // 30
                newest = max(newest + 1000, begin + after)
                person = skeleton_lines.person(track, world=np.round((points - points[0]) * axes, 4).tolist())
                print(skeleton_lines.line(index, newest, topology, [person]), file=out)
                index += 1
            lengths.append((newest - begin) / 1e6)
            begin = newest + PAUSE
    return lengths


def main():
    for folder in judging.folders(__doc__):
        rows = judging.table(folder / "sequences.csv", "start", "frames", "sequence")
        with tempfile.TemporaryDirectory() as place:
            path = f"{place}/skeletons.jsonl"
            lengths = write(path, folder, rows)
            events = judging.laban("run", path, "--json")
        told = Counter()
        for event in events:
            if event["type"] == "laban.rep" and not event.get("partial"):
                told[event["label"], event["track"]] += 1
        print(f"{folder.name}: {len(rows)} sequences, {sum(lengths) / 60:.1f} minutes")
        for name in sorted({name for name, _ in told}):
            others = [
                number for number, row in enumerate(rows, 1)
                if not any(word in row.get("motion", "") for word in SHOWN.get(name, []))]
            minutes = sum(lengths[number - 1] for number in others) / 60
            false = Counter({number: told[name, number] for number in others if told[name, number]})
            where = ", ".join(
                f"{rows[number - 1]['sequence']} {count}" for number, count in false.most_common(4))
            done = [number for number in range(1, len(rows) + 1) if number not in others]
            found = f"; told in {sum(told[name, number] > 0 for number in done)} of {len(done)} where it is done" if done else ""
            print(f"  {name:16} {sum(false.values()) / minutes * 10:5.1f} in 10 minutes  {where}{found}")


main()
