"""Writes the Parquet files of this folder, and as JSON Lines the rows that pyarrow reads back.

Run with Python and pyarrow: python make-parquet.py
"""
import json
import math
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

here = pathlib.Path(__file__).parent

flat = pa.table(
    {
        "text": pa.array(["", "plain", "caf\u00e9 \u2212 \U0001F600", None, "line\nbreak"] * 8),
        "same": pa.array(["one value"] * 40),
        "i32": pa.array([0, -1, 2**31 - 1, None, -(2**31)] * 8, pa.int32()),
        "i64": pa.array([0, -1, 2**63 - 1, None, -(2**63)] * 8, pa.int64()),
        "u8": pa.array([0, 1, 255, None, 7] * 8, pa.uint8()),
        "u32": pa.array([0, 1, 2**32 - 1, None, 7] * 8, pa.uint32()),
        "u64": pa.array([0, 1, 2**64 - 1, None, 7] * 8, pa.uint64()),
        "f32": pa.array([0.0, -1.5, 3.0e38, None, 0.25] * 8, pa.float32()),
        "f64": pa.array([0.0, -1.5, 1e300, None, 0.1] * 8, pa.float64()),
        "flag": pa.array([True, False, None, True, True] * 8),
        "none": pa.array([None] * 40, pa.string()),
        "required": pa.array([f"row {i}" for i in range(40)]),
    },
    schema=None,
)
flat = flat.cast(
    pa.schema([f.with_nullable(f.name not in ("required", "same")) for f in flat.schema])
)

nested = pa.table(
    {
        "id": pa.array(range(12), pa.int32()),
        "list": pa.array([["a", "b"], [], None, ["c", None], [""], ["d"] * 20] * 2),
        "numbers": pa.array([[1, 2], None, [], [3], [None], [4, 5, 6]] * 2, pa.list_(pa.int64())),
        "deep": pa.array([[["x"], []], [], None, [None, ["y", "z"]], [[None]], [["w"]]] * 2),
        "chat": pa.array(
            [[{"role": "user", "content": "hi"}, {"role": "assistant", "content": None}], [], None] * 4,
            pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())])),
        ),
        "who": pa.array([{"name": "a", "at": {"x": 1}}, None, {"name": None, "at": None}] * 4),
    }
)

mixed = pa.table(
    {
        "text": ["kept", "too"],
        "blob": pa.array([b"\xff\x00", b"x"]),
        "when": pa.array([0, 1], pa.timestamp("ms")),
    }
)


def clean(value):
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clean(item) for item in value]
    return value


def write(name, table, **options):
    """Writes one file, and checks that pyarrow reads back what it was given."""
    pq.write_table(table, here / f"{name}.parquet", **options)
    assert pq.read_table(here / f"{name}.parquet").to_pylist() == table.to_pylist()


def expect(name, rows):
    with open(here / f"{name}.jsonl", "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(clean(row)) + "\n")


write("plain", flat, compression="none", use_dictionary=False)
write("snappy", flat, compression="snappy")
write("zstd-v2", flat, compression="zstd", data_page_version="2.0", row_group_size=15)
write("gzip", flat, compression="gzip")
write("small-pages", flat, compression="snappy", data_page_size=32, write_batch_size=3)
write("v2-none", flat, compression="none", data_page_version="2.0", use_dictionary=False)
write("checksums", flat, compression="snappy", write_page_checksum=True)
write("nested", nested, compression="snappy", row_group_size=5)
write("nested-v2", nested, compression="zstd", data_page_version="2.0", data_page_size=16,
      write_batch_size=2)
write("mixed", mixed, compression="none")
write("empty", flat.slice(0, 0), compression="snappy")
expect("flat", pq.read_table(here / "plain.parquet").to_pylist())
expect("nested", pq.read_table(here / "nested.parquet").to_pylist())
for codec in ("brotli", "lz4"):
    pq.write_table(mixed.select(["text"]), here / f"{codec}.parquet", compression=codec)
numbers = {name: "DELTA_BINARY_PACKED" for name in ("i32", "i64", "u8", "u32", "u64")}
for name, texts in [("delta-length", "DELTA_LENGTH_BYTE_ARRAY"), ("delta-text", "DELTA_BYTE_ARRAY")]:
    encodings = dict(numbers, text=texts, same=texts, none=texts, required=texts)
    write(name, flat, use_dictionary=False, column_encoding=encodings)
many = pa.table({"n": [(i * i * 2654435761) % 2**40 - 2**39 for i in range(270)] + [5] * 90,
                 "text": [f"prefix {i // 10} and {i}" for i in range(360)]})
write("delta-many", many, use_dictionary=False, compression="zstd",
      column_encoding={"n": "DELTA_BINARY_PACKED", "text": "DELTA_BYTE_ARRAY"})
expect("many", many.to_pylist())
pq.write_table(pa.table({"x": [0.5, 1.5]}), here / "split.parquet", use_dictionary=False,
               column_encoding={"x": "BYTE_STREAM_SPLIT"})
