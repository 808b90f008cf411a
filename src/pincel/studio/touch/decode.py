"""A picture from the numbers of a code, while a hand moves them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pincel.studio.strict import dumps

if TYPE_CHECKING:
    from pincel.look.coder import OpenedCoder

_MOST = 4096  # numbers of a code
_STEP = 2.0  # standard deviations by which each number is moved to see what it does


def _numbers(value: Any) -> bool:
    fits = isinstance(value, tuple) and len(value) <= _MOST
    return fits and all(isinstance(one, int | float) and abs(one) < 1e6 for one in value)


CHECKED = {
    "model": lambda value: isinstance(value, str),
    "picture": lambda value: isinstance(value, str),
    "seed": lambda value: isinstance(value, int) and 0 <= value < 2**31,
    "code": _numbers,
}


def touch(settings: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """code.json: the code, and (for a new one) its numbers in the order of what they change;
    picture.bin: (height, width, 4) uint8. The code comes from `code`, from a picture, or from a
    seed."""
    from pincel.make.latent.decoded import of_codes

    coder = _coder(settings["model"], _changed(settings["model"]))
    code = _code(coder, settings)
    shown = of_codes(coder, code[None]).shown[0]
    told: dict[str, Any] = {
        "height": shown.shape[0],
        "width": shown.shape[1],
        "code": [round(float(one), 4) for one in code],
    }
    if "code" not in settings:
        told["order"] = _order(coder, code)
    yield "code.json", dumps(told).encode()
    yield "picture.bin", np.ascontiguousarray(shown).tobytes()


def _code(coder: OpenedCoder, settings: dict[str, Any]) -> np.ndarray:
    if "code" in settings:
        return np.asarray(settings["code"], np.float32)
    if "picture" in settings:
        from pincel.pixels.open import open_picture

        found: np.ndarray = coder.encode(coder.fit([open_picture(settings["picture"])]))[0]
        return found
    return coder.draw(settings.get("seed", 0))


def _order(coder: OpenedCoder, code: np.ndarray) -> list[int]:
    """The code's numbers, those first that change the picture most when they are moved."""
    moves = np.eye(len(code), dtype=np.float32) * _STEP
    up, down = (coder.decode(code + sign * moves).astype(float) for sign in (1, -1))
    change = np.abs(up - down).reshape(len(code), -1).mean(1)
    return [int(one) for one in np.argsort(-change, kind="stable")]


@lru_cache(maxsize=2)
def _coder(name: str, changed: float) -> OpenedCoder:
    from pincel.look.coder import find_coder

    return find_coder(name)


def _changed(name: str) -> float:
    from pincel.look.models import find_file

    return Path(find_file(name)).stat().st_mtime
