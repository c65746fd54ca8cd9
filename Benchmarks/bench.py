"""Times tandem and its peers in turn and prints ratios; see run and README.md.

Times are CPU seconds (user and system) of whole processes, the median of several runs, so that a
busy machine changes them little. Wall time is given where threads are compared.
"""

import glob
import os
import resource
import statistics
import subprocess
import sys
import time

TANDEM, WORK, DATA, WHAT = sys.argv[1:5]
HERE = os.path.dirname(os.path.abspath(__file__))
REPEATS = 5


def measure(command, repeats=REPEATS, **options):
    """Median CPU seconds, best wall seconds and peak memory in MB of a command."""
    cpu, wall, peak = [], [], 0
    for _ in range(repeats):
        start = time.monotonic()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options
        )
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            sys.exit(f"bench: failed: {' '.join(command[:4])}")
        wall.append(time.monotonic() - start)
        cpu.append(usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss / 1000)
    return statistics.median(cpu), min(wall), peak


def shards(kind):
    folder = f"{WORK}/{kind}/cold"
    parts = sorted(glob.glob(f"{folder}/part-*.jsonl.zst"))
    zstd, _, _ = measure(["zstd", "-dc", *parts])
    python, _, _ = measure([sys.executable, f"{HERE}/read_python.py", *parts])
    one, wall_one, _ = measure([TANDEM, "shard", "read", folder, "--threads", "1"])
    two, wall_two, _ = measure([TANDEM, "shard", "read", folder, "--threads", "2"])
    content = subprocess.run(
        [TANDEM, "shard", "read", folder, "--json"], capture_output=True, text=True, check=True
    ).stdout
    size = int(content.split('"bytes":')[1].split(",")[0])
    names = {"short": "short rows, text alone", "engine": "traces with token ids and logprobs"}
    print(f"\n## Reading shards into typed rows: {names[kind]}, {size / 1e6:.0f} MB of JSON\n")
    print("| | CPU s | MB/s per CPU s | ratio |\n|---|---|---|---|")
    print(f"| `zstd -dc` alone | {zstd:.3f} | {size / zstd / 1e6:.0f} | 1 |")
    print(f"| tandem, 1 thread | {one:.3f} | {size / one / 1e6:.0f} | {zstd / one:.2f} of zstd, "
          f"{python / one:.2f} times Python |")
    print(f"| Python zstandard + orjson | {python:.3f} | {size / python / 1e6:.0f} | "
          f"{zstd / python:.2f} of zstd |")
    print(f"\nWall: {wall_one:.3f} s with 1 thread, {wall_two:.3f} s with 2: "
          f"{wall_one / wall_two:.2f} times; CPU with 2 threads {two:.3f} s.")


def grading(seed, count=4000, peers=1500):
    pairs, few = f"{WORK}/pairs-{seed}.jsonl", f"{WORK}/pairs-{seed}-few.jsonl"
    with open(pairs, "w") as file:
        subprocess.run(
            [sys.executable, f"{HERE}/grading/pairs.py",
             "--math", f"{DATA}/math/math-evaluation-harness/test.jsonl",
             "--gsm8k", f"{DATA}/gsm8k/test.jsonl", "--seed", str(seed), "--count", str(count)],
            stdout=file, check=True,
        )
    subprocess.run([sys.executable, f"{HERE}/grading/compare.py", TANDEM, pairs, few, str(peers)],
                   check=True)


def auditing():
    cases = sorted(glob.glob(f"{HERE}/../Tests/TandemAnswersTests/Leakage/Cases/*.jsonl"))
    runs = [f"{WORK}/hints-{kind}" for kind in ("short", "long", "raw")]
    subprocess.run([sys.executable, f"{HERE}/auditing/compare.py", TANDEM, *cases, "--", *runs],
                   check=True)


def memory():
    folder = f"{WORK}/big"
    if not os.path.isdir(folder):
        subprocess.run([sys.executable, f"{HERE}/make_shards.py", folder, "2e9",
                        f"{DATA}/gsm8k/example_model_solutions.jsonl"], check=True)
    cpu, wall, peak = measure([TANDEM, "grade", folder, "--level", "2"], repeats=1)
    print("\n## Memory while 2 GB of traces stream through grade\n")
    print(f"Peak {peak:.0f} MB; {cpu:.1f} CPU s, {wall:.1f} s wall.")


print(f"# {os.cpu_count()} cores; CPU seconds, median of {REPEATS}")
shards("short")
shards("engine")
grading(1)
grading(2)
auditing()
if WHAT == "all":
    memory()
