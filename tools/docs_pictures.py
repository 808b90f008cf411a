"""Every picture in the documentation, made by the jobs themselves on Pincel's own pictures.

python tools/make_docs.py --pictures
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import docs_draw
import docs_motion
import docs_networks
import docs_watch
import pincel
from pincel import words
from pincel.art.sprite import Sprite
from pincel.atomic import write_whole

ASSETS = Path(__file__).parents[1] / "assets"
PORTRAIT, HARBOUR, WALK = (ASSETS / n for n in ("portrait.png", "harbour.png", "walk.webp"))
_KEPT = tempfile.TemporaryDirectory()  # gone when the tool ends
EDITED_SEED = 1
PAPER, INK = (250, 248, 244), (60, 56, 66)


def enlarged(sprite: Sprite, height: int) -> Image.Image:
    """A sprite at the whole factor that comes nearest to this height."""
    return Image.fromarray(sprite.rgba(scale=max(1, round(height / sprite.height))))


def row(*shown: tuple[str, Image.Image], height: int = 384) -> bytes:
    """Pictures side by side on paper, each with its caption below, as PNG bytes."""
    gap, foot = 16, 34
    parts = []
    for caption, picture in shown:
        if abs(picture.height - height) > 40 or picture.width > 900:
            size = (round(picture.width * height / picture.height), height)
            picture = picture.resize(size, Image.Resampling.LANCZOS)
        parts.append((caption, picture.convert("RGBA")))
    width = sum(p.width + gap for _, p in parts) + gap
    tall = max(p.height for _, p in parts)
    sheet = Image.new("RGB", (width, tall + gap + foot), PAPER)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(16)
    x = gap
    for caption, picture in parts:
        sheet.paste(checker(picture), (x, gap))
        draw.text((x, gap + tall + 7), caption, INK, font)
        x += picture.width + gap
    return png(sheet)


def checker(picture: Image.Image, cell: int = 12) -> Image.Image:
    """The picture over the usual grey squares, so that what is transparent can be seen."""
    y, x = np.mgrid[0 : picture.height, 0 : picture.width] // cell
    ground = np.where(((x + y) % 2)[..., None], np.uint8(255), np.uint8(232)).repeat(3, -1)
    under = Image.fromarray(ground).convert("RGBA")
    under.alpha_composite(picture)
    return under.convert("RGB")


def png(picture: Image.Image) -> bytes:
    """PNG bytes of a picture, small."""
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def file_of(job: str, *given, suffix: str = ".png", most: int = 1600, **settings) -> bytes:
    """The main file that a job writes, its width at most `most` pixels."""
    with tempfile.TemporaryDirectory() as folder:
        pincel.call(job, *given, out=folder, **settings)
        made = sorted(p for p in Path(folder).rglob("*") if p.name.endswith(suffix))
        data = made[0].read_bytes()
    if suffix != ".png":
        return data
    picture = Image.open(io.BytesIO(data))
    if picture.width > most:
        size = (most, round(picture.height * most / picture.width))
        return png(picture.convert("RGB").resize(size, Image.Resampling.LANCZOS))
    return data


def fake_pixel_art() -> np.ndarray:
    """What an image generator calls pixel art: cells of 11.3 pixels, soft, noisy, shaded."""
    sprite = pincel.call("pixelate", str(PORTRAIT), width=40, colors=14)
    true = Image.fromarray(sprite.rgba()).convert("RGB")
    size = round(40 * 11.3)
    big = true.resize((size, size), Image.Resampling.NEAREST).resize((size + 3, size + 3))
    values = np.asarray(big, np.float32)
    shade = np.linspace(0.94, 1.04, size + 3)[:, None, None]
    noise = np.random.default_rng(5).normal(0, 5, values.shape)
    coded = io.BytesIO()
    Image.fromarray(np.clip(values * shade + noise, 0, 255).astype(np.uint8)).save(
        coded, "JPEG", quality=85
    )
    return np.asarray(Image.open(coded).convert("RGB"))


def hero() -> bytes:
    """Source and two results."""
    source = Image.open(PORTRAIT).convert("RGBA")
    small = pincel.call("pixelate", str(PORTRAIT), width=48, colors=16)
    larger = pincel.call("pixelate", str(PORTRAIT), width=64, colors=24)
    return row(
        ("portrait.png, 512 x 512", source),
        ("--width 48 --colors 16", enlarged(small, 384)),
        ("--width 64 --colors 24", enlarged(larger, 384)),
    )


def palettes() -> bytes:
    """One picture in four palettes."""
    shown = []
    for name in ("pico-8", "game-boy", "c64", "endesga-32"):
        sprite = pincel.call("pixelate", str(PORTRAIT), width=64, palette=name)
        shown.append((f"--palette {name}", enlarged(sprite, 256)))
    return row(*shown, height=256)


def dithering() -> bytes:
    """A sky in ten colours, with and without dithering."""
    shown = []
    for name in ("none", "bayer4", "blue-noise"):
        sprite = pincel.call("pixelate", str(HARBOUR), width=120, colors=10, dither=name)
        shown.append((f"--colors 10 --dither {name}", enlarged(sprite, 237)))
    return row(*shown, height=237)


def outlines() -> bytes:
    """Cut out and outlined."""
    source = Image.open(WALK).convert("RGBA")
    plain = pincel.call("pixelate", str(WALK), height=48, colors=12)
    lined = pincel.call("pixelate", str(WALK), height=48, colors=12, outline=True)
    cut = pincel.call("pixelate", str(PORTRAIT), width=64, colors=20, cutout=True, outline=True)
    return row(
        ("walk.webp, first frame", source),
        ("--height 48 --colors 12", enlarged(plain, 384)),
        ("--outline", enlarged(lined, 384)),
        ("--cutout --outline", enlarged(cut, 384)),
    )


def restored() -> bytes:
    """Fake pixel art and its true grid."""
    fake = fake_pixel_art()
    sprite = pincel.call("restore", fake)
    return row(
        (f"{fake.shape[1]} x {fake.shape[0]}, soft and noisy", Image.fromarray(fake)),
        (f"{sprite.width} x {sprite.height}, {len(sprite.palette)} colours", enlarged(sprite, 455)),
        height=455,
    )


def scored() -> bytes:
    """The marked-up picture of score."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "portrait.png"
        pincel.call("pixelate", str(PORTRAIT), width=48, colors=16).save(path)
        return file_of("score", str(path), against=str(PORTRAIT))


