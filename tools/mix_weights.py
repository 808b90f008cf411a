"""Mean weights of networks of one family: what they learned in common.

    python tools/mix_weights.py OUT.safetensors 0.2 ONE.safetensors 0.8 OTHER.safetensors

Shares before files. What the file says of itself is what the last one says, with this command
behind its own.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from pincel import atomic
from pincel.nets._network import Model, model_bytes, open_model


def main() -> None:
    """Mix and write."""
    out, told = Path(sys.argv[1]), sys.argv[2:]
    shares = [float(share) for share in told[::2]]
    models = [open_model(Path(path)) for path in told[1::2]]
    states = [model.net.state_dict() for model in models]
    last = models[-1]
    mixed = {
        name: sum(share * state[name].float() for share, state in zip(shares, states, strict=True))
        for name in states[-1]
    }
    last.net.load_state_dict(mixed)
    command = shlex.join(Path(arg).name for arg in sys.argv)
    about = last.about | {"command": f"{last.about.get('command', '')}; {command}"}
    atomic.write_whole(out, model_bytes(Model(last.family, last.net, about)))


if __name__ == "__main__":
    main()
