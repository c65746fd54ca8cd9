"""Reads parts with zstandard and orjson, as a Python program would."""

import io
import sys

import orjson
import zstandard

rows = 0
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        stream = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        for line in io.BufferedReader(stream, 1 << 20):
            orjson.loads(line)
            rows += 1
print(rows)
