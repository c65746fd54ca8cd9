"""Records rotary frequencies as transformers computes them: python rotary.py > ../Vectors/rotary.json

Recorded with transformers 5.23.0 and torch 2.13.0 on a CPU.
"""

import json

import torch
import transformers
from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS
from transformers.models.llama.configuration_llama import LlamaConfig
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

SCALINGS = [
    None,
    {"rope_type": "linear", "factor": 4.0},
    {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
     "original_max_position_embeddings": 8192},
    {"rope_type": "llama3", "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
     "original_max_position_embeddings": 8192},
    {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
     "original_max_position_embeddings": 16},
    {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768},
    {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768,
     "attention_factor": 1.25},
    {"rope_type": "yarn", "factor": 16.0, "original_max_position_embeddings": 2048, "beta_fast": 16.0,
     "beta_slow": 2.0},
    {"rope_type": "yarn", "factor": 40.0, "original_max_position_embeddings": 4096, "mscale": 1.0,
     "mscale_all_dim": 0.8},
    {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768, "truncate": False},
    {"rope_type": "yarn", "factor": 2.0},
]
SHAPES = [(10000.0, 64, 2048), (500000.0, 128, 131072), (1000000.0, 16, 131072)]


def main():
    cases = []
    for theta, head_size, positions in SHAPES:
        for scaling in SCALINGS:
            base = {
                "model_type": "llama", "vocab_size": 8, "hidden_size": 4 * head_size, "head_dim": head_size,
                "intermediate_size": 8, "num_hidden_layers": 1, "num_attention_heads": 4,
                "num_key_value_heads": 2, "max_position_embeddings": positions, "rope_theta": theta,
            }
            if scaling:
                base["rope_scaling"] = scaling
            config = LlamaConfig.from_dict(json.loads(json.dumps(base)))
            rope = LlamaRotaryEmbedding(config)
            cases.append({
                "config": base,
                "inverse_frequencies": [float(x) for x in rope.inv_freq],
                "attention_factor": float(rope.attention_scaling),
            })
    print(json.dumps({
        "source": f"transformers {transformers.__version__}, torch {torch.__version__}",
        "cases": cases,
    }))


main()
