#!/usr/bin/env python3
"""Random checkpoints of many shapes, with what transformers and PEFT compute from them.

    peer.py FOLDER SEED    writes FOLDER/0, FOLDER/1, ...: model/, adapter/, reference.safetensors with `tokens`,
                           `logits` and `adapter_logits`
"""
import copy
import os
import random
import sys

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from transformers import (
    LlamaConfig, LlamaForCausalLM, Qwen2Config, Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM)

FAMILIES = [
    (Qwen2Config, Qwen2ForCausalLM), (Qwen3Config, Qwen3ForCausalLM), (LlamaConfig, LlamaForCausalLM)]
ROPES = [
    None,
    {"rope_type": "linear", "factor": 3.0},
    {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
     "original_max_position_embeddings": 24},
    {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 128},
    {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 64, "beta_fast": 4.0,
     "mscale": 1.0, "mscale_all_dim": 0.5},
]
ALL = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def case(folder, number, rng):
    config_type, model_type = FAMILIES[number % 3]
    kv_heads = rng.choice([1, 2, 3])
    heads = kv_heads * rng.choice([1, 2, 5])
    head_dim = rng.choice([4, 10, 16, 18, 32, 34])
    hidden = heads * head_dim if rng.random() < 0.5 else rng.choice([24, 40, 66])
    options = {}
    if config_type is LlamaConfig:
        hidden = heads * rng.choice([4, 8, 12])
        options = {"attention_bias": rng.random() < 0.5, "mlp_bias": rng.random() < 0.5}
    elif config_type is Qwen3Config:
        options = {"attention_bias": rng.random() < 0.5}
    elif head_dim * heads != hidden:
        hidden = heads * head_dim
    config = config_type(
        vocab_size=rng.choice([31, 64, 257]), hidden_size=hidden,
        intermediate_size=rng.choice([17, 48, 90]), num_hidden_layers=rng.choice([1, 2, 3]),
        num_attention_heads=heads, num_key_value_heads=kv_heads, head_dim=head_dim,
        max_position_embeddings=512, rms_norm_eps=rng.choice([1e-5, 1e-6, 1e-3]),
        tie_word_embeddings=rng.random() < 0.5, rope_theta=rng.choice([1e4, 5e5]),
        rope_scaling=dict(ROPES[number % len(ROPES)] or {}) or None, attn_implementation="eager",
        **options)
    model = model_type(config).float().eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            spread = 0.3 if parameter.dim() == 1 else 1.5 / parameter.shape[1] ** 0.5
            parameter.uniform_(-spread, spread)
            if "norm" in name:
                parameter.add_(1)
    stored = [torch.float32, torch.bfloat16, torch.float16][rng.randrange(3)]
    # Rounded to what is stored, computed in 32 bits.
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.to(stored).float())
    path = f"{folder}/{number}"
    tokens = torch.tensor([[rng.randrange(config.vocab_size) for _ in range(rng.choice([3, 40, 75]))]])
    with torch.no_grad():
        logits = model(tokens).logits[0]
    # A copy, because narrowing would round the rotary frequencies, too.
    copy.deepcopy(model).to(stored).save_pretrained(
        f"{path}/model", max_shard_size=rng.choice(["20KB", "1GB"]))
    lora = LoraConfig(
        r=rng.choice([1, 3, 8]), lora_alpha=rng.choice([4, 16]), use_rslora=rng.random() < 0.5,
        target_modules=rng.choice([ALL, ["q_proj", "v_proj"], ["mlp.down_proj", "o_proj"], "all-linear"]),
        task_type="CAUSAL_LM")
    adapted = get_peft_model(model, lora).eval()
    with torch.no_grad():
        for name, parameter in adapted.named_parameters():
            if "lora_" in name:
                parameter.uniform_(-0.3, 0.3)
        adapter_logits = adapted(tokens).logits[0]
    adapted.save_pretrained(f"{path}/adapter")
    save_file(
        {"tokens": tokens[0].float().contiguous(), "logits": logits.contiguous(),
         "adapter_logits": adapter_logits.contiguous()}, f"{path}/reference.safetensors")


def main():
    folder, seed = sys.argv[1], int(sys.argv[2])
    rng = random.Random(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    for number in range(15):
        os.makedirs(f"{folder}/{number}", exist_ok=True)
        case(folder, number, rng)


main()
