#!/usr/bin/env python3
"""What the Python package `tokenizers` makes of texts or ids.

    compare.py encode TOKENIZER TEXTS OUT    TEXTS: a JSON string a line. OUT: for each text the
                                             number of its ids and the ids, as int32
    compare.py decode TOKENIZER IDS OUT      IDS: a JSON array a line. OUT: a JSON string a line
    compare.py record VECTORS OUT TOKENIZER...  adds what each tokenizer gives for the texts in VECTORS

TOKENIZER is a tokenizer.json, or a folder with vocab.json and merges.txt of Qwen2's kind.
"""
import array
import json
import os
import sys

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

QWEN2 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def load(path):
    if not os.path.isdir(path):
        return Tokenizer.from_file(path)
    tokenizer = Tokenizer(models.BPE.from_file(path + "/vocab.json", path + "/merges.txt"))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(QWEN2), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def rows(path):
    with open(path, encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def encode(tokenizer, source, out):
    result = array.array("i")
    texts = rows(source)
    for start in range(0, len(texts), 1000):
        for encoding in tokenizer.encode_batch(texts[start : start + 1000], add_special_tokens=False):
            result.append(len(encoding.ids))
            result.extend(encoding.ids)
    with open(out, "wb") as file:
        result.tofile(file)


def decode(tokenizer, source, out):
    with open(out, "w", encoding="utf-8") as file:
        for ids in rows(source):
            print(json.dumps(tokenizer.decode(ids, skip_special_tokens=False)), file=file)


def record(source, out, paths):
    texts = rows(source)
    with open(out, "w", encoding="utf-8") as file:
        for text in texts:
            row = {"text": text}
            for path in paths:
                name = path.split("/")[-2]
                row[name] = load_once(path).encode(text, add_special_tokens=False).ids
            print(json.dumps(row, separators=(",", ":")), file=file)


CACHE = {}


def load_once(path):
    if path not in CACHE:
        CACHE[path] = load(path)
    return CACHE[path]


if __name__ == "__main__":
    command, first, second, *rest = sys.argv[1:]
    if command == "record":
        record(first, second, rest)
    else:
        {"encode": encode, "decode": decode}[command](load(first), second, rest[0])
