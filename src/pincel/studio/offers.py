"""What a picker offers: networks, data sets, palettes and families that are here."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pincel.studio.sessions import Session


def offers(session: Session) -> dict[str, Any]:
    """Names that settings take, by what they take (`forms.TAKES`)."""
    from pincel import nets
    from pincel.art.palettes import all_palettes
    from pincel.lessons.lesson import names as lessons
    from pincel.look.models import BEST

    runs = sorted(session.folder.glob("runs/*/run.json"))
    trained = [one.parent.name for one in runs if (one.parent / BEST).is_file()]
    return {
        "model": [
            *(
                {"value": name, "own": False, "does": name.partition(".")[0], "family": kind}
                for name, kind in _shipped()
            ),
            *(
                {"value": name, "own": True, "does": kind, "family": kind}
                for name, kind in ((name, _family_of(session, name)) for name in trained)
            ),
        ],
        "run": [{"value": f"runs/{one.parent.name}", "own": True} for one in runs],
        "data": [{"value": name, "own": False} for name in _data_sets()],
        "palette": [
            {
                "value": one.slug,
                "title": one.name,
                "colors": ["#" + bytes(rgb).hex() for rgb in one.colors.tolist()],
            }
            for one in all_palettes()
        ],
        "family": [{"value": name} for name in nets.names()],
        "lesson": [{"value": name} for name in lessons()],
    }


@cache
def _shipped() -> tuple[tuple[str, str], ...]:
    """The networks that come with the package, and the family of each."""
    from pincel.look.models import find_file, shipped

    return tuple((name, _written_family(find_file(name))) for name in shipped())


def _written_family(path: Path) -> str:
    """The family that stands in the head of a .safetensors file."""
    with path.open("rb") as file:
        head = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    return str(json.loads(head["__metadata__"]["pincel"])["family"])


def _family_of(session: Session, name: str) -> str:
    try:
        told = json.loads((session.folder / "runs" / name / "run.json").read_text("utf-8"))
        return str(told.get("family", ""))
    except (OSError, ValueError):
        return ""


def _data_sets() -> list[str]:
    """Named sets that lie on this machine."""
    from pincel.learn.free_places import data_folders

    found = {path.stem for folder in data_folders() for path in _npz(folder)}
    return ["digits", *sorted(found - {"digits"})]


def _npz(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.npz")) if folder.is_dir() else []
