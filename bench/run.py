"""Runs every measure in a process of its own, in turns, and sets the medians of the turns' ratios against their goals.

`python -m bench [--quick]` prints a table and, unless quick, writes bench/results.json and the one in
docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from tests.postgres import PostgresNotFoundError, temporary_postgres

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
LONGEST = 300  # seconds for one measure
GOALS: dict[str, tuple[str, float]] = {
    "attach_bulk_sqlite": (">=", 0.6),
    "attach_bulk_postgres": (">=", 0.7),
    "attach_vs_spiff": (">=", 10),
    "attach_vs_viewflow": (">=", 30),
    "attach_stall": ("<=", 0.08),
    "complete_core": (">=", 0.4),
    "complete_vs_spiff": (">=", 2),
    "complete_vs_viewflow": (">=", 6),
    "complete_http": (">=", 0.7),
    "middleware": (">=", 0.35),
    "task_page": (">=", 0.3),
    "my_work_page": (">=", 0.3),
    "growth_complete": ("<=", 1.25),
    "growth_my_work": ("<=", 1.25),
    "queries_complete": ("<=", 8),
    "queries_task_page": ("<=", 10),
    "queries_my_work": ("<=", 8),
    "generate_bulk_sqlite": (">=", 0.4),
    "generate_bulk_postgres": (">=", 0.4),
    "generate_mb": ("<=", 300),
}
RATIOS = {
    "attach_bulk_sqlite": ("attach_w_s", "attach_floor_w_s"),
    "attach_bulk_postgres": ("pg_attach_w_s", "pg_attach_floor_w_s"),
    "attach_vs_spiff": ("attach_w_s", "spiff_attach_s"),
    "attach_vs_viewflow": ("attach_w_s", "viewflow_attach_s"),
    "complete_core": ("complete_s", "complete_floor_s"),
    "complete_vs_spiff": ("normal_complete_s", "spiff_complete_s"),
    "complete_vs_viewflow": ("normal_complete_s", "viewflow_complete_s"),
    "complete_http": ("complete_http_s", "complete_http_floor_s"),
    "middleware": ("empty_s", "bare_s"),
    "task_page": ("task_page_s", "empty_s"),
    "my_work_page": ("my_work_s", "empty_s"),
    "generate_bulk_sqlite": ("generate_s", "generate_floor_s"),
    "generate_bulk_postgres": ("pg_generate_s", "pg_generate_floor_s"),
}


def main() -> int:
    """Measure, print, write. 0 whatever the figures are: timing decides no test."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one repetition on small numbers, to see that it runs")
    parser.add_argument("--repeat", type=int, default=5)
    quick = parser.parse_args().quick
    repeat = 1 if quick else parser.parse_args().repeat
    peers = peer_python()
    turns = []
    for turn in range(repeat):
        turns.append(one_turn(peers, quick=quick, first=turn == 0))
        print(f"turn {turn + 1} of {repeat} done", file=sys.stderr)
    figures, ratios = medians(turns), medians([ratios_of(turn) for turn in turns])
    print(table(ratios, figures))
    result = {"ratios": ratios, "figures": figures, "machine": machine(), "versions": versions(), "repetitions": repeat}
    if not quick:
        (HERE / "results.json").write_text(json.dumps(result, indent=2, sort_keys=True) + "\n")
        PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), ratios, repeat), encoding="utf-8")
    return 0


def one_turn(peers: str | None, *, quick: bool, first: bool) -> dict[str, float]:
    """Every measure once; what is slow or does not vary (growth, statements) in the first turn only."""
    small = (
        {
            "BENCH_ATTACH": "1000",
            "BENCH_GENERATE": "1000",
            "BENCH_MANY": "5000",
            "BENCH_PAGES": "5000",
            "BENCH_SECONDS": "1",
        }
        if quick
        else {}
    )
    found = measure("attach", small | {"BENCH_STALL": "1"})
    found |= measure("generate", small)
    found |= measure("complete", small)
    normal = measure("complete", small | {"BENCH_SYNC_NORMAL": "1"})
    found |= {f"normal_{name}": figure for name, figure in normal.items()}
    found |= measure("http", small)
    if first:
        found |= measure("statements", small) | measure("growth", small)
    if peers is not None:
        found |= peer(peers, "spiff.py", 200 if quick else 2000) | peer(
            peers, "viewflow_peer.py", 100 if quick else 500
        )
    found |= on_postgres(small)
    return found


def on_postgres(small: Mapping[str, str]) -> dict[str, float]:
    """Attaching and generating on a PostgreSQL started for the purpose; nothing where there is none."""
    try:
        with temporary_postgres() as address:
            # Without a pool: its threads take their time to end with the process.
            settings = {"NATRIUM_DATABASE_URL": address, "NATRIUM_DATABASE_POOL": "0"}
            figures = measure("attach", {**small, **settings})
        with temporary_postgres() as address:
            settings["NATRIUM_DATABASE_URL"] = address
            figures |= measure("generate", {**small, **settings})
    except PostgresNotFoundError as error:
        print(f"{error} Its ratios are left out.", file=sys.stderr)
        return {}
    return {f"pg_{name}": figure for name, figure in figures.items()}


