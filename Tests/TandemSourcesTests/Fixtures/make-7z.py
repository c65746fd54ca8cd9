"""Writes the 7-Zip files of this folder. Run with Python and py7zr: python make-7z.py"""
import pathlib

import py7zr

here = pathlib.Path(__file__).parent
rows = "".join('{"n": %d, "text": "row %d"}\n' % (n, n * 7919) for n in range(1, 201))

with py7zr.SevenZipFile(here / "rows.7z", "w") as archive:
    archive.writestr(rows, "folder/rows.jsonl")
with py7zr.SevenZipFile(here / "secret.7z", "w", password="word") as archive:
    archive.writestr(rows, "folder/rows.jsonl")
