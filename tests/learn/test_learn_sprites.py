"""Captioned sprites as training data, on archives made here."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.art import lexicon
from pincel.learn import captioned_sprites, captions, dolls

INK = (12, 8, 16)


def png(rgba: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(rgba).save(file, "PNG")
    return file.getvalue()


def disc(side: int, color: tuple[int, int, int], radius: float = 0.4) -> np.ndarray:
    """A filled circle with a black outline."""
    y, x = np.mgrid[:side, :side] - (side - 1) / 2
    far = np.hypot(x, y) / side
    rgba = np.zeros((side, side, 4), np.uint8)
    rgba[far < radius] = (*INK, 255)
    rgba[far < radius - 1.2 / side] = (*color, 255)
    return rgba


def names(ids: tuple[int, ...]) -> list[str]:
    return [lexicon.vocabulary()[i]["en"] for i in ids]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Twelve sprites, one twice, one too soft, one too large, one without known words."""
    path = tmp_path / "sprites.zip"
    rows = []
    noisy = np.zeros((32, 32, 4), np.uint8)
    noisy[..., :3] = np.random.default_rng(0).integers(0, 256, (32, 32, 3))
    noisy[..., 3] = 255
    soft = disc(16, (200, 30, 30))
    soft[..., 3] = np.where(soft[..., 3] > 0, 180, 0)
    pictures = [(disc(16, (140 + 20 * n, 30, 30)), f"red dragon {n}") for n in range(6)]
    pictures += [
        (disc(16, (140, 30, 30)), "dragon again"),  # the same pixels as the first
        (soft, "soft dragon"),
        (np.pad(disc(16, (30, 90, 200)), ((20, 12), (20, 12), (0, 0))), "blue orb"),
        (np.full((48, 48, 4), 255, np.uint8), "white wall"),
        (disc(16, (30, 200, 30)), "xyzzy"),
        (noisy, "crystal"),
    ]
    with zipfile.ZipFile(path, "w") as file:
        for number, (rgba, caption) in enumerate(pictures):
            name = f"made/{number}.png"
            file.writestr(name, png(rgba))
            rows.append({"file": name, "caption": caption, "source": "made", "group": "thing"})
        rows.append({"file": "made/0.png", "caption": None, "source": "made", "group": "unnamed"})
        file.writestr("index.jsonl", "\n".join(json.dumps(row) for row in rows))
    return path


def test_only_sprites_with_words_hard_edges_and_fitting_size(archive: Path) -> None:
    found = list(captioned_sprites.captioned(archive))
    assert [row.caption for row in found] == [f"red dragon {n}" for n in range(6)] + [
        "blue orb",
        "crystal",
    ]
    orb = found[6]
    assert orb.side == 16  # what is transparent around it was cut off
    assert orb.rgba[8, 8].tolist() == [30, 90, 200, 255]
    for row in found:
        assert row.rgba.shape == (row.side, row.side, 4)
        assert set(np.unique(row.rgba[..., 3])) <= {0, 255}


def test_tables_show_the_same_sprites(archive: Path) -> None:
    made = captioned_sprites.caption_arrays(archive, None)
    assert len(made["a16_index"]) == 7 and len(made["a32_index"]) == 1
    rgba = next(captioned_sprites.captioned(archive)).rgba
    index, palette = made["a16_index"][0], made["a16_palette"][0]
    shown = np.where(index[..., None] > 0, palette[index], 0)
    assert np.array_equal(shown, rgba[..., :3])
    assert made["a16_colors"][0] == 2 and not palette[3:].any()
    words = [int(i) for i in made["a16_words"][0] if i]
    assert names(tuple(words)) == ["dragon", "red"]
    assert made["a16_label"][0] == lexicon.classes().index("dragon")
    assert made["a32_colors"].max() == captioned_sprites.MOST_COLORS  # 1,024 colours became 31
    held = made["a16_held"]
    assert held.dtype == bool and held.sum() <= 1  # of few sprites hardly any are held out
    assert all(not array.dtype.hasobject for array in made.values())


def test_reduction_keeps_colours_that_are_there_and_near() -> None:
    rng = np.random.default_rng(1)
    base = rng.integers(0, 256, (20, 3))
    near = np.clip(base[rng.integers(0, 20, 1024)] + rng.integers(-2, 3, (1024, 3)), 0, 255)
    rgba = np.concatenate([near, np.full((1024, 1), 255)], 1).reshape(32, 32, 4).astype(np.uint8)
    index, palette = captioned_sprites.indexed_sprite(rgba)
    assert len(palette) == 31 and index.min() == 1
    assert {tuple(c) for c in palette} <= {tuple(c) for c in rgba.reshape(-1, 4)[:, :3]}
    assert np.abs(palette[index - 1].astype(int) - rgba[..., :3]).max() <= 8


def test_labelled_has_one_size(archive: Path) -> None:
    pictures, labels, texts, classes = captioned_sprites.labelled(archive, 32)
    assert pictures.shape == (8, 32, 32, 4) and len(classes) == 100
    assert classes[labels[0]] == "dragon" and texts[0] == "red dragon 0"
    assert labels[7] == -1
    assert np.array_equal(pictures[0, ::2, ::2], pictures[0, 1::2, 1::2])  # doubled
    assert captioned_sprites.labelled(archive, 16)[0].shape[1:3] == (16, 16)


