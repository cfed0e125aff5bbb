"""How long a check takes: every answer of the bank in a warm process, and the first check in a fresh one.

Run with ``make bench``. Times are of this machine at this moment: compare medians of one run, not runs.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
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
        fresh = [
            [float(part) for part in subprocess.check_output([sys.executable, "-c", FRESH], text=True).split()]
            for _ in range(5)
        ]
        print(f"import bpkit, CPU:                   median {statistics.median(f[0] for f in fresh):.3f} s of 5")
        print(f"import and first check, CPU:         median {statistics.median(f[1] for f in fresh):.2f} s of 5\n")

        import bpkit
        from bank import EVERY_RIGHT, EVERY_WRONG

        answers = [*EVERY_RIGHT, *((exercise_id, given) for exercise_id, _, given in EVERY_WRONG)]
        for exercise_id, given in answers:
            bpkit.check(exercise_id, *given)
        times: dict[str, list[float]] = {}
        slowest = (0.0, "", "")
        for exercise_id, given in answers:
            start = time.perf_counter()
            bpkit.check(exercise_id, *given)
            took = 1000 * (time.perf_counter() - start)
            times.setdefault(exercise_id, []).append(took)
            slowest = max(slowest, (took, exercise_id, str(given)[:60]))
    print(f"{'exercise':>8} {'answers':>8} {'median ms':>10} {'slowest ms':>11}")
    for exercise_id, took in times.items():
        print(f"{exercise_id:>8} {len(took):>8} {statistics.median(took):>10.1f} {max(took):>11.1f}")
    every = [t for took in times.values() for t in took]
    print(f"{'all':>8} {len(every):>8} {statistics.median(every):>10.1f} {max(every):>11.1f}")
    print(f"\nslowest: {slowest[1]} {slowest[2]}, {slowest[0]:.0f} ms")


if __name__ == "__main__":
    main()
