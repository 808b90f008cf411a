"""The job for palettes: list them, take one out of pictures, write them in other formats."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.art.files import PaletteFormat
from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, setting
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.art.palettes import Palette as Colors
    from pincel.pixels.picture import Picture

_LIST = "list"
_DEFAULT_COLORS = 16
_MOST_SAMPLES = 400_000


class Palette(Job):
    """Named palettes, palettes out of pictures, and palette files in every usual format."""

    gives: ClassVar[str] = "pincel.art.palettes.Palette | tuple[pincel.art.palettes.Palette, ...]"

    sources: tuple[Any, ...] = setting(sources=True, also="text", min_length=1)
    colors: int | None = setting(None, ge=2, le=256, short="c")
    format: tuple[PaletteFormat, ...] = setting(())
    preview: bool = setting(False)

    def run(self) -> Iterator[Event]:
        if isinstance(self.sources[0], str) and self.sources[0] == _LIST:
            yield self._list(self.sources[1:])
            return
        palettes: list[Colors] = []
        pictures: list[Any] = []
        for source in self.sources:
            found = _as_palette(source)
            if found is None:
                pictures.append(source)
            else:
                palettes.append(found)
        for palette in palettes:
            if self.colors and self.colors < len(palette):
                palette = _fewer(palette, self.colors)
            yield self._made(palette, palette.slug, None)
        if pictures:
            yield from self._from_pictures(pictures)

    # --- the list ---

    def _list(self, wanted: Sequence[Any]) -> Made:
        """Every named palette; words after "list" choose by name, family or number of colours."""
        from pincel.art.palettes import FAMILIES, all_palettes

        words = [str(word).lower() for word in wanted]
        shown = [
            palette
            for family in FAMILIES
            for palette in all_palettes()
            if palette.family == family and all(_matches(palette, word) for word in words)
        ]
        if not shown:
            raise PincelError("palette.none_match", wanted=" ".join(words))
        title = say("palette.list_title", count=len(shown))

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.show.art.palette import draw_list

            if "png" in self.format or self.preview:
                yield ".png", draw_list(shown, title, say("palette.list_note"))

        return Made(
            name="palettes",
            value=tuple(shown),
            files=files,
            numbers={"palettes": [_facts(palette) for palette in shown]},
            lines=tuple(_lines_of_list(shown)),
        )

    # --- one palette ---

    def _made(
        self,
        palette: Colors,
        name: str,
        beside: Path | None,
        shares: Sequence[float] = (),
        picture: np.ndarray | None = None,
    ) -> Made:
        from pincel.art.files.palettes import write_palette

        key = "palette.note" if palette.source else "palette.count"
        note = say(key, count=len(palette), source=palette.source)

        def files() -> Iterator[tuple[str, bytes]]:
            for suffix in self.format or ("gpl",):
                yield f".{suffix}", write_palette(palette, suffix)
            if self.preview:
                from pincel.show.art.palette import draw_palette

                yield ".preview.png", draw_palette(palette, note, shares, picture)

        numbers = _facts(palette)
        if len(shares):
            numbers["shares"] = [round(float(share), 4) for share in shares]
        rows = [palette.hexes[n : n + 8] for n in range(0, len(palette), 8)]
        return Made(
            name=name,
            value=palette,
            files=files,
            numbers=numbers,
            lines=(f"{palette.name}: {note}", *(" ".join(row) for row in rows)),
            beside=beside,
        )

    def _from_pictures(self, sources: list[Any]) -> Iterator[Event]:
        """One palette for all the pictures together; each counts alike, whatever its size."""
        from pincel.pixels.open import find_pictures, open_picture

        everything = find_pictures(sources)
        opened: list[tuple[Picture, np.ndarray]] = []
        for done, found in enumerate(everything):
            yield Progress(done, len(everything), found.name)
            try:
                picture = open_picture(found.source)
                opened.append((picture, _seen(picture)))
            except PincelError as error:
                yield Failed(found.name, _neither(error, found.name))
        yield Progress(len(everything), len(everything))
        if not opened:
            return
        pixels = [seen for _, seen in opened]
        one = len(opened) == 1
        name = opened[0][0].name if one else say("palette.shared")
        source = say("palette.from_one" if one else "palette.from_many", count=len(opened))
        palette = _chosen(pixels, self.colors, name, source)
        beside = next((f.beside for f in everything if f.beside is not None), None)
        label = next((f.name for f in everything), "picture") if one else "shared"
        shown = opened[0][0].rgba if one else None
        yield self._made(palette, f"{label}.palette", beside, _shares(pixels, palette), shown)


def _as_palette(source: Any) -> Colors | None:
    """The palette that a source names; None where it names pictures."""
    from pincel.art.files.palettes import own_suffixes
    from pincel.art.palette_files import load_palette
    from pincel.art.palettes import Palette as Colors

    if isinstance(source, Colors):
        return source
    if not isinstance(source, str | os.PathLike) or source == "-":
        return None
    path = Path(source)
    if path.suffix.lower() in own_suffixes():
        return load_palette(source)
    if isinstance(source, str) and not path.suffix and not path.exists() and "*" not in source:
        return load_palette(source)
    try:
        return load_palette(source) if isinstance(source, str) and not path.suffix else None
    except PincelError:
        return None  # a folder, or a picture without suffix


def _neither(error: PincelError, name: str) -> PincelError:
    """What is no picture might have been meant as a palette: both are named then."""
    from pincel.art.files.palettes import readable

    if error.key not in ("picture.text", "picture.unknown"):
        return error
    return PincelError("palette.unknown_file", name=name, formats=" ".join(readable()))


def _matches(palette: Colors, word: str) -> bool:
    if word.isdecimal():
        return len(palette) == int(word)
    names = (palette.slug, palette.name, palette.family, palette.source, *palette.aliases)
    return any(word in name.lower() for name in names)


def _facts(palette: Colors) -> dict[str, Any]:
    return {
        "name": palette.name,
        "slug": palette.slug,
        "count": len(palette),
        "colors": list(palette.hexes),
        "source": palette.source,
        "year": palette.year,
    }


def _lines_of_list(shown: Sequence[Colors]) -> Iterator[str]:
    wide = max(len(palette.slug) for palette in shown)
    family = None
    for palette in shown:
        if palette.family != family:
            family = palette.family
            yield ""
            yield say(f"palette.family.{family}")
        yield f"  {palette.slug:<{wide}}  {len(palette):>3}  {palette.source}"
    yield ""
    yield say("palette.list_hint")


def _seen(picture: Picture) -> np.ndarray:
    """The opaque pixels of all frames, (n, 3) uint8."""
    import numpy as np

    frames = [frame.reshape(-1, 4) for frame in picture.frames]
    pixels = np.concatenate(frames)
    pixels = pixels[pixels[:, 3] >= 128, :3]
    if not len(pixels):
        raise PincelError("palette.nothing_seen", name=picture.name)
    return pixels


def _chosen(pixels: list[np.ndarray], k: int | None, name: str, source: str) -> Colors:
    """At most k colours. Pictures that have no more keep their own, in the order of first use."""
    import numpy as np

    from pincel.art.palettes import Palette as Colors
    from pincel.art.quantize import choose_palette
    from pincel.pixels.color import srgb_to_oklab

    own = _own_colors(pixels, k or 256)
    if own is not None:
        return Colors(name, own, source)
    colors, weights = [], []
    for seen in pixels:
        part = seen[:: -(-len(seen) // (_MOST_SAMPLES // len(pixels) + 1))]
        colors.append(srgb_to_oklab(part))
        weights.append(np.full(len(part), 100_000 / len(part), np.float32))
    chosen = choose_palette(np.concatenate(colors), k or _DEFAULT_COLORS, np.concatenate(weights))
    return Colors(name, chosen, source)


def _own_colors(pixels: list[np.ndarray], most: int) -> np.ndarray | None:
    """The distinct colours in the order of first use, (n, 3); None where they are more."""
    import numpy as np

    found: dict[int, None] = {}
    for seen in pixels:
        codes = seen.astype(np.int32) @ np.array([65536, 256, 1], np.int32)
        used, first = np.unique(codes, return_index=True)
        if len(used) > most:
            return None
        found |= dict.fromkeys(used[np.argsort(first)].tolist())
        if len(found) > most:
            return None
    codes = np.array(list(found))
    return np.stack([codes >> 16, (codes >> 8) & 255, codes & 255], -1).astype(np.uint8)


def _fewer(palette: Colors, k: int) -> Colors:
    """k of the palette's own colours, the most different ones, in its order."""
    import numpy as np

    from pincel.art.palettes import Palette as Colors
    from pincel.pixels.color import oklab_distance, srgb_to_oklab

    lab = srgb_to_oklab(palette.colors)
    picked = [int(np.argmin(lab[:, 0]))]
    near = oklab_distance(lab, lab[picked[0]])
    while len(picked) < k:
        picked.append(int(np.argmax(near)))
        near = np.minimum(near, oklab_distance(lab, lab[picked[-1]]))
    colors = palette.colors[np.sort(picked)]
    name = f"{palette.name} ({k})"
    return Colors(name, colors, palette.source)


def _shares(pixels: list[np.ndarray], palette: Colors) -> list[float]:
    """For every colour the share of the pictures that is nearest to it in OKLab."""
    import numpy as np

    from pincel.pixels.color import srgb_to_oklab

    lab = srgb_to_oklab(palette.colors)
    total = np.zeros(len(palette))
    for seen in pixels:
        part = srgb_to_oklab(seen[:: -(-len(seen) // 40_000)])
        gap = np.sum(part**2, 1)[:, None] - 2 * part @ lab.T + np.sum(lab**2, 1)
        counts = np.bincount(np.argmin(gap, 1), minlength=len(palette))
        total += counts / counts.sum()
    return (total / len(pixels)).tolist()
