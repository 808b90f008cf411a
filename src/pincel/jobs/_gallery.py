"""The pictures that a person named, as vectors: what embed, index and search share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.job import Event, Failed, Progress
from pincel.jobs._stored import is_data_set, is_npz, stored_pictures, unlabelled_rows

if TYPE_CHECKING:
    import numpy as np

    from pincel.learn.data import DataPart
    from pincel.look.embed import Vectorizer
    from pincel.pixels.sources import Found

_TOGETHER = 64
THUMB = 56


@dataclass(frozen=True, eq=False)
class EmbeddedPictures:
    """Pictures in order: vectors (n, d), what they are called, where they lie, sha256 of the file,
    class of each ("" unknown) and a small copy (h, w, 3) uint8 to show."""

    vectors: np.ndarray
    names: list[str]
    files: list[str]
    codes: list[str]
    labels: list[str]
    thumbs: list[np.ndarray]

    def classes(self) -> list[str]:
        """The classes that occur, 2 before 10; empty when none is known."""
        from pincel.pixels.sources import as_people_count

        return sorted(set(self.labels) - {""}, key=as_people_count)


def embedded(
    made_by: Vectorizer,
    sources: tuple[Any, ...],
    part: str | None = None,
    known: Callable[[str, str], bool] | None = None,
    held: Mapping[str, str] | None = None,
) -> Generator[Event, None, EmbeddedPictures]:
    """Open and embed everything named. Pictures that cannot be read are told and left out;
    PincelError when none is left.

    part   of a data set (.npz or name), None: test, or all of an .npz without parts
    known  (name, sha256) -> whether to pass it over
    held   name -> file of pictures that are there already (see `_called`)
    """
    if len(sources) == 1 and (is_npz(sources[0]) or is_data_set(sources[0])):
        return (yield from _of_data(made_by, sources[0], part))
    import numpy as np

    from pincel.pixels.open import find_pictures, open_picture

    everything = find_pictures(sources)
    rows: list[tuple[str, str, str, str, np.ndarray]] = []
    vectors: list[np.ndarray] = []
    waiting, passed = [], 0
    taken = dict(held or {})
    for done, found in enumerate(everything):
        yield Progress(done, len(everything), found.name)
        file, code = _file_of(found)
        name = _called(found, file, taken)
        if known is not None and known(name, code):
            passed += 1
            continue
        try:
            picture = open_picture(found.source)
            waiting.append(made_by.fit(picture))
        except PincelError as error:
            yield Failed(found.name, error)
            continue
        rows.append((name, file, code, found.name.rpartition("/")[0], thumb(picture.rgba)))
        if len(waiting) == _TOGETHER:
            vectors.append(made_by.arrays(np.stack(waiting)))
            waiting = []
    if waiting:
        vectors.append(made_by.arrays(np.stack(waiting)))
    yield Progress(len(everything), len(everything))
    if not rows:
        if passed:
            return EmbeddedPictures(np.zeros((0, 0), np.float32), [], [], [], [], [])
        raise PincelError("embed.nothing")
    names, files, codes, labels, thumbs = (list(column) for column in zip(*rows, strict=True))
    return EmbeddedPictures(np.concatenate(vectors), names, files, codes, labels, thumbs)


def _file_of(found: Found) -> tuple[str, str]:
    """Where a picture lies and the sha256 of its file; "" twice for what is no file."""
    path = Path(found.source) if isinstance(found.source, (str, Path)) else None
    if path is None or str(path) == "-" or not path.is_file():
        return "", ""
    return str(path.resolve()), hashlib.sha256(path.read_bytes()).hexdigest()


def _called(found: Found, file: str, taken: dict[str, str]) -> str:
    """A name that no other picture has, which is then taken. A file that lies elsewhere than it
    did is the same picture; one of the same name in another folder that still stands is not."""
    folder = found.beside.resolve().name if found.beside is not None else ""
    name = found.name
    for number in range(1, len(taken) + 3):
        before = taken.get(name)
        if before is None or before == file or (file and not Path(before).is_file()):
            break
        named = f"{folder}/{found.name}" if folder else found.name
        name = named if number == 1 and folder else f"{named}-{number}"
    taken[name] = file
    return name


def _of_data(
    made_by: Vectorizer, source: Any, part: str | None
) -> Generator[Event, None, EmbeddedPictures]:
    from pincel.learn.data import DataPart, open_data
    from pincel.learn.prepare import check_channels

    if is_npz(source):
        found = stored_pictures(source, part, made_by.chosen)
        check_channels(found.channel_names, made_by.about, found.title)
        yield from unlabelled_rows(found)
        rows = DataPart(found.pictures, found.labels, found.names)
        names = found.channel_names
        return (yield from _of_parts(made_by, found.title, [rows], found.classes, names))
    data = open_data(source, channels=made_by.chosen)
    check_channels(data.channel_names, made_by.about, data.name)
    chosen = list(data.parts.values()) if part == "all" else [data.parts[part or "test"]]
    return (yield from _of_parts(made_by, source, chosen, data.classes, data.channel_names))


def _of_parts(
    made_by: Vectorizer,
    name: str,
    chosen: list[DataPart],
    classes: list[str],
    told: tuple[str, ...],
) -> Generator[Event, None, EmbeddedPictures]:
    import numpy as np

    from pincel.look.embed import seen_by
    from pincel.pixels.arrays import seen_rgb
    from pincel.pixels.channels import has_alpha

    total = sum(len(one) for one in chosen)
    vectors: list[np.ndarray] = []
    names: list[str] = []
    labels: list[str] = []
    thumbs: list[np.ndarray] = []
    for one in chosen:
        for start in range(0, len(one), 512):
            yield Progress(len(names), total, name)
            values = np.asarray(one.pictures[start : start + 512])
            vectors.append(made_by.arrays(seen_by(made_by, values, told)))
            names += one.names[start : start + 512]
            labels += [classes[k] for k in one.labels[start : start + 512]]
            thumbs += list(seen_rgb(values, has_alpha(told)))
    yield Progress(total, total)
    blank = [""] * total
    return EmbeddedPictures(np.concatenate(vectors), names, blank, blank, labels, thumbs)


def thumb(rgba: np.ndarray, side: int = THUMB) -> np.ndarray:
    """A small copy on white; pixel art smaller than that stays as it is."""
    import numpy as np
    from PIL import Image

    from pincel.pixels.planes import on_ground

    rgb = on_ground(rgba)
    if max(rgb.shape[:2]) <= side:
        return rgb
    scale = side / max(rgb.shape[:2])
    size = (max(1, round(rgb.shape[1] * scale)), max(1, round(rgb.shape[0] * scale)))
    return np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BOX))