def walk() -> bytes:
    """An animation as it is delivered, four times its size."""
    sprite = pincel.call("pixelate", str(WALK), height=48, colors=12, outline=True, fps=8)
    from pincel.art.sprite_files import encode_sprite

    return encode_sprite(sprite, ".gif", scale=4)


def sheet() -> bytes:
    """The same animation as a sheet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "walk.gif"
        pincel.call("pixelate", str(WALK), height=48, colors=12, outline=True).save(path)
        data = file_of("sheet", str(path))
    picture = Image.open(io.BytesIO(data)).convert("RGBA")
    return png(checker(picture.resize((picture.width * 3, picture.height * 3), 0)))


def trained() -> bytes:
    """Curves and answers of a short training on handwritten digits."""
    with tempfile.TemporaryDirectory() as folder:
        pincel.call("train", "cnn", "digits", name="digits", epochs=10, threads=1, runs=folder)
        run = Path(folder) / "digits"
        shown = [Image.open(run / n).convert("RGB") for n in
                 ("curves.png", "samples/predictions.png")]  # fmt: skip
    size = max(p.width for p in shown), sum(p.height for p in shown)
    whole = Image.new("RGB", size, "white")
    whole.paste(shown[0], (0, 0))
    whole.paste(shown[1], (0, shown[0].height))
    return png(whole)


def edited() -> bytes:
    """What edit does without the network: a feather removed, a palette, a mirror."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "portrait.png"
        sprite = pincel.call("pixelate", str(PORTRAIT), width=48, colors=16)
        sprite.save(path)
        shown = [("portrait.png, 48 x 48", enlarged(sprite, 240))]
        light = sprite.rgba()[..., :3].min(-1) > 180  # the feather is the light thing up there
        place = np.zeros_like(light)
        place[6:20, 32:46] = light[6:20, 32:46]
        feather = place | np.roll(place, 1, 0) | np.roll(place, -1, 0)
        feather |= np.roll(place, 1, 1) | np.roll(place, -1, 1)
        for caption, settings in (
            ("--remove --mask feather.png", {"remove": True, "mask": feather}),
            ("--palette game-boy", {"palette": "game-boy"}),
            ("--symmetric left", {"symmetric": "left"}),
        ):
            shown.append((caption, enlarged(pincel.call("edit", path, **settings), 240)))
    return row(*shown, height=240)


