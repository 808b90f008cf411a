"""The contact sheets on the page of `translate`: faces that it never learned from, unpicked.

    python tools/docs_translate.py [--nets FOLDER] [--adapter NET.onnx]

The first eight seeds of each style that was kept away from it. A row holds the faces as drawn, what
`pixelate --width 16` makes of the head's square, and what `translate` makes of the picture. With
FOLDER, what `benchmarks/tiles.py --which transposed,native --out FOLDER` left, there is a second
sheet, of all ways: the report's network and the one without its enlarging half, `style` with a
sprite of DiceBear, `pixelate` and `translate`. With NET, what `pincel export` made of an adapter,
there is one of plain `translate` with its palette, the adapter, and `pixelate` with the palette.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import pincel
from docs_pictures import INK, PAPER, checker, png
from drawn_styles import UNSEEN
from pincel.atomic import write_whole
from pincel.make.pictures import heads
from pincel.make.pictures.translate import open_translator, over_white, srgb_of

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "benchmarks"))
SHOWN, CELL, GAP = 8, 96, 12


def main() -> None:
    """Draw and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nets", type=Path)
    parser.add_argument("--adapter", type=Path)
    asked = parser.parse_args()
    if asked.adapter is not None:
        write_whole(ROOT / "docs" / "pictures" / "adapter.png", png(sheet(adapted(asked.adapter))))
        return
    if asked.nets is not None:
        write_whole(ROOT / "docs" / "pictures" / "faces.png", png(sheet(all_ways(asked.nets))))
        return
    from pictures import face

    rows = []
    for style in UNSEEN:
        drawn = [face(style, f"unseen {k}", 384) for k in range(SHOWN)]
        rows += [
            (style, [Image.fromarray(one) for one in drawn]),
            ("pixelate --width 16", [Image.fromarray(shrunk(one)) for one in drawn]),
            ("translate", [Image.fromarray(pincel.translate(one).rgba()) for one in drawn]),
        ]
    write_whole(ROOT / "docs" / "pictures" / "translate.png", png(sheet(rows)))


def all_ways(nets: Path) -> list[tuple[str, list[Image.Image]]]:
    """The first four seeds of both styles, each way in a row."""
    from pictures import face

    drawn = [face(style, f"unseen {k}", 384) for style in UNSEEN for k in range(SHOWN // 2)]
    rows = [("as drawn", [Image.fromarray(one) for one in drawn])]
    for name, file in (("cyclegan", "transposed"), ("cyclegan --native", "native")):
        rows.append((name, cycled(nets / f"{file}.safetensors", drawn)))
    like = Image.fromarray(face("pixel-art", "like", 16))
    rows += [
        ("style", [styled(one, like) for one in drawn]),
        ("pixelate --width 16", [Image.fromarray(shrunk(one)) for one in drawn]),
        ("pixelate --width 32", [Image.fromarray(shrunk(one, 32)) for one in drawn]),
        ("translate", [Image.fromarray(pincel.translate(one).rgba()) for one in drawn]),
    ]
    return rows


def adapted(path: Path) -> list[tuple[str, list[Image.Image]]]:
    """The same faces in the palette of somebody's sprites, each way in a row."""
    from pictures import face

    drawn = [face(style, f"unseen {k}", 384) for style in UNSEEN for k in range(SHOWN // 2)]
    own = open_translator(path)
    side = int(own.about["side"])
    (_, colors) = own.run(np.zeros((1, 3, 64, 64), np.float32))
    palette = np.unique(srgb_of(colors[0])[1:], axis=0)
    named = ",".join("#" + bytes(one).hex() for one in palette.tolist())
    plain = [pincel.translate(one, palette=named).rgba() for one in drawn]
    made = [pincel.translate(one, model=path).rgba() for one in drawn]
    return [
        ("as drawn", [Image.fromarray(one) for one in drawn]),
        ("translate --palette", [Image.fromarray(one) for one in plain]),
        ("adapter", [Image.fromarray(one) for one in made]),
        ("pixelate --palette", [Image.fromarray(shrunk(one, side, named)) for one in drawn]),
    ]


def cycled(path: Path, drawn: list[np.ndarray]) -> list[Image.Image]:
    """What a network that was taught without pairs makes of the heads."""
    import torch

    from pincel.nets._network import open_model

    net: Any = open_model(path).net
    found = []
    for rgba in drawn:
        frame = open_translator().translate(rgba).frame
        seen = torch.from_numpy(
            heads.framed_square(over_white(rgba), frame, net.config.side).copy()
        )
        with torch.inference_mode():
            made = net.to_sprite(seen.movedim(2, 0)[None].float() / 127.5 - 1)[0]
        bytes_ = ((made.movedim(0, 2).clamp(-1, 1) + 1) * 127.5).round().byte().numpy()
        found.append(Image.fromarray(bytes_).convert("RGBA"))
    return found


def styled(rgba: np.ndarray, like: Image.Image) -> Image.Image:
    """The head's square in the style of a sprite, 32 pixels."""
    frame = open_translator().translate(rgba).frame
    head = heads.framed_square(over_white(rgba), frame, 192)
    return Image.fromarray(pincel.style(head, like=[np.array(like)], native=32).rgba())


def shrunk(rgba: np.ndarray, width: int = 16, palette: str | None = None) -> np.ndarray:
    """The head's square through `pixelate`."""
    frame = open_translator().translate(rgba).frame
    alpha = heads.framed_square(np.repeat(rgba[..., 3:], 3, 2), frame, 192)[..., :1]
    head = np.dstack([heads.framed_square(rgba[..., :3], frame, 192), alpha])
    return pincel.pixelate(head, width=width, palette=palette).rgba()


def sheet(rows: list[tuple[str, list[Image.Image]]]) -> Image.Image:
    """Rows of pictures, each with its name on the left."""
    left, font = 150, ImageFont.load_default(14)
    size = (left + SHOWN * (CELL + GAP) + GAP, len(rows) * (CELL + GAP) + GAP)
    whole = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(whole)
    for y, (name, pictures) in enumerate(rows):
        top = GAP + y * (CELL + GAP)
        draw.text((10, top + CELL // 2 - 8), name, INK, font)
        for x, picture in enumerate(pictures):
            how = Image.Resampling.NEAREST if picture.width <= 64 else Image.Resampling.LANCZOS
            shown = checker(picture.resize((CELL, CELL), how))
            whole.paste(shown, (left + x * (CELL + GAP), top))
    return whole


if __name__ == "__main__":
    main()
