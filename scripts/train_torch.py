#!/usr/bin/env python3
"""Trains a LoRA adapter on packed examples with PyTorch and PEFT, for people with a GPU.

    python scripts/train_torch.py run/examples/a --model DIR --out adapter
    python scripts/train_torch.py mine.jsonl --model DIR --objective sft --out adapter

Reads what `tandem train` reads (parts with the help of the `zstd` program, or JSON Lines), takes the same problems in
the same order, and computes the same losses; needs torch, transformers and peft. Left out: resuming, stored logprobs at
a temperature, warnings. Examples need raw logprobs unless the loss uses no ratio.
"""

import argparse
import hashlib
import json
import math
import pathlib
import subprocess

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM


def rows(path):
    """The examples of a file, or of all parts of a folder."""
    path = pathlib.Path(path)
    files = sorted(path.glob("part-*.jsonl.zst")) if path.is_dir() else [path]
    for file in files:
        zipped = file.suffix == ".zst"
        text = subprocess.run(["zstd", "-dc", file], check=True, capture_output=True).stdout if zipped else file.read_bytes()
        yield from (json.loads(line) for line in text.splitlines() if line.strip())


def philox(key, counter):
    """The first 64 bits of Philox4x32-10 at a counter."""
    low = 0xFFFFFFFF
    x, k = [counter & low, counter >> 32, 0, 0], [key & low, key >> 32]
    for _ in range(10):
        a, b = x[0] * 0xD2511F53, x[2] * 0xCD9E8D57
        x = [(b >> 32) ^ x[1] ^ k[0], b & low, (a >> 32) ^ x[3] ^ k[1], a & low]
        k = [(k[0] + 0x9E3779B9) & low, (k[1] + 0xBB67AE85) & low]
    return x[1] << 32 | x[0]


def order(count, seed, epoch):
    """The order of the problems in an epoch."""
    digest = hashlib.sha256()
    for part in ["epoch", str(seed), str(epoch)]:
        digest.update(len(part).to_bytes(8, "little") + part.encode())
    key = int.from_bytes(digest.digest()[:7], "big") >> 3
    return sorted(range(count), key=lambda index: (philox(key, index), index))


def scores(model, batch, device):
    """ln p of every completion token of every example, as one padded matrix with its mask."""
    sequences = [e["prompt_ids"] + e["completion_ids"] for e in batch]
    longest = max(map(len, sequences))
    ids, mask, counts = (torch.zeros(len(batch), longest, dtype=t, device=device) for t in (torch.long, torch.long, torch.float))
    for i, (example, tokens) in enumerate(zip(batch, sequences)):
        ids[i, : len(tokens)] = torch.tensor(tokens)
        mask[i, : len(tokens)] = 1
        wanted = example.get("loss_mask") or [1] * len(example["completion_ids"])
        counts[i, len(example["prompt_ids"]) : len(tokens)] = torch.tensor(wanted, dtype=torch.float)
    logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1].float()
    return logits.log_softmax(-1).gather(-1, ids[:, 1:, None])[..., 0], counts[:, 1:]