def edited_with_words() -> bytes:
    """A drawn sprite and what edit draws into it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "potion.png"
        sprite = pincel.call("draw", "red potion", seed=EDITED_SEED)
        sprite.save(path)
        shown = [("draw red potion", enlarged(sprite, 192))]
        for caption, prompt, settings in (
            ("edit blue potion --mask", "blue potion", {"mask": "4,12,24,20"}),
            ("--vary 0.3", "red potion", {"vary": 0.3}),
            ("--vary 0.6", "red potion", {"vary": 0.6}),
        ):
            made = pincel.call("edit", path, prompt, new_colors=True, **settings)
            shown.append((caption, enlarged(made, 192)))
    return row(*shown, height=192)


def gallery() -> bytes:
    """The grid of a gallery: one portrait over two settings."""
    with tempfile.TemporaryDirectory() as folder:
        for width in (24, 32, 48):
            for colors in (4, 8, 16, 32):
                settings = {"width": width, "colors": colors}
                out = Path(folder) / f"{width}-{colors}.png"
                pincel.call("pixelate", str(PORTRAIT), out=out, **settings)
        return file_of("gallery", folder, grid="width,colors", suffix=".grid.png")


@cache
def coder() -> str:
    """A small vae of handwritten digits, trained in some seconds; its run's folder."""
    folder = Path(_KEPT.name)
    net = "dense=true dims=8 hidden=256"
    pincel.call("train", "vae", "digits", name="digits", epochs=40, threads=1, net=net,
                runs=folder)  # fmt: skip
    return str(folder / "digits")


def digits() -> tuple[np.ndarray, np.ndarray]:
    """All handwritten digits, (n, 8, 8) uint8, and what each is."""
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    return np.rint(images.reshape(-1, 8, 8) * (255 / 16)).astype(np.uint8), labels


def digits_walk(suffix: str) -> bytes:
    """Zero, six and four, and what lies between."""
    pictures, labels = digits()
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for row in (396, 1005, 1536):
            paths.append(str(Path(folder) / f"{labels[row]}.png"))
            Image.fromarray(pictures[row]).save(paths[-1])
        return file_of("walk", coder(), *paths, gif=True, suffix=suffix)


def digits_sum() -> bytes:
    """A thin zero, plus the mean of thick digits, less that of thin ones."""
    pictures, labels = digits()
    called = {"thin": say("fina", "thin"), "thick": say("gruesa", "thick")}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for number in range(10):
            rows = np.flatnonzero(labels == number)
            order = rows[np.argsort(pictures[rows].sum((1, 2), dtype=int), kind="stable")]
            for name, chosen in (("thin", order[:8]), ("thick", order[-8:])):
                (folder / called[name]).mkdir(exist_ok=True)
                for row in chosen:
                    Image.fromarray(pictures[row]).save(folder / called[name] / f"{row}.png")
        zeros = np.flatnonzero(labels == 0)
        thin = zeros[np.argsort(pictures[zeros].sum((1, 2), dtype=int), kind="stable")[3]]
        Image.fromarray(pictures[thin]).save(folder / "0.png")
        terms = [folder / "0.png", folder / called["thick"], folder / called["thin"]]
        asked = "'{}' + '{}' - '{}'".format(*terms)
        return file_of("algebra", coder(), asked, suffix=".sheet.png")


def dreamed() -> bytes:
    """A portrait, and what two layers of two networks dream into it."""
    shown = [("portrait.png", Image.open(PORTRAIT).convert("RGBA"))]
    for model, layer in (("cnn.bloodmnist", "conv8"), ("contrastive.cards", "conv6")):
        data = file_of("dream", model, str(PORTRAIT), layer=layer, size=192, suffix=".dream.png")
        shown.append((f"{model} --layer {layer}", Image.open(io.BytesIO(data))))
    return row(*shown, height=270)


@cache
def upscaler() -> str:
    """A small upscaler taught on the digits."""
    folder = Path(tempfile.mkdtemp())
    pincel.call("train", "upscaler", "digits", name="up", epochs=12, threads=1,
                net="width=16 blocks=2", runs=folder)  # fmt: skip
    return str(folder / "up")


def enlarged_digit() -> bytes:
    """A digit that it did not learn from, shrunk and brought back."""
    from pincel.learn.data import open_data

    held = open_data("digits", seed=0, labelled=False).parts["test"]
    return file_of("upscale", upscaler(), held.pictures[3, ..., 0], score=True)


POTION = """
......ooo.......
......obo.......
.....ooooo......
......owo.......
......owo.......
.....owwwo......
....owwwwwo.....
...owwwwwwwo....
..owwwwwwwwwo...
..orrrrrrrrro...
..orlrrrrrrdo...
..orlrrrrrrdo...
..orrrrrrrddo...
...orrrrrddo....
....ooooooo.....
................
"""
PAINTS = {".": (0, 0, 0, 0), "o": (38, 34, 52, 255), "b": (150, 98, 54, 255),
          "w": (203, 219, 252, 255), "r": (204, 46, 52, 255), "l": (245, 132, 128, 255),
          "d": (140, 26, 44, 255)}  # fmt: skip