def measure(name: str, extra: Mapping[str, str]) -> dict[str, float]:
    """The figures of one measure, taken in a process and a data folder of its own; none where it fails."""
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="natrium-bench-") as folder:
        settings = {"NATRIUM_DATA": f"{folder}/data", **extra}
        command = [sys.executable, "-m", f"bench.measures.{name}"]
        figures = answer(command, os.environ | settings)
    print(f"  {name:<12} {time.monotonic() - begin:5.0f} s", file=sys.stderr)
    return figures


def answer(command: list[str], environment: Mapping[str, str] | None = None) -> dict[str, float]:
    """The figures that a command prints in its last line; none, and a word about it, where it fails or hangs."""
    try:
        done = subprocess.run(
            command, env=environment, cwd=HERE.parent, check=True, stdout=subprocess.PIPE, timeout=LONGEST
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        print(f"{error} Its figures are left out.", file=sys.stderr)
        return {}
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def peer(python: str, script: str, count: int) -> dict[str, float]:
    """A peer's figures, from its own environment."""
    return answer([python, str(HERE / "peers" / script), str(count)])


def peer_python() -> str | None:
    """The Python of the peers' environment, made where it is missing; None where it cannot be."""
    folder = HERE.parent / ".bench-peers"
    python = folder / "bin" / "python"
    if not python.exists():
        lock = HERE.parent / "requirements" / "bench-peers.txt"
        try:
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
            subprocess.run([str(python), "-m", "pip", "-q", "install", "--require-hashes", "-r", str(lock)], check=True)
        except subprocess.CalledProcessError:
            shutil.rmtree(folder, ignore_errors=True)
            print("The peers could not be installed; their ratios are left out.", file=sys.stderr)
            return None
    return str(python)


def ratios_of(figures: Mapping[str, float]) -> dict[str, float]:
    """Each goal's ratio (or count) in one turn, as far as it was measured."""
    ratios = {
        name: figures[ours] / figures[theirs]
        for name, (ours, theirs) in RATIOS.items()
        if ours in figures and theirs in figures
    }
    return ratios | {name: figures[name] for name in GOALS if name in figures}


def medians(turns: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The median of each figure over the turns that have it. Of ratios too: a turn's two figures met one machine."""
    found: dict[str, list[float]] = defaultdict(list)
    for turn in turns:
        for name, figure in turn.items():
            found[name].append(figure)
    return {name: statistics.median(values) for name, values in found.items()}


def table(ratios: Mapping[str, float], figures: Mapping[str, float]) -> str:
    """Goals and figures side by side; then the absolute figures."""
    lines = [f"{'id':<22} {'goal':>8} {'figure':>9}  met"]
    for name, (sign, goal) in GOALS.items():
        figure = f"{ratios[name]:.3f}" if name in ratios else "-"
        lines.append(f"{name:<22} {sign} {goal:>5} {figure:>9}  {met(name, ratios)}")
    lines += ["", *(f"{name:<26} {figure:>12,.1f}" for name, figure in sorted(figures.items()))]
    return "\n".join(lines)


def met(name: str, ratios: Mapping[str, float]) -> str:
    """Whether a goal is met, in a word."""
    sign, goal = GOALS[name]
    if name not in ratios:
        return "not measured"
    return "yes" if (ratios[name] >= goal if sign == ">=" else ratios[name] <= goal) else "no"


def with_table(text: str, ratios: Mapping[str, float], repetitions: int) -> str:
    """The page about speed with this run's goals and figures in place of the last one's."""
    lines = [f"Medians of {repetitions} turns:", "", "| id | goal | figure | met |", "|---|---|---|---|"]
    for name, (sign, goal) in GOALS.items():
        figure, word = f"{ratios[name]:.2f}" if name in ratios else "-", met(name, ratios)
        lines.append(f"| `{name}` | {sign} {goal} | {figure} | {f'**{word}**' if word == 'no' else word} |")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{'\n'.join(lines)}\n{END}{rest.split(END)[1]}"


def machine() -> dict[str, object]:
    """What it ran on, in the words that matter for a comparison."""
    return {"cores": os.cpu_count(), "system": platform.system(), "processor": platform.machine()}


def versions() -> dict[str, str]:
    """What was measured with."""
    names = ("Django", "granian", "psycopg", "jinja2")
    return {"python": platform.python_version(), **{name.lower(): version(name) for name in names}}


if __name__ == "__main__":
    sys.exit(main())
