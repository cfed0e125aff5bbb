"""A kernel killed in the middle of checks loses nothing that a student has seen recorded."""

import os
import random
import sqlite3
import time

from jupyter_client.manager import KernelManager

from bpkit.student.store import Store

KILLS = int(os.environ.get("BPKIT_KILLS", "6"))

ENDLESS = """
import bpkit
number = 0
while True:
    bpkit.check("0.1", f"{PREFIX} + {number}")
    print(PREFIX, number, flush=True)
    number += 1
"""


def printed_until(client, seconds):
    """Return what the kernel prints from its first line on, for some time."""
    text = ""
    deadline = None
    while deadline is None or time.monotonic() < deadline:
        try:
            message = client.get_iopub_msg(timeout=60 if deadline is None else max(deadline - time.monotonic(), 0.001))
        except Exception:  # queue.Empty: the time is over
            break
        if message["msg_type"] == "stream":
            text += message["content"]["text"]
            deadline = deadline or time.monotonic() + seconds
        assert message["msg_type"] != "error", message["content"]
    return text


def test_no_answer_is_lost_when_the_kernel_is_killed(tmp_path, monkeypatch):
    path = tmp_path / "progress.sqlite"
    monkeypatch.setenv("BPKIT_PROGRESS", str(path))
    rng = random.Random(1)
    seen = set()
    for kill in range(1, KILLS + 1):
        kernel = KernelManager(kernel_name="python3")
        kernel.start_kernel()
        client = kernel.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=60)
            client.execute(f"PREFIX = {kill}\n{ENDLESS}")
            text = printed_until(client, rng.uniform(0.0, 0.3))
        finally:
            kernel.shutdown_kernel(now=True)
            client.stop_channels()
        lines = [line for line in text.splitlines(keepends=True) if line.endswith("\n")]
        seen |= {tuple(line.split()) for line in lines}
        assert lines

    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        recorded = {tuple(row[0].split(" + ")) for row in database.execute("SELECT answer FROM event")}
    database.close()
    assert seen <= recorded
    assert len({prefix for prefix, _ in seen}) == KILLS
    assert Store(path).standings()["0.1"].attempts == len(recorded)
