"""Compares `tandem audit` with a regular expression in Python: recall and precision on the labelled cases, and speed.

Usage: compare.py TANDEM CASES.jsonl... -- RUN...
CASES are rows {question, gold, hint, choices?, severity}; a RUN holds problems/ and hints/ as make_hints.py writes them.
"""

import io
import json
import os
import shutil
import statistics
import subprocess
import sys

import orjson
import zstandard

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import baseline  # noqa: E402

LEAKS = {"literal", "equivalent"}
REPEATS = 5


def cpu(command):
    """CPU seconds of a command, and its standard output."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 2):
        sys.exit(f"compare: failed: {' '.join(command[:3])}")
    return usage.ru_utime + usage.ru_stime, output


def labelled(tandem, paths):
    rows = [json.loads(line) for path in paths for line in open(path, encoding="utf-8")]
    rows = [row for row in rows if row["severity"] != "any"]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    output = subprocess.run([tandem, "audit", "--hints", "-", "--json"], input=text,
                            capture_output=True, text=True).stdout
    found = {
        "tandem audit": [json.loads(line)["severity"] in LEAKS for line in output.splitlines()],
        "Python, regular expression": [baseline.leaks(r["gold"], r["hint"]) for r in rows],
    }
    truth = [bool(LEAKS & set(row["severity"].split("|"))) for row in rows]
    print(f"\n## Labelled cases: {len(rows)}, {sum(truth)} of them leaks\n")
    print("| | leaks found | alarms that are right |\n|---|---|---|")
    for name, alarms in found.items():
        hits = sum(a and t for a, t in zip(alarms, truth))
        print(f"| {name} | {hits} of {sum(truth)} ({hits / sum(truth):.1%}) "
              f"| {hits} of {sum(alarms)} ({hits / max(1, sum(alarms)):.1%}) |")


def rows(folder):
    for name in sorted(os.listdir(folder)):
        if name.endswith(".zst"):
            with open(os.path.join(folder, name), "rb") as file:
                stream = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
                for line in io.BufferedReader(stream, 1 << 20):
                    yield orjson.loads(line)


def python_audit(run):
    """Audits a run with the regular expression, in this process."""
    hints = rows(f"{run}/hints")
    hint = next(hints, None)
    found = 0
    for problem in rows(f"{run}/problems"):
        gold = baseline.pattern(problem["gold"])
        while hint is not None and hint["problem_id"] == problem["id"]:
            found += gold.search(baseline.strip(hint["text"])) is not None
            hint = next(hints, None)
    print(found)


def speed(tandem, run):
    read = [tandem, "shard", "read", f"{run}/problems", f"{run}/hints", "--threads", "1"]
    audit = [tandem, "audit", run, "--threads", "1"]
    size = json.loads(cpu([*read, "--json"])[1])["bytes"]
    commands = {
        "reading the same shards": read,
        "tandem audit --no-derivable": [*audit, "--no-derivable"],
        "tandem audit": audit,
        "Python, regular expression": [sys.executable, __file__, "--python", run],
    }
    times = {name: [] for name in commands}
    for _ in range(REPEATS):
        for name, command in commands.items():
            shutil.rmtree(f"{run}/audit", ignore_errors=True)
            times[name].append(cpu(command)[0])
    best = {name: statistics.median(all) for name, all in times.items()}
    reading = best["reading the same shards"]
    print(f"\n## Auditing {size / 1e6:.0f} MB of {os.path.basename(run)}\n")
    print("| | CPU s | MB per CPU s | of reading |\n|---|---|---|---|")
    for name, seconds in best.items():
        print(f"| {name} | {seconds:.2f} | {size / seconds / 1e6:.0f} | {reading / seconds:.2f} |")


if sys.argv[1] == "--python":
    python_audit(sys.argv[2])
else:
    split = sys.argv.index("--")
    labelled(sys.argv[1], sys.argv[2:split])
    for path in sys.argv[split + 1:]:
        speed(sys.argv[1], path)
