"""Writes runs for benchmarks: real solution texts, repeated with other ids.

Usage: make_shards.py OUT BYTES [--engine] SOLUTIONS.jsonl
Makes OUT/problems and OUT/cold, aligned, with about BYTES of JSON in OUT/cold. Rows are as short as
published; with --engine a trace is twelve solutions long, a short chain of thought, and has token ids
and logprobs, as an engine stores them. SOLUTIONS.jsonl is OpenAI's example_model_solutions.jsonl.
"""

import hashlib
import json
import os
import random
import struct
import sys

import orjson
import zstandard

PART_BYTES = 64 << 20
FRAME_BYTES = 1 << 20


class Part:
    """One part: frames of about a mebibyte, label, seek table."""

    def __init__(self, path, record):
        self.path, self.record = path, record
        self.compressor = zstandard.ZstdCompressor(
            level=3, write_checksum=True, write_content_size=True
        )
        self.table, self.data, self.buffer, self.rows = [], bytearray(), bytearray(), 0

    def write(self, row):
        self.buffer += orjson.dumps(row) + b"\n"
        self.rows += 1
        if len(self.buffer) >= FRAME_BYTES:
            self.flush()

    def flush(self):
        if self.buffer:
            compressed = self.compressor.compress(bytes(self.buffer))
            self.table.append((len(compressed), len(self.buffer)))
            self.data += compressed
            self.buffer.clear()

    def finish(self):
        self.flush()
        label = {
            "record": self.record, "schema_version": 1, "rows": self.rows,
            "fingerprint": "benchmark",
        }
        self.data += skippable(0x184D2A50, orjson.dumps(label))
        entries = b"".join(struct.pack("<II", *entry) for entry in self.table)
        self.data += skippable(
            0x184D2A5E, entries + struct.pack("<IBI", len(self.table), 0, 0x8F92EAB1)
        )
        with open(self.path, "wb") as file:
            file.write(self.data)
        return {
            "name": os.path.basename(self.path), "rows": self.rows, "bytes": len(self.data),
            "sha256": hashlib.sha256(self.data).hexdigest(), "fingerprint": "benchmark",
        }


def skippable(magic, payload):
    return struct.pack("<II", magic, len(payload)) + payload


def write_manifest(folder, record, parts):
    manifest = {
        "stage": "benchmark", "stage_version": 1, "record": record, "schema_version": 1,
        "plan": "benchmark", "parts": parts, "summary": {},
    }
    with open(os.path.join(folder, "manifest.json"), "w") as file:
        json.dump(manifest, file)


def make_part(folders, number, solutions, size, as_engine):
    draw = random.Random(number)
    words = {}
    name = f"part-{number:05d}.jsonl.zst"
    problems = Part(os.path.join(folders[0], name), "problem")
    traces = Part(os.path.join(folders[1], name), "trace")
    written = 0
    while written < size:
        source = draw.choice(solutions)
        problem = f"p{draw.getrandbits(56):014x}"
        problems.write({
            "id": problem, "dataset": "benchmark", "split": "all",
            "question": source["question"], "gold": source["ground_truth"].split("A: ")[-1],
            "gold_type": "number", "source": {"file": "benchmark", "row": 1},
        })
        for model in ("6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification"):
            text = source[model]["solution"]
            if as_engine:
                more = (draw.choice(solutions)[model]["solution"] for _ in range(11))
                text = "\n\n".join([*more, text])
            row = {
                "id": f"t{draw.getrandbits(56):014x}", "problem_id": problem, "model": model,
                "round": "cold", "sample": 0, "text": text,
            }
            if as_engine:
                ids = [words.setdefault(word, len(words) * 7 % 151_643) for word in text.split()]
                row["token_ids"] = ids
                row["raw_logprobs_e4"] = [-int(draw.lognormvariate(6, 2.5)) for _ in ids]
            row["finish_reason"] = "stop"
            row["engine"] = "benchmark"
            traces.write(row)
            written += len(text) + 180 + (12 * len(ids) if as_engine else 0)
    return problems.finish(), traces.finish()


def main():
    arguments = [a for a in sys.argv[1:] if a != "--engine"]
    out, size, source = arguments[0], int(float(arguments[1])), arguments[2]
    folders = [os.path.join(out, "problems"), os.path.join(out, "cold")]
    for folder in folders:
        os.makedirs(folder, exist_ok=True)
    with open(source, "rb") as file:
        solutions = [orjson.loads(line) for line in file]
    count = max(1, round(size / PART_BYTES))
    entries = [
        make_part(folders, number, solutions, size // count, "--engine" in sys.argv)
        for number in range(count)
    ]
    write_manifest(folders[0], "problem", [entry[0] for entry in entries])
    write_manifest(folders[1], "trace", [entry[1] for entry in entries])


if __name__ == "__main__":
    main()
