"""How fast a network trains: bpkit beside PyTorch, scikit-learn, JAX, and the bare matrix products.

Run with ``make bench``, which installs what it needs. Everybody starts from the same weights and makes the same steps
on the same batches, in float64; their weights, or gradients, must then agree to 1e-9, or this program stops. They take
turns, so that whatever else the machine does meets all alike; a ratio is the median over the rounds of a time divided
by bpkit's in the same round. With ``--write`` the tables go into README.md beside this file.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
from contenders import Task, contenders

ROUNDS = 25
AGREE = 1e-9
TASKS = (
    Task("(a) 3–4–2, batch 1", (3, 4, 2), 1, 400, output="sigmoid"),
    Task("(b) 784–30–10, batch 10", (784, 30, 10), 10, 200),
    Task("(c) 64–128–10, batch 32", (64, 128, 10), 32, 100),
    Task("(d) 784–512–512–10 ReLU, batch 128", (784, 512, 512, 10), 128, 4, hidden="relu"),
    Task("(e) one gradient, 1000 layers of 1", (1,) * 1001, 1, hidden="tanh", output="tanh"),
    Task("(e) one gradient, 100 layers of 32", (32,) * 101, 32, hidden="tanh", output="tanh"),
)
GROWTH = {
    "layers of 64, batch 32": [Task(str(n), (64,) * (n + 1), 32, 20) for n in (2, 4, 8, 16, 32)],
    "neurons in each of 3 layers, batch 32": [Task(str(n), (n,) * 4, 32, 20) for n in (32, 64, 128, 256, 512)],
    "samples in a batch, 64–128–10": [Task(str(n), (64, 128, 10), n, 20) for n in (1, 8, 64, 512, 4096)],
}
COLUMNS = ("PyTorch", "scikit-learn", "JAX, step", "JAX, epoch", "JAX", "bpkit.nn.autodiff", "products")
README = Path(__file__).with_name("README.md")


def main() -> None:
    if "--measure" in sys.argv:
        print(json.dumps(measure(int(sys.argv[-1]))))
        return
    tables = [table(threads) for threads in (1, 2)]
    text = "\n\n".join((versions(), *tables))
    print(text)
    if "--write" in sys.argv:
        before, after = README.read_text(encoding="utf-8").split("<!-- measured -->\n")[::2]
        README.write_text(f"{before}<!-- measured -->\n\n{text}\n\n<!-- measured -->\n{after}", encoding="utf-8")


def table(threads: int) -> str:
    """Measure in a process of its own, as libraries choose their threads when they are imported; return Markdown."""
    variables = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    flags = f"--xla_cpu_multi_thread_eigen={str(threads > 1).lower()} intra_op_parallelism_threads={threads}"
    environment = dict.fromkeys(variables, str(threads)) | {"XLA_FLAGS": flags, "JAX_ENABLE_X64": "1"}
    command = [sys.executable, __file__, "--measure", str(threads)]
    run = subprocess.run(command, env=os.environ | environment, stdout=subprocess.PIPE, check=True)
    races, growth = json.loads(run.stdout)
    rows = [
        f"**{threads} thread{'s' if threads > 1 else ''}.** Times of bpkit's own:",
        "",
        "| | bpkit, µs | " + " | ".join(COLUMNS) + " |",
        "|---" * (len(COLUMNS) + 2) + "|",
        *(
            f"| {name} | {own:.0f} | " + " | ".join(f"{ratios[c]:.2f}" if c in ratios else "" for c in COLUMNS) + " |"
            for name, own, ratios in races
        ),
        "",
        "A step's time as the network grows, of the first one's; in brackets the bare products' time of the step's:",
        "",
        *(
            f"- {what}: " + ", ".join(f"{size}: {time:.1f} ({products:.2f})" for size, time, products in line)
            for what, line in growth.items()
        ),
    ]
    return "\n".join(rows)


def measure(threads: int) -> tuple[list[object], dict[str, list[object]]]:
    races = []
    for task in TASKS:
        times = race(task, threads)
        own = times.pop("bpkit")
        races.append((task.name, statistics.median(own), {name: _ratio(t, own) for name, t in times.items()}))
    growth: dict[str, list[object]] = {}
    for what, tasks in GROWTH.items():
        line = []
        for task in tasks:
            times = race(task, threads, only=("bpkit", "products"))
            line.append((task.name, statistics.median(times["bpkit"]), _ratio(times["products"], times["bpkit"])))
        growth[what] = [(size, own / line[0][1], products) for size, own, products in line]
    return races, growth


def race(task: Task, threads: int, only: tuple[str, ...] = ()) -> dict[str, list[float]]:
    """Let everybody run in turn; return the times of a step, or of a gradient, in microseconds."""
    runners = {name: runner for name, runner in contenders(task, threads).items() if not only or name in only}
    for runner in runners.values():
        runner.run()
    right = runners["bpkit"].result()
    for name, runner in runners.items():
        if runner.result and not (apart := np.abs(runner.result() - right).max()) <= AGREE:
            raise SystemExit(f"{task.name}: {name} and bpkit are {apart:.1e} apart")
    times: dict[str, list[float]] = {name: [] for name in runners}
    for _ in range(ROUNDS):
        for name, runner in runners.items():
            begun = time.perf_counter()
            runner.run()
            times[name].append((time.perf_counter() - begun) / max(task.steps, 1) * 1e6)
    return times


def _ratio(times: list[float], own: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(times, own, strict=True))


def versions() -> str:
    found = []
    for package in ("numpy", "torch", "scikit-learn", "jax"):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} not installed")
    return f"Python {sys.version.split()[0]}, {', '.join(found)}, {os.cpu_count()} cores."


if __name__ == "__main__":
    main()
