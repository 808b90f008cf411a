"""What made a picture, kept inside its file, so that it can be made again byte for byte.

A recipe is plain JSON in the iTXt chunk "pincel" of a PNG (PNG specification, 11.3.4.5), beside
"Software", "Description" and the IPTC digital source type "trained algorithmic media" (XMP), by
which people and programs see that a model made the picture. The pixels are not touched.

    {"format": 1, "job": "draw", "settings": {"prompt": "red dragon", "seed": 7, ...}, "seed": 7,
     "model": {"name": "draw.sprites", "sha256": "..."}, "backend": "...",
     "versions": {"pincel": "0.1.0", "numpy": "...", "onnxruntime": "..."},
     "parents": [{"setting": "pictures", "name": "hero.png", "sha256": "...", "pixels": "...",
                  "recipe": "<fingerprint>", "made": {the parent's own recipe}}]}

`settings` are those of this one picture: a batch of eight with seed 7 writes eight recipes with
count 1 and each its own seed. What stands in a file is junk until `checked`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata, resources
from pathlib import PurePath
from typing import Any

from pincel import words
from pincel.pixels import png_text
from pincel.pixels.png_text import MOST_TEXT
from pincel.recipe.check import checked_recipe

KEY = "pincel"
FORMAT = 1
RULES = "rules"
"""Among the versions: those of the rules that drew it, where no network did."""
MOST_CHAIN = 24_000
"""Characters up to which the recipes of parents are kept whole; beyond, only their hashes."""
_XMP = "XML:com.adobe.xmp"


def recipe_facts(
    job: str,
    settings: Mapping[str, Any],
    *,
    seed: int | None = None,
    model: tuple[str, str] | None = None,
    libraries: Iterable[str] = (),
    backend: str = "",
    parents: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """The recipe of one picture.

    settings   with which the job makes just this picture: resolved, JSON values, no paths
    model      (name, sha256 of its file);  libraries  whose versions matter ("onnxruntime")
    backend    what ran the network ("CPUExecutionProvider")
    parents    the pictures it was made of, each by `parent`
    """
    versions = {"pincel": _version("pincel"), "numpy": _version("numpy")}
    versions |= {name: _version(name) for name in libraries}
    made: dict[str, Any] = {"format": FORMAT, "job": job, "settings": dict(settings)}
    made |= {"versions": versions}
    if seed is not None:
        made["seed"] = int(seed)
    if model is not None:
        made["model"] = {"name": model[0], "sha256": model[1]}
    if backend:
        made["backend"] = backend
    if parents := [dict(one) for one in parents]:
        made["parents"] = parents
        if len(text(made)) > MOST_TEXT // 2:
            made["parents"] = [{k: v for k, v in one.items() if k != "made"} for one in parents]
    return made


def parent(setting: str, name: str, data: bytes) -> dict[str, Any]:
    """What a recipe keeps of a picture that went into it: which setting it was given to, its name
    without folders, the hashes of its file and of its pixels, and its own recipe, if it has one.

    data   the bytes of its file
    """
    kept: dict[str, Any] = {
        "setting": setting,
        "name": PurePath(name).name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "pixels": pixels_hash(data),
    }
    made = read_recipe(data) if data.startswith(png_text.SIGNATURE) else None
    if made:
        kept["recipe"] = fingerprint(made)
        if len(text(made)) <= MOST_CHAIN:
            kept["made"] = made
    return kept


def stamp(png: bytes, made: Mapping[str, Any]) -> bytes:
    """The PNG (also animated or indexed) with this recipe in place of any it had."""
    made = checked_recipe(dict(made))
    notes = {KEY: text(made), "Software": f"Pincel {made['versions'].get('pincel', '')}".strip()}
    if "model" in made:
        notes |= {"Description": statement(made["model"]["name"]), _XMP: _SOURCE_TYPE}
    return png_text.insert(strip_recipe(png), notes)


def read_recipe(png: bytes) -> dict[str, Any] | None:
    """The checked recipe of a PNG; None where there is none (or the bytes are no PNG).

    PincelError when what stands there is damaged or no recipe.
    """
    found = png_text.find_text(png, KEY)
    return None if found is None else checked_recipe(found)


def strip_recipe(png: bytes) -> bytes:
    """The PNG without recipe and without the statements that `stamp` wrote."""
    said = words.area("recipe")["statement"]["en"].partition(":")[0]
    ours = {"Software": "Pincel", "Description": said, _XMP: _XMP_BEGIN}
    return png_text.remove(
        png, lambda key, value: key == KEY or (key in ours and value.startswith(ours[key]))
    )


def text(made: Mapping[str, Any]) -> str:
    """A recipe as the JSON that is written: sorted, so that equal recipes are equal bytes."""
    return json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(made: Mapping[str, Any]) -> str:
    """The sha256 of a recipe."""
    return hashlib.sha256(text(made).encode()).hexdigest()


def pixels_hash(data: bytes) -> str:
    """The sha256 of what a picture shows, whatever its file is like: frames as RGBA with sizes,
    transparent pixels all alike. PincelError when the bytes are no picture."""
    from pincel.pixels.open import open_picture

    counted = hashlib.sha256()
    for frame in open_picture(data).frames:
        counted.update(repr(frame.shape).encode())
        counted.update((frame * (frame[..., 3:] > 0)).tobytes())
    return counted.hexdigest()


def statement(model: str) -> str:
    """ "Made by a model", in both languages."""
    spoken = {code: words.area("recipe")["statement"][code] for code in words.LANGUAGES}
    return " / ".join(sentence.format(model=model) for sentence in spoken.values())


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What differs between two recipes in what they ran on: (what, then, now)."""
    rows = [("backend", str(old.get("backend", "-")), str(new.get("backend", "-")))]
    models = [_model(one.get("model") or {}) for one in (old, new)]
    rows.append(("model", models[0], models[1]))
    versions = [one.get("versions") or {} for one in (old, new)]
    for name in sorted(set(versions[0]) | set(versions[1])):
        rows.append((name, str(versions[0].get(name, "-")), str(versions[1].get(name, "-"))))
    return [row for row in rows if row[1] != row[2]]


def _model(kept: Mapping[str, Any]) -> str:
    return f"{kept.get('name')} ({str(kept.get('sha256'))[:12]})" if kept else "-"


@cache
def _rules_version() -> str:
    """Twelve hex digits of what draws by rules: the modules and tables of `art` and `make.words`,
    whatever ends their lines."""
    code = hashlib.sha256()
    for folder in ("art", "make/words"):
        files = resources.files("pincel").joinpath(folder).iterdir()
        for one in sorted(files, key=lambda one: one.name):
            if one.name.endswith((".py", ".txt", ".json")):
                code.update(one.name.encode() + one.read_bytes().replace(b"\r\n", b"\n"))
    return code.hexdigest()[:12]


def _version(name: str) -> str:
    if name == "pincel":
        from pincel import __version__

        return __version__
    if name == RULES:
        return _rules_version()
    return metadata.version(name)


_XMP_BEGIN = '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Pincel">'
_SOURCE_TYPE = (
    _XMP_BEGIN + '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
    "Iptc4xmpExt:DigitalSourceType="
    '"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/>'
    "</rdf:RDF></x:xmpmeta>"
)
