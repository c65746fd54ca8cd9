"""Writes runs with hints for benchmarks: real solution texts as the hints of real problems.

Usage: make_hints.py OUT BYTES [--long] [--raw] SOLUTIONS.jsonl
Makes OUT/problems and OUT/hints, aligned, with about BYTES of JSON in OUT/hints. A hint is a solution without its
answer line and without the lines that state the gold answer, as `tandem hint` leaves it; with --long it is twelve
solutions long, as a chain of thought is; with --raw lines that state the answer stay. SOLUTIONS.jsonl is OpenAI's
example_model_solutions.jsonl.
"""

import os
import random
import re
import sys

import orjson

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from make_shards import PART_BYTES, Part, write_manifest  # noqa: E402

MODELS = ("6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification")


def steps(solution):
    return solution.rsplit("\nA: ", 1)[0]


def cleaned(text, gold):
    """The lines that do not have the gold number among theirs."""
    number = re.compile(rf"(?<![\d.,]){re.escape(gold)}(?:\.0+)?(?![\d]|[.,]\d)")
    return "\n".join(line for line in text.split("\n") if not number.search(line.replace(",", "")))


def make_part(folders, number, solutions, size, is_long, is_raw):
    draw = random.Random(number)
    name = f"part-{number:05d}.jsonl.zst"
    problems = Part(os.path.join(folders[0], name), "problem")
    hints = Part(os.path.join(folders[1], name), "hint")
    written = 0
    while written < size:
        source = draw.choice(solutions)
        gold = source["ground_truth"].split("A: ")[-1]
        problem = f"p{draw.getrandbits(56):014x}"
        problems.write({
            "id": problem, "dataset": "benchmark", "split": "all",
            "question": source["question"], "gold": gold,
            "gold_type": "number", "source": {"file": "benchmark", "row": 1},
        })
        for model in MODELS:
            text = steps(source[model]["solution"])
            if is_long:
                more = (steps(draw.choice(solutions)[model]["solution"]) for _ in range(11))
                text = "\n\n".join([*more, text])
            if not is_raw:
                text = cleaned(text, gold.replace(",", ""))
            row = {
                "id": f"h{draw.getrandbits(56):014x}", "problem_id": problem, "student": model,
                "teacher": "175b_verification", "teacher_trace_id": f"t{draw.getrandbits(56):014x}",
                "teacher_score": 1.2, "status": "given", "text": text,
                "steps_kept": text.count("\n") + 1, "removed": [], "tokens": len(text) // 4,
                "tokens_estimated": True, "budget": 1536, "dropout": {"mode": "context", "p": 0.1},
            }
            hints.write(row)
            written += len(text) + 330
    return problems.finish(), hints.finish()


def main():
    arguments = [a for a in sys.argv[1:] if a not in ("--long", "--raw")]
    out, size, source = arguments[0], int(float(arguments[1])), arguments[2]
    folders = [os.path.join(out, "problems"), os.path.join(out, "hints")]
    for folder in folders:
        os.makedirs(folder, exist_ok=True)
    with open(source, "rb") as file:
        solutions = [orjson.loads(line) for line in file]
    count = max(1, round(size / PART_BYTES))
    entries = [
        make_part(folders, number, solutions, size // count, "--long" in sys.argv,
                  "--raw" in sys.argv)
        for number in range(count)
    ]
    write_manifest(folders[0], "problem", [entry[0] for entry in entries])
    write_manifest(folders[1], "hint", [entry[1] for entry in entries])


main()
