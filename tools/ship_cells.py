"""Make a shipped network of things out of a run: its weights rounded to 16 bits, its ONNX file for
the base install, both with the same facts.

    python tools/ship_cells.py RUN NAME        (RUN/best.safetensors -> src/pincel/weights/NAME.*)
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from pincel.look.onnx_export import difference, export
from pincel.nets._network import Model, model_bytes, open_model

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "pincel" / "weights"


def rounded(model: Model) -> Model:
    """The same, its weights as 16 bits hold them."""
    state = model.net.state_dict()
    for name, value in state.items():
        if value.is_floating_point():
            state[name] = value.half().float()
    model.net.load_state_dict(state)
    return model


def main(run: str, name: str) -> None:
    """Write both files."""
    place = Path(run)
    model = rounded(open_model(place / "best.safetensors" if place.is_dir() else place))
    data = export(model)
    print(f"torch and ONNX Runtime differ by {difference(model, data):.2g}")
    (WEIGHTS / f"{name}.onnx").write_bytes(data)
    model.net.half()
    (WEIGHTS / f"{name}.safetensors").write_bytes(model_bytes(model))
    print({f.name: f.stat().st_size for f in sorted(WEIGHTS.glob(f"{name}.*"))})


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(*sys.argv[1:])