def token_losses(options, logp, counts, reference, batch, device):
    """The loss of every token, before weights and reduction."""
    column = lambda values: torch.tensor(values, dtype=torch.float, device=device)[:, None]
    if options.objective == "sft":
        return -logp
    advantage = column([e["advantage"] for e in batch])
    behaviour = logp.detach().clone()
    for i, example in enumerate(batch):
        start, stored = len(example["prompt_ids"]) - 1, example.get("behaviour_logprobs_e4")
        if example["behaviour_mode"] == "raw" and stored:
            behaviour[i, start : start + len(stored)] = column(stored)[:, 0] / 1e4
    log_ratio = logp - behaviour
    low, high = (options.clip_low, options.clip_high) if options.clip_low is not None else {"dapo": (0.2, 0.28), "gspo": (3e-4, 4e-4)}.get(options.loss, (0.2, 0.2))
    clipped = lambda q: -torch.minimum(q * advantage, q.clamp(1 - low, 1 + high) * advantage)
    ratio, plain = log_ratio.exp(), -advantage * logp
    if options.loss == "reinforce":
        loss = plain
    elif options.loss == "gspo":
        loss = clipped(((log_ratio * counts).sum(-1, keepdim=True) / counts.sum(-1, keepdim=True)).exp()).expand_as(logp)
    elif options.loss == "sapo":
        rescue = column([float(e["round"] == "rescue") for e in batch]) > 0
        tau = torch.where(rescue, 0.8, torch.where(advantage > 0, 1.0, 1.05))
        loss = -(4 / tau) * torch.sigmoid(tau * (ratio - 1)) * advantage
    elif options.loss == "tis":
        loss = ratio.detach().clamp(max=2) * plain
    else:
        loss = clipped(ratio)
    if reference is not None:
        d = reference - logp
        loss = loss + options.beta * (d.exp() - d - 1)
    off_prompt = column([float(e["behaviour_mode"] == "off_prompt") for e in batch]) > 0
    return torch.where(off_prompt, plain, loss)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("examples", nargs="+")
    parser.add_argument("--model", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--objective", default="policy-gradient", choices=["policy-gradient", "sft"])
    parser.add_argument("--loss", default="grpo", choices=["reinforce", "grpo", "dapo", "dr-grpo", "gspo", "sapo", "tis"])
    parser.add_argument("--reduction", choices=["trace", "token", "constant"])
    parser.add_argument("--clip-low", type=float)
    parser.add_argument("--clip-high", type=float)
    parser.add_argument("--beta", type=float)
    parser.add_argument("--max-generated", type=int, default=3072)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--rows", type=int, default=8, help="sequences computed at once")
    parser.add_argument("--learning-rate", type=float, default=1e-5)
    parser.add_argument("--schedule", default="cosine", choices=["cosine", "constant"])
    parser.add_argument("--warmup", type=float, default=0.1)
    parser.add_argument("--weight-decay", type=float, default=0.01)
    parser.add_argument("--grad-clip", type=float, default=1.0)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--alpha", type=float, default=32)
    parser.add_argument("--rslora", action="store_true")
    parser.add_argument("--init-adapter")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dtype", default="float32", choices=["float32", "bfloat16"])
    options = parser.parse_args()
    policy = options.objective == "policy-gradient"
    if options.beta is None:
        options.beta = 0.04 if policy and options.loss == "grpo" else 0.0
    usual = {"dapo": "token", "dr-grpo": "constant"}.get(options.loss, "trace") if policy else "token"
    reduction = options.reduction or usual

    problems = {}
    for path in options.examples:
        for example in rows(path):
            if any(example.get("loss_mask") or [1]) and example["completion_ids"]:
                if policy and options.loss != "reinforce" and example["behaviour_mode"] in ("none", "sampling"):
                    raise SystemExit(f"example {example['id']}: behaviour_mode is {example['behaviour_mode']}; pack raw logprobs")
                name = example["provenance"].get("problem_id") or example["group"] or example["id"]
                problems.setdefault(name, []).append(example)
    problems = list(problems.values())

    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(options.seed)
    base = AutoModelForCausalLM.from_pretrained(options.model, dtype=getattr(torch, options.dtype)).to(device)
    if options.init_adapter:
        model = PeftModel.from_pretrained(base, options.init_adapter, is_trainable=True)
    else:
        targets = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
        model = get_peft_model(base, LoraConfig(r=options.rank, lora_alpha=options.alpha, use_rslora=options.rslora, target_modules=targets, task_type="CAUSAL_LM"))
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=options.learning_rate, weight_decay=options.weight_decay)

    per_epoch = math.ceil(len(problems) / options.batch)
    steps = options.steps or options.epochs * per_epoch
    rise = math.floor(options.warmup * steps + 0.5)
    for step in range(steps):
        if step < rise:
            factor = (step + 1) / rise
        else:
            factor = 0.5 * (1 + math.cos(math.pi * (step - rise) / max(steps - rise, 1))) if options.schedule == "cosine" else 1
        for group in optimiser.param_groups:
            group["lr"] = options.learning_rate * factor
        place = step % per_epoch * options.batch
        chosen = order(len(problems), options.seed, step // per_epoch)[place : place + options.batch]
        update = [example for index in chosen for example in problems[index]]
        tokens = sum(sum(e.get("loss_mask") or [1] * len(e["completion_ids"])) for e in update)
        total = 0.0
        for start in range(0, len(update), options.rows):
            batch = update[start : start + options.rows]
            reference = None
            if options.beta:
                with torch.no_grad(), model.disable_adapter():
                    reference, _ = scores(model, batch, device)
            logp, counts = scores(model, batch, device)
            losses = token_losses(options, logp, counts, reference, batch, device) * counts
            weights = torch.tensor([e["weight"] for e in batch], dtype=torch.float, device=device)
            sums = losses.sum(-1) * weights
            if reduction == "token":
                loss = sums.sum() / tokens
            else:
                length = counts.sum(-1) if reduction == "trace" else options.max_generated
                loss = (sums / length).sum() / len(update)
            loss.backward()
            total += loss.item()
        norm = torch.nn.utils.clip_grad_norm_(trained, options.grad_clip)
        optimiser.step()
        optimiser.zero_grad()
        print(json.dumps({"step": step + 1, "loss": total, "gradient_norm": norm.item()}), flush=True)
    model.save_pretrained(options.out)


if __name__ == "__main__":
    main()
