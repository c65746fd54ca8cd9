"""Writes Parquet files as programs other than pyarrow do, with their rows as JSON Lines.

Run with Python, duckdb and polars: python make-parquet-others.py
"""
import json
import pathlib

import duckdb
import polars

here = pathlib.Path(__file__).parent
texts = ["plain", "", "caf\u00e9 \u2212", None]
rows = [
    {"text": text, "n": n, "x": x, "flag": flag, "tags": tags}
    for text, n, x, flag, tags in zip(
        texts, [1, -7, None, 2**40], [0.5, -1.25, 1e30, None], [True, False, None, True],
        [["a", "b"], [], None, ["c", None]])
] * 30

table = polars.DataFrame(rows)
table.write_parquet(here / "polars.parquet", compression="zstd", row_group_size=50)
connection = duckdb.connect()
connection.register("rows", table.to_arrow())
connection.execute(f"copy rows to '{here / 'duckdb'}.parquet' (format parquet, compression snappy)")
with open(here / "others.jsonl", "w", encoding="utf-8") as out:
    for row in rows:
        out.write(json.dumps(row) + "\n")
