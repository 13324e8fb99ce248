"""What the judges beside this file share: data sets, and Laban run from any folder."""
import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

CHECKOUT = Path(__file__).resolve().parent.parent
# What is written as a path is one from where the judge was started.
LABAN = os.environ.get("LABAN") or str(CHECKOUT / ".build/release/laban")
LABAN = os.path.abspath(LABAN) if "/" in LABAN else LABAN


def refuse(file, expected, found):
    """Ends with one line that says what is wrong with the input."""
    print(f"{file}: expected {expected}, found {found}", file=sys.stderr)
    sys.exit(2)


def require(file, expected="a file"):
    """The file, if it is there."""
    if not file.is_file():
        refuse(file, expected, "a folder" if file.is_dir() else "none")
    return file


def table(file, *columns):
    """The rows of a CSV file with these columns, of which one may be a tuple: one of those is asked for."""
    try:
        with open(require(file), newline="", encoding="utf-8-sig") as text:
            rows = list(csv.DictReader(text))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        refuse(file, "a table", error)
    if not rows:
        refuse(file, "rows under a heading", "none")
    need(file, rows, *columns)
    return rows


def need(file, rows, *columns, gaps=False):
    """Refuses a table that lacks a column, or has an empty cell in it unless there may be gaps."""
    for column in columns:
        names = [column] if isinstance(column, str) else column
        known = [name for name in names if name in rows[0]]
        if not known:
            refuse(file, f"a column {' or '.join(names)}", ", ".join(filter(None, rows[0])))
        for number, row in enumerate(rows, 1):
            for name in known:
                if not gaps and not (row[name] or "").strip():
                    refuse(file, f"something in column {name} of row {number}", "nothing")


def whole(file, row, column):
    """The whole number in a column of a row."""
    try:
        return int(row[column])
    except ValueError:
        refuse(file, f"a whole number in column {column}", row[column])


def array(file, *shape):
    """A NumPy array of a shape, in which None may be any number; read as it is asked for."""
    try:
        found = np.load(require(file), mmap_mode="r")
    except (OSError, ValueError, EOFError) as error:
        refuse(file, "an array", str(error).splitlines()[0])
    if len(found.shape) != len(shape) or any(a not in (b, None) for a, b in zip(shape, found.shape)):
        wanted = ", ".join("any" if size is None else str(size) for size in shape)
        refuse(file, f"an array of shape ({wanted})", found.shape)
    return found


def rows_of(folder, row, frames):
    """The rows of an array that belong to a row of the table."""
    start, count = (whole(folder / "sequences.csv", row, column) for column in ("start", "frames"))
    if start < 0 or count < 1 or start + count > len(frames):
        refuse(folder / "sequences.csv", f"rows within the {len(frames)} of frames.npy", f"{count} from {start}")
    return frames[start : start + count]


def laban(*words):
    """What Laban prints as JSON lines; ends where it cannot be run or fails."""
    try:
        result = subprocess.run([LABAN, *map(str, words)], capture_output=True, text=True, cwd=CHECKOUT)
    except OSError as error:
        refuse(LABAN, "the program laban (LABAN names another; swift build -c release makes it)", error.strerror)
    if result.returncode:
        sys.exit(f"{LABAN} {' '.join(map(str, words))}: {result.stderr.strip()}")
    return [json.loads(line) for line in result.stdout.splitlines()]


def folder(name, expected="a folder with frames.npy and sequences.csv"):
    """The folder of that name, if there is one."""
    if not Path(name).is_dir():
        refuse(name, expected, "a file" if Path(name).exists() else "none")
    return Path(name).resolve()


def folders(usage):
    """The folders that the command line names."""
    if len(sys.argv) < 2:
        print(usage, file=sys.stderr)
        sys.exit(2)
    return [folder(name) for name in sys.argv[1:]]