@pytest.mark.parametrize(
    ("caption", "source", "head", "words"),
    [
        ("boots iron armour", "crawl-2015", "boots", {"boots", "iron"}),
        ("orcish plate armour", "crawl-2010", "armour", {"orc", "armour"}),
        ("urand guard weapon artefact", "crawl-2015", "", set()),
        ("baby snowy owl", "dawnlike", "owl", {"owl", "bird", "baby", "snow"}),
        ("elephant statue statues", "crawl-2015", "statue", {"elephant", "statue"}),
        ("heart on fire", "serenity-emoji", "heart", {"heart", "fire"}),
        ("yes box", "dawnlike", "bubble", {"bubble"}),
        ("lit brick wall left right up", "dawnlike", "wall", {"brick", "wall", "glowing"}),
        ("num numbers", "crawl-2010", "", set()),
        (None, "", "", set()),
    ],
)
def test_captions_lose_what_is_technical(
    caption: str | None, source: str, head: str, words: set[str]
) -> None:
    said = captions.read_caption(caption, source)
    assert set(names(said.ids)) == words
    assert lexicon.vocabulary()[said.head]["en"] == head


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ((220, 30, 30), "red"), ((150, 20, 20), "red"), ((255, 140, 0), "orange"),
        ((250, 240, 60), "yellow"), ((212, 175, 55), "gold"), ((40, 160, 50), "green"),
        ((60, 210, 210), "cyan"), ((40, 80, 210), "blue"), ((130, 50, 180), "purple"),
        ((255, 150, 190), "pink"), ((120, 70, 30), "brown"), ((128, 128, 128), "grey"),
        ((250, 250, 250), "white"), ((10, 10, 10), "black"), ((68, 36, 52), "black"),
    ],
)  # fmt: skip
def test_colour_words(rgb: tuple[int, int, int], name: str) -> None:
    assert captions.color_words(np.array(rgb, np.uint8)) == name


def test_outline_and_cast_shadow_are_no_colour_of_the_thing() -> None:
    picture = disc(16, (30, 90, 210))
    picture[12:, 4:14] = (0, 0, 0, 255)
    assert captions.dominant_colors(picture) == ["blue"]
    assert captions.shows_color(picture, "blue") and not captions.shows_color(picture, "black")
    assert captions.dominant_colors(np.zeros((8, 8, 4), np.uint8)) == []
    assert captions.dominant_colors(disc(16, (28, 26, 30))) == ["black"]


def test_dolls_are_different_seeded_and_told_truly(tmp_path: Path) -> None:
    path = tmp_path / "parts.zip"
    with zipfile.ZipFile(path, "w") as file:
        for number, name in enumerate(
            ["base/human_m", "base/elf_f", "cloak/cyan", "body/robe_red", "body/leather2",
             "hand1/dagger", "hand2/shield_round1", "head/wizard_blue", "legs/pants_blue",
             "boots/pj", "gloves/glove_red", "hair/brown1", "body/nonsense"]
        ):  # fmt: skip
            part = np.zeros((32, 32, 4), np.uint8)
            part[2 * number : 2 * number + 2, 8:24] = (10 * number, 200 - 10 * number, 90, 255)
            file.writestr(name + ".png", png(part))
    one = list(dolls.compose(path, 12, 5))
    two = list(dolls.compose(path, 12, 5))
    assert [d.caption for d in one] == [d.caption for d in two]
    assert all(np.array_equal(a.rgba, b.rgba) for a, b in zip(one, two, strict=True))
    assert len({d.rgba.tobytes() for d in one}) == 12
    for doll in one:
        assert doll.place.any() == bool(doll.thing)
        for name in ("robe", "dagger", "shield", "cloak", "armour", "hat"):
            assert doll.thing.split()[-1:] != [name] or name in doll.caption
        robed = tuple(doll.rgba[6, 10]) == (30, 170, 90, 255)  # only the robe covers this row
        assert ("red robe" in doll.caption) == robed
        read = captions.read_caption(doll.caption)
        assert {"man", "elf"} & set(names(read.ids))


def test_words_of_captions_are_frozen() -> None:
    """Cards name commands whose data they stand for: no word that `draw` learns may change it."""
    table = captions.caption_words()
    assert len(table) == 3036
    said = "\n".join(f"{word} {table[word]}" for word in sorted(table))
    assert hashlib.sha256(said.encode()).hexdigest()[:16] == "1f1b6f429119cbde"
    own = "\n".join(f"{w['id']} {w['en']} {w['kind']} {w.get('is')}"
                    for w in lexicon.vocabulary()[1:610])  # fmt: skip
    assert (
        hashlib.sha256((own + str(lexicon.classes())).encode()).hexdigest()[:16]
        == "05a0881b91af86c1"
    )


def test_words_that_draw_has_learned_since_label_nothing() -> None:
    for word in ("armchair", "beholder", "grandma", "braid"):
        assert lexicon.split(word)[0].ids
        assert captions.read_caption(word) == captions.Meaning((), 0)
    read = [captions.read_caption(f"{word} {number}") for word in sorted(captions.caption_words())
            for number in "ab"]  # fmt: skip
    said = "\n".join(f"{one.ids} {one.head}" for one in read)
    assert hashlib.sha256(said.encode()).hexdigest()[:16] == "9b52b5f444e2b363"


def test_the_sprites_are_labelled_as_when_the_networks_learned(shared: Path) -> None:
    archive = shared / "sprites.zip"
    if not archive.is_file():
        pytest.skip("needs sprites.zip in the shared data folder")
    with zipfile.ZipFile(archive) as file:
        rows = [json.loads(line) for line in file.open("index.jsonl")]
    rows = [row for row in rows if row["caption"]]
    read = [captions.read_caption(row["caption"], row["source"]) for row in rows]
    labels = [captioned_sprites.label_of(one.head) for one in read]
    counts = len(rows), sum(bool(one.ids) for one in read), sum(label >= 0 for label in labels)
    assert counts == (14459, 11522, 5490)
    said = "\n".join(f"{one.ids} {one.head}" for one in read)
    assert hashlib.sha256(said.encode()).hexdigest()[:16] == "65cbe4b3617d444f"
