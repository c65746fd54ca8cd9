#!/usr/bin/env python3
"""Prompts and decoding beside transformers, one thread, tokens per second of processor time, in turn.

    compare.py TANDEM_BENCH WORK [ROUNDS]

Needs the Python packages torch and transformers. WORK is a folder for two random models: 4 layers of 256, and the shape
of Qwen2.5-0.5B. Loading is left out on both sides; generating counts its prompt of 32 tokens.
"""
import json
import os
import statistics
import subprocess
import sys
import time

import torch
from transformers import AutoModelForCausalLM, Qwen2Config, Qwen2ForCausalLM

torch.set_num_threads(1)
bench, work = sys.argv[1:3]
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
SHAPES = {
    "4 x 256": dict(
        num_hidden_layers=4, hidden_size=256, intermediate_size=1024, num_attention_heads=4,
        num_key_value_heads=2, vocab_size=4096),
    "0.5B": dict(
        num_hidden_layers=24, hidden_size=896, intermediate_size=4864, num_attention_heads=14,
        num_key_value_heads=2, vocab_size=151936),
}


def folder(shape, kind):
    path = os.path.join(work, f"model {shape} {kind}".replace(" ", "-"))
    if not os.path.exists(os.path.join(path, "config.json")):
        torch.manual_seed(1)
        config = Qwen2Config(tie_word_embeddings=True, eos_token_id=0, **SHAPES[shape])
        model = Qwen2ForCausalLM(config).to(torch.bfloat16 if kind == "bf16" else torch.float32)
        model.save_pretrained(path)
    return path


def ours(path, products):
    lines = subprocess.run(
        [bench, "generation", path, "stored", products], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    return {row["name"]: row["tokens_per_cpu_second"] for row in map(json.loads, lines)}


def theirs(path, kind):
    model = AutoModelForCausalLM.from_pretrained(
        path, dtype=torch.bfloat16 if kind == "bf16" else torch.float32).eval()
    size = model.config.vocab_size
    prompt = torch.tensor([[i * 7919 % size for i in range(512)]])
    found = {}
    with torch.no_grad():
        model(prompt, logits_to_keep=1)
        start = time.process_time()
        model(prompt, logits_to_keep=1)
        found["prompt"] = 512 / (time.process_time() - start)
        for batch in (1, 16):
            ids = prompt[:, :32].repeat(batch, 1)
            start = time.process_time()
            model.generate(
                ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=32,
                min_new_tokens=32, pad_token_id=0)
            found[f"decode {batch}"] = batch * 32 / (time.process_time() - start)
    return found


print("| model | weights | what | transformers | tandem | ratio | tandem, bf16 products |")
print("|---|---|---|---|---|---|---|")
for shape in SHAPES:
    for kind in ("f32", "bf16"):
        path = folder(shape, kind)
        runs = []
        for _ in range(rounds):
            fast = ours(path, "bfloat16") if kind == "bf16" else {}
            runs.append((theirs(path, kind), ours(path, "float32"), fast))
        for name in ("prompt", "decode 1", "decode 16"):
            peer, own, fast = (
                statistics.median(run[side][name] for run in runs) if runs[0][side] else None
                for side in range(3))
            print(
                f"| {shape} | {kind} | {name} | {peer:.1f} | {own:.1f} | **{own / peer:.2f}** | "
                + (f"{fast:.1f} ({fast / peer:.2f})" if fast else "") + " |", flush=True)
