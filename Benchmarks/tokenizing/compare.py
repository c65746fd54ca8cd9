#!/usr/bin/env python3
"""Tokenizes the same lines with tandem and with the Python package `tokenizers`, and prints MB per CPU second.

    compare.py TANDEM TOKENIZER.json TEXT [THREADS]

Counts of every line must agree. Loading is measured apart, on an empty input, and taken off.
"""
import os
import resource
import subprocess
import sys
import time

tandem, tokenizer, path = sys.argv[1:4]
threads = sys.argv[4] if len(sys.argv) > 4 else "1"
os.environ["RAYON_NUM_THREADS"] = threads
os.environ["TOKENIZERS_PARALLELISM"] = "false" if threads == "1" else "true"
from tokenizers import Tokenizer  # noqa: E402


def cpu(who):
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def run(source):
    cpu_before, before = cpu(resource.RUSAGE_CHILDREN), time.monotonic()
    output = subprocess.run(
        [tandem, "tokenize", "--tokenizer", tokenizer, "--lines", "--count", "--threads", threads, source],
        check=True, capture_output=True).stdout
    return output, cpu(resource.RUSAGE_CHILDREN) - cpu_before, time.monotonic() - before


megabytes = os.path.getsize(path) / 1e6
with open(path, encoding="utf-8", newline="\n") as file:
    lines = [line.rstrip("\n") for line in file]
ours = []
for _ in range(3):
    _, load_cpu, load_wall = run("/dev/null")
    output, all_cpu, all_wall = run(path)
    ours.append((all_cpu - load_cpu, all_wall - load_wall))
counts = [int(count) for count in output.split()]

peer = Tokenizer.from_file(tokenizer)
theirs = []
for _ in range(3):
    cpu_before, before = cpu(resource.RUSAGE_SELF), time.monotonic()
    expected = []
    for start in range(0, len(lines), 4096):
        batch = lines[start : start + 4096]
        encodings = (
            [peer.encode(line, add_special_tokens=False) for line in batch] if threads == "1"
            else peer.encode_batch_fast(batch, add_special_tokens=False))
        expected += [len(encoding.ids) for encoding in encodings]
    theirs.append((cpu(resource.RUSAGE_SELF) - cpu_before, time.monotonic() - before))

assert counts == expected, "the counts differ"
for name, times in (("tandem", ours), ("tokenizers", theirs)):
    best_cpu, best_wall = min(times)[0], min(wall for _, wall in times)
    print(f"{name:12} {megabytes / best_cpu:7.1f} MB per CPU s  {megabytes / best_wall:7.1f} MB/s wall, {threads} threads")
print(f"load: {load_cpu:.2f} CPU s; ratio {min(theirs)[0] / min(ours)[0]:.1f}")
