#!/usr/bin/env python3
"""Judge how well ids hold: MOTA, IDF1 and switches by motmetrics, HOTA after Luiten et al. (2021).

    pip install motmetrics
    LABAN_CROWD_FOLDER=DIR swift test -c release --filter CrowdTests     # or any pairs of files
    .scripts/judge-tracks.py DIR [NAME ...]

Reads NAME.truth.jsonl and NAME.result.jsonl, lines of skeletons. Boxes round the joints match from an overlap
of 0.5 on. People of whom less than 0.3 of the joints can be seen (visibility above 0 in the truth) need not be found,
and finding them is no error. Who is out of the picture for more than 2 s is somebody new afterwards. Prints one row a
name and one for each kind of scene, the part of the name before the first dash.
"""
import itertools
import json
import sys
import warnings
from collections import defaultdict

import numpy as np

import judging

warnings.filterwarnings("ignore")
try:
    import motmetrics as mm
    from scipy.optimize import linear_sum_assignment
except ImportError as error:
    judging.refuse("motmetrics", "it to be installed (pip install motmetrics)", error)

OVERLAP, SEEN_SHARE, ABSENCE_US = 0.5, 0.3, 2_000_000
ALPHAS = np.arange(0.05, 0.99, 0.05)


def skeletons(path):
    """The frames of a file of skeleton lines."""
    with open(judging.require(path, "a file of skeletons")) as file:
        for number, text in enumerate(file, 1):
            try:
                line = json.loads(text)
                line["frame"], line["pts_us"], line["people"]
            except (ValueError, TypeError, KeyError) as error:
                judging.refuse(f"{path}:{number}", "a line of skeletons", f"none ({error})")
            yield line


def box(person):
    points = np.array([joint[:2] for joint in person["image"] if joint])
    return np.concatenate([points.min(0), points.max(0)])


def overlaps(a, b):
    if not len(a) or not len(b):
        return np.zeros((len(a), len(b)))
    a, b = np.array(a)[:, None], np.array(b)[None]
    shared = np.clip(np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2]), 0, None).prod(-1)
    area = lambda boxes: (boxes[..., 2:] - boxes[..., :2]).prod(-1)
    return shared / np.maximum(area(a) + area(b) - shared, 1e-12)


def frames(truth_path, result_path):
    """Ids and overlaps of each frame, without the people who do not count."""
    visits, last = defaultdict(int), {}
    for number, (truth, result) in enumerate(itertools.zip_longest(skeletons(truth_path), skeletons(result_path)), 1):
        known, told = (line["frame"] if line else "the end" for line in (truth, result))
        if known != told:
            judging.refuse(f"{result_path}:{number}", f"frame {known}", told)
        ids, counts = [], []
        for person in truth["people"]:
            track, now = person["track"], truth["pts_us"]
            if now - last.get(track, now) > ABSENCE_US:
                visits[track] += 1
            last[track] = now
            ids.append(track + 100 * visits[track])
            counts.append(np.mean([bool(joint) and joint[3] > 0 for joint in person["image"]]) >= SEEN_SHARE)
        found = [person["track"] for person in result["people"]]
        table = overlaps([box(p) for p in truth["people"]], [box(p) for p in result["people"]])
        counts = np.array(counts, bool)
        keep = np.ones(len(found), bool)
        if table.size:
            rows, columns = linear_sum_assignment(-table * (table >= OVERLAP))
            for row, column in zip(rows, columns):
                if table[row, column] >= OVERLAP and not counts[row]:
                    keep[column] = False
        yield [i for i, c in zip(ids, counts) if c], [f for f, k in zip(found, keep) if k], table[counts][:, keep]


def hota(sequence):
    """HOTA, DetA and AssA, means over the thresholds of overlap."""
    truths, tracks = defaultdict(int), defaultdict(int)
    shared = defaultdict(float)
    for ids, found, table in sequence:
        for i in ids:
            truths[i] += 1
        for f in found:
            tracks[f] += 1
        if table.size:
            weight = table / np.maximum(table.sum(0)[None] + table.sum(1)[:, None] - table, 1e-12)
            for r, i in enumerate(ids):
                for c, f in enumerate(found):
                    shared[i, f] += weight[r, c]
    total, boxes = sum(truths.values()), sum(tracks.values())
    hits = np.zeros(len(ALPHAS))
    pairs = [defaultdict(int) for _ in ALPHAS]
    for ids, found, table in sequence:
        if not table.size:
            continue
        align = np.array([[shared[i, f] / (truths[i] + tracks[f] - shared[i, f]) for f in found] for i in ids])
        rows, columns = linear_sum_assignment(-align * table)
        for row, column in zip(rows, columns):
            for index in np.flatnonzero(table[row, column] >= ALPHAS - 1e-9):
                hits[index] += 1
                pairs[index][ids[row], found[column]] += 1
    detection = hits / np.maximum(total + boxes - hits, 1)
    association = np.array(
        [
            sum(n * n / (truths[i] + tracks[f] - n) for (i, f), n in table.items()) / max(hit, 1)
            for table, hit in zip(pairs, hits)
        ]
    )
    return np.sqrt(detection * association).mean(), detection.mean(), association.mean()


def main():
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    folder = judging.folder(sys.argv[1], "a folder with NAME.truth.jsonl and NAME.result.jsonl")
    names = sys.argv[2:] or sorted(p.name[: -len(".truth.jsonl")] for p in folder.glob("*.truth.jsonl"))
    if not names:
        judging.refuse(folder, "NAME.truth.jsonl and NAME.result.jsonl", "none")
    host = mm.metrics.create()
    kinds = defaultdict(list)
    print(f"{'scene':24}{'HOTA':>8}{'IDF1':>8}{'MOTA':>8}{'switches/min':>14}{'DetA':>8}{'AssA':>8}")
    for name in names:
        sequence = list(frames(folder / f"{name}.truth.jsonl", folder / f"{name}.result.jsonl"))
        with open(folder / f"{name}.truth.jsonl") as file:
            minutes = json.loads(file.readlines()[-1])["pts_us"] / 6e7
        judge = mm.MOTAccumulator(auto_id=True)
        for ids, found, table in sequence:
            judge.update(ids, found, np.where(table >= OVERLAP, 1 - table, np.nan))
        row = host.compute(judge, metrics=["idf1", "mota", "num_switches", "num_objects"]).iloc[0]
        score, detection, association = hota(sequence)
        values = (score, row["idf1"], row["mota"], row["num_switches"] / minutes, detection, association)
        kinds[name.split("-")[0]].append((row["num_objects"], values))
        print(f"{name:24}" + "%8.3f%8.3f%8.3f%14.2f%8.3f%8.3f" % values)
        parts = name.split("-")
        if len(parts) == 3:
            kinds["-".join(parts[:2])].append((row["num_objects"], values))
    print()
    for kind, rows in sorted(kinds.items()):
        weights = np.array([weight for weight, _ in rows], float)
        means = np.average([values for _, values in rows], axis=0, weights=weights)
        print(f"{kind:24}" + "%8.3f%8.3f%8.3f%14.2f%8.3f%8.3f" % tuple(means))


main()
