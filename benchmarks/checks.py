"""How good and how quick the checker is, on every answer of the bank.

Run with ``make bench``. It prints how many answers are judged rightly, how many mistakes are named and how many of
the names are the ones that the bank's authors gave, and the CPU time of a check. Times are of this machine at this
moment: compare medians of one run, not runs.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

FRESH = """
import time
start = time.process_time()
import bpkit
light = time.process_time() - start
bpkit.check("1.4", "8(5x^3 - x - 1)(15x^2 - 1)")
print(light, time.process_time() - start)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BPKIT_PROGRESS"] = str(Path(folder) / "progress.sqlite")
        fresh()
        judged()


def fresh() -> None:
    """Print what the first check in a fresh kernel costs."""
    runs = [
        [float(part) for part in subprocess.check_output([sys.executable, "-c", FRESH], text=True).split()]
        for _ in range(5)
    ]
    light, first = (statistics.median(run[place] for run in runs) for place in (0, 1))
    print(f"import bpkit: {light:.3f} s CPU; with the first check: {first:.2f} s CPU (medians of 5)\n")


def judged() -> None:
    """Judge every answer of the bank, once to warm up and once to measure."""
    from bank import EVERY_RIGHT, EVERY_WRONG
    from bpkit.checking import Function
    from bpkit.course import find

    answers = [(exercise, None, given, True) for exercise, given in EVERY_RIGHT]
    answers += [(exercise, slug, given, False) for exercise, slug, given in EVERY_WRONG]
    for exercise, _, given, _ in answers:
        find(exercise).judge(*given)

    seen: dict[str, Counter[str]] = {}
    times: dict[str, list[float]] = {}
    whole, expressions = Counter[str](), []
    for exercise, slug, given, right in answers:
        start = time.process_time()
        verdict = find(exercise).judge(*given)
        took = 1000 * (time.process_time() - start)
        times.setdefault(exercise, []).append(took)
        if not any(isinstance(answer, Function) for answer in find(exercise).problem().answers):
            expressions.append(took)
        marks = ["right" if right else "wrong", f"{'right' if right else 'wrong'} {verdict.status}"]
        if not right and verdict.misconception:
            marks += ["named", "named as labelled"] if verdict.misconception == slug else ["named"]
        for counter in (seen.setdefault(exercise, Counter()), whole):
            counter.update(marks)

    print(f"{'':>5}{'right':>7}{'accept':>8}{'reject':>8}{'wrong':>8}{'accept':>8}{'undec.':>8}", end="")
    print(f"{'named':>8}{'rightly':>9}{'median':>9}{'p99':>8}")
    for exercise, counter in (*seen.items(), ("all", whole)):
        took = sorted(times.get(exercise) or [t for some in times.values() for t in some])
        undecided = counter["right undecided"] + counter["wrong undecided"]
        rejected = counter["right"] - counter["right correct"] - counter["right undecided"]
        row = (
            counter["right"],
            counter["right correct"],
            rejected,
            counter["wrong"],
            counter["wrong correct"],
            undecided,
        )
        print(f"{exercise:>5}{row[0]:>7}" + "".join(f"{number:>8}" for number in row[1:]), end="")
        print(f"{counter['named']:>8}{counter['named as labelled']:>9}", end="")
        print(f"{centile(took, 50):>7.1f}ms{centile(took, 99):>6.0f}ms")

    named, wrong = whole["named"], whole["wrong"]
    print(f"\nwrong answers named: {named / wrong:.1%}; of the names right: {whole['named as labelled'] / named:.1%}")
    print(f"all but functions: median {centile(sorted(expressions), 50):.1f} ms, ", end="")
    print(f"p99 {centile(sorted(expressions), 99):.0f} ms CPU a check, answers {len(expressions)}")


def centile(values: list[float], percent: int) -> float:
    """Return the value below which so many per cent of the sorted values lie."""
    return values[min(len(values) - 1, len(values) * percent // 100)]


if __name__ == "__main__":
    main()
