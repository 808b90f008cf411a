"""What the jobs share that write recipes: settings as they are kept, stamped PNG files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.job import Job, face
from pincel.limits import setting_kind

if TYPE_CHECKING:
    from pincel.pixels.picture import Picture

NOT_PATHS = ("prompt", "without", "sum")
"""Settings in which "/" is no folder."""


def used(job: Job, **resolved: Any) -> dict[str, Any]:
    """The settings of a job for a recipe: all of them, defaults too, but for sources and the
    group "files", with `resolved` in place of what the job found out itself. Of a path only the
    name is kept: no folder of the person's machine stands in a file."""
    kept: dict[str, Any] = {}
    for name, info in type(job).model_fields.items():
        look = face(info)
        if name not in resolved and not (look.get("sources") or look.get("group") == "files"):
            value = getattr(job, name)
            if type(value) is int and setting_kind(info)[0] is float:
                value = float(value)  # a default of 10 and a given 10 are the same file
            kept[name] = _plain(name, value)
    return kept | {name: _plain(name, value) for name, value in resolved.items()}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return [_plain(name, one) for one in value]
    if isinstance(value, (bool, int, float, type(None))):
        return value
    text = str(value)
    engine, colon, rest = text.partition(":")
    if name == "engine" and colon:
        return f"{engine}:{PurePath(rest).name}"
    return text if name in NOT_PATHS else PurePath(text).name


def sprite_recipe(job: Job, picture: Picture, paths: Collection[str]) -> dict[str, Any]:
    """What made a sprite, for its file: the settings that differ from their defaults, and the hash
    of the picture's file. Of the settings in `paths` only the name is kept: no folder of the
    person's machine stands in a file."""
    from pincel import __version__

    told = {
        key: PurePath(value).name if key in paths and isinstance(value, str) else value
        for key, value in job.told().items()
    }
    recipe: dict[str, Any] = {"job": job.key(), "settings": told, "pincel": __version__}
    if "sha256" in picture.info:
        recipe["source_sha256"] = picture.info["sha256"]
    return recipe


def source_bytes(source: Any) -> tuple[bytes, str]:
    """The bytes of a picture's file and its name without folders, as `recipe.parent` takes them."""
    from pincel.pixels.encode import png
    from pincel.pixels.files import bytes_of
    from pincel.pixels.open import open_picture

    if hasattr(source, "seek"):
        source.seek(0)  # an open file that was read before
    try:
        data, _, _ = bytes_of(source)
    except PincelError as error:
        if error.key != "picture.source":
            raise
        return png(open_picture(source).rgba), "picture.png"  # an array, an image
    named = source if isinstance(source, (str, PurePath)) else getattr(source, "name", "")
    name = PurePath(named).name if isinstance(named, (str, PurePath)) else ""
    return data, name if name not in ("", "-") else "picture.png"


def recipe_of(job: Any, went_in: Iterable[Any] = (), /, **resolved: Any) -> dict[str, Any] | None:
    """The recipe of what a job with the settings `model` and `metadata` (and perhaps `seed`) made
    with torch; None where `metadata` is off.

    went_in   the pictures it was made of, as `find_pictures` gives them; what is no file (a data
              set's name, standard input) is not kept as a parent
    resolved  settings as they were really used
    """
    if not job.metadata:
        return None
    import hashlib

    from pincel.look.models import find_file
    from pincel.pixels.sources import Found
    from pincel.recipe import recipe

    path = find_file(job.model)
    title = PurePath(str(job.model)).name.removesuffix(".safetensors")
    setting = next(
        (name for name, info in type(job).model_fields.items() if face(info).get("sources")), "sum"
    )
    given = (one.source if isinstance(one, Found) else one for one in went_in)
    files = [source_bytes(one) for one in given if str(one) != "-"]
    seed = resolved.get("seed", getattr(job, "seed", None))
    return recipe.recipe_facts(
        job.key(),
        used(job, model=title, **resolved),
        seed=seed,
        model=(title, hashlib.sha256(path.read_bytes()).hexdigest()),
        libraries=("torch",),
        backend="torch cpu",
        parents=[recipe.parent(setting, name, data) for data, name in files],
    )


def stamped(
    files: Iterable[tuple[str, bytes]], made: Mapping[str, Any] | None
) -> Iterator[tuple[str, bytes]]:
    """The files of a result, its main PNG (suffix ".png") carrying the recipe; None: no recipe."""
    from pincel.recipe.recipe import stamp

    for suffix, data in files:
        yield suffix, stamp(data, made) if made and suffix in (".png", ".apng") else data
