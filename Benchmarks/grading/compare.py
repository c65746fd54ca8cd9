"""Grades the same labelled pairs with tandem and with math-verify: errors on both sides, and speed.

Usage: compare.py TANDEM PAIRS.jsonl FEW.jsonl COUNT
math-verify sees only COUNT of the pairs, drawn evenly and written to FEW.jsonl, because it is slow;
errors of both are counted on these.
"""

import json
import os
import subprocess
import sys
import time

from math_verify import parse, verify

TANDEM, PAIRS, FEW, COUNT = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])


def cpu_of_children(command):
    before = os.times()
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    after = os.times()
    seconds = after.children_user + after.children_system
    return output, seconds - before.children_user - before.children_system


def tandem(path, rows):
    _, start = cpu_of_children([TANDEM, "--version"])
    output, seconds = cpu_of_children([TANDEM, "grade", "--pairs", path, "--threads", "1"])
    verdicts = [json.loads(line)["verdict"] == "correct" for line in output.splitlines()]
    return verdicts, (seconds - start) / len(rows)


def math_verify(rows):
    verdicts = []
    start = time.process_time()
    for row in rows:
        gold = parse("$" + row["gold"] + "$", parsing_timeout=None)
        text = row.get("trace")
        answer = parse(text if text is not None else "$" + row["answer"] + "$",
                       parsing_timeout=None)
        verdicts.append(bool(verify(gold, answer, timeout_seconds=None)))
    return verdicts, (time.process_time() - start) / len(rows)


def errors(rows, verdicts):
    wrong = [(row, verdict) for row, verdict in zip(rows, verdicts) if row["label"] != verdict]
    negatives = sum(not row["label"] for row in rows)
    false_positives = sum(verdict for _, verdict in wrong)
    false_negatives = len(wrong) - false_positives
    positives = len(rows) - negatives
    return (f"{false_positives} of {negatives} ({false_positives / max(1, negatives):.1%})",
            f"{false_negatives} of {positives} ({false_negatives / max(1, positives):.1%})",
            f"{1 - len(wrong) / len(rows):.1%}")


def main():
    with open(PAIRS) as file:
        rows = [json.loads(line) for line in file]
    step = max(1, len(rows) // COUNT)
    few = rows[::step][:COUNT]
    with open(FEW, "w") as file:
        file.writelines(json.dumps(row) + "\n" for row in few)
    # Enough rows for the clock: the same pairs again and again.
    many = f"{PAIRS}.many"
    with open(many, "w") as file:
        for _ in range(10):
            file.writelines(json.dumps(row) + "\n" for row in rows)
    _, ours = tandem(many, rows * 10)
    verdicts, _ = tandem(FEW, few)
    peer_verdicts, peer = math_verify(few)
    print(f"\n## Grading {os.path.basename(PAIRS)}: {len(few)} labelled pairs\n")
    print("| | false positives | false negatives | right | pairs per CPU s | ratio |")
    print("|---|---|---|---|---|---|")
    for name, found, cost in (("tandem", verdicts, ours), ("math-verify", peer_verdicts, peer)):
        print("|", " | ".join([name, *errors(few, found), f"{1 / cost:,.0f}",
                               f"{peer / cost:.0f}"]), "|")
    for family in ("math", "gsm8k"):
        part = [row for row in few if family in row.get("source", row.get("kind", ""))]
        if part:
            _, cost = math_verify(part[:300])
            print(f"\nmath-verify on {family} pairs: {1 / cost:,.0f} a second.")


main()
