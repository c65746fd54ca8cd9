"""Writes shards of traces for benchmarks: real solution texts, repeated with other ids.

Usage: make_shards.py OUT BYTES [--tokens] SOURCE.jsonl...
With --tokens every row also has token ids and logprobs, as an engine stores them.
"""

import hashlib
import json
import os
import random
import struct
import sys

import orjson
import zstandard


def frame(magic, payload):
    return struct.pack("<II", magic, len(payload)) + payload


def write_part(path, rows, record="trace", frame_size=1 << 20):
    """One part: frames of about `frame_size` bytes, label, seek table. Returns its manifest entry."""
    compressor = zstandard.ZstdCompressor(level=3, write_checksum=True, write_content_size=True)
    table, data, buffer, count = [], bytearray(), bytearray(), 0

    def flush():
        if buffer:
            compressed = compressor.compress(bytes(buffer))
            table.append((len(compressed), len(buffer)))
            data.extend(compressed)
            buffer.clear()

    for row in rows:
        buffer += orjson.dumps(row) + b"\n"
        count += 1
        if len(buffer) >= frame_size:
            flush()
    flush()
    label = {"record": record, "schema_version": 1, "rows": count, "fingerprint": "benchmark"}
    data += frame(0x184D2A50, orjson.dumps(label))
    entries = b"".join(struct.pack("<II", *entry) for entry in table)
    data += frame(0x184D2A5E, entries + struct.pack("<IBI", len(table), 0, 0x8F92EAB1))
    with open(path, "wb") as file:
        file.write(data)
    return {
        "name": os.path.basename(path),
        "rows": count,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "fingerprint": "benchmark",
    }


def write_stage(folder, stage, record, parts):
    """The parts and the manifest of a stage."""
    os.makedirs(folder, exist_ok=True)
    entries = [
        write_part(os.path.join(folder, f"part-{index:05d}.jsonl.zst"), rows, record)
        for index, rows in enumerate(parts)
    ]
    manifest = {
        "stage": stage, "stage_version": 1, "record": record, "schema_version": 1,
        "plan": "benchmark", "parts": entries, "summary": {},
    }
    with open(os.path.join(folder, "manifest.json"), "w") as file:
        json.dump(manifest, file)


def texts(paths):
    """Every long string of the rows, at any depth."""
    found = []

    def visit(value):
        if isinstance(value, dict):
            for item in value.values():
                visit(item)
        elif isinstance(value, str) and len(value) >= 80:
            found.append(value)

    for path in paths:
        with open(path, "rb") as file:
            for line in file:
                visit(orjson.loads(line))
    return found


def traces(pool, size, with_tokens, seed):
    draw = random.Random(seed)
    words = {}
    written = index = 0
    while written < size:
        text = draw.choice(pool)
        row = {
            "id": f"t{draw.getrandbits(56):014x}", "problem_id": f"p{draw.getrandbits(56):014x}",
            "model": "benchmark", "round": "cold", "sample": index % 4, "text": text,
        }
        if with_tokens:
            ids = [words.setdefault(word, len(words) * 7 % 151_643) for word in text.split()]
            row["token_ids"] = ids
            row["raw_logprobs_e4"] = [-int(draw.lognormvariate(6, 2.5)) for _ in ids]
        row["finish_reason"] = "stop"
        row["engine"] = "benchmark"
        written += len(orjson.dumps(row)) + 1
        index += 1
        yield row


def main():
    arguments = [a for a in sys.argv[1:] if a != "--tokens"]
    out, size, sources = arguments[0], int(float(arguments[1])), arguments[2:]
    pool = texts(sources)
    part_size = 64 << 20
    count = max(1, round(size / part_size))
    parts = (traces(pool, size // count, "--tokens" in sys.argv, seed) for seed in range(count))
    write_stage(out, "cold", "trace", parts)


main()