def potion() -> np.ndarray:
    """A small sprite, drawn here, (16, 16, 4) uint8."""
    return np.array([[PAINTS[c] for c in line] for line in POTION.split()], np.uint8)


def say(spanish: str, english: str) -> str:
    """A name in the language of the picture that is being made."""
    return spanish if words.language() == "es" else english


STYLED = ("knight", "goblin", "red dragon", "wizard", "golden helmet", "ogre", "skeleton")


def styled() -> bytes:
    """The portrait in the style of sprites that draw made."""
    with tempfile.TemporaryDirectory() as folder:
        for prompt in STYLED:
            pincel.call("draw", prompt, seed=1, out=folder)
        return file_of("style", str(PORTRAIT), like=folder, native=48, explain=True,
                       suffix=".explain.png")  # fmt: skip


SHOTS: dict[str, Callable[[], bytes]] = {
    "hero.png": hero,
    "palettes.png": palettes,
    "dithering.png": dithering,
    "outlines.png": outlines,
    "restored.png": restored,
    "walk.gif": walk,
    "walk-digits.gif": lambda: digits_walk(".gif"),
    "sheet.png": sheet,
    "gallery.png": gallery,
    "draw.png": docs_draw.drawn,
    "draw-steps.gif": docs_draw.steps,
    "draw-faces.png": docs_draw.faces,
    "trades.png": docs_draw.trades,
    "icons.png": docs_draw.icons,
    "states.png": docs_draw.states,
    "beasts.png": docs_draw.beasts,
    "beasts-seeds.png": docs_draw.herds,
    "places.png": docs_draw.places,
    "items.png": docs_draw.items,
    "rooms.png": docs_draw.furnished,
    "items-seeds.png": docs_draw.hoard,
    "signs.png": docs_draw.signs,
    "machines.png": docs_draw.machines,
    "monsters.png": docs_draw.monsters,
    "several.png": docs_draw.several,
    "tiles.png": docs_draw.tiles,
    "scribble.png": docs_draw.scribbled,
    **docs_motion.PICTURES,
    "edit.png": edited,
    "edit-words.png": edited_with_words,
    "dreamed.png": dreamed,
}
LABELLED: dict[str, Callable[[], bytes]] = {
    "style": styled,
    "score": scored,
    "train": trained,
    "explain": lambda: file_of(
        "pixelate", str(PORTRAIT), width=48, colors=16, explain=True, suffix=".explain.png"
    ),
    "palette": lambda: file_of("palette", str(PORTRAIT), colors=12, preview=True),
    "inspect": lambda: file_of("inspect", str(PORTRAIT), crop="196,236,10,10"),
    "colors": lambda: file_of("colors", str(PORTRAIT)),
    "distance": lambda: file_of("distance", str(PORTRAIT), str(HARBOUR)),
    "filter": lambda: file_of("filter", str(PORTRAIT), kernel="sobel", suffix=".filter.png"),
    "hog": lambda: file_of("hog", str(PORTRAIT)),
    "embed": lambda: file_of("embed", "pixels", "digits"),
    "similarity": lambda: file_of("similarity", "pixels", "digits"),
    "siamese": lambda: file_of("siamese", "digits", epochs=5),
    "rebuild": lambda: file_of("rebuild", coder(), "digits", count=20),
    "walk": lambda: digits_walk(".sheet.png"),
    "algebra": digits_sum,
    "latents": lambda: file_of("latents", coder(), "digits", part="train", suffix=".pca.png"),
    "nats": lambda: file_of("latents", coder(), "digits", part="train", suffix=".kl.png"),
    "sliders": lambda: file_of("sliders", coder(), "digits", rows=6),
    "race": lambda: file_of("race", "digits", size=24),
    "dream": lambda: file_of("dream", "cnn.bloodmnist"),
    "upscale": enlarged_digit,
    "caption": lambda: file_of("caption", potion()),
    **docs_networks.PICTURES,
    **docs_watch.PICTURES,
}


def make_pictures(folder: Path, only: tuple[str, ...] = ()) -> None:
    """Write them all; what holds words is made once for each language."""
    for name, make in SHOTS.items():
        if not only or name in only:
            write_whole(folder / name, make())
            print(f"wrote {name}")
    for name, make in LABELLED.items():
        if only and name not in only:
            continue
        for code in words.LANGUAGES:
            words.use(code)
            try:
                write_whole(folder / f"{name}.{code}.png", make())
            finally:
                words.use(None)
            print(f"wrote {name}.{code}.png")


if __name__ == "__main__":
    import sys

    make_pictures(Path(__file__).parents[1] / "docs" / "pictures", tuple(sys.argv[1:]))
