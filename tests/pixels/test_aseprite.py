"""Aseprite files drawn as the format's specification says: order, links, palettes, groups, tiles,
blend modes; where the PyPI package `aseprite` is installed, pixel for pixel as it draws them."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

import aseprite_files as made
from aseprite_files import BLUE, GREEN, RED, cel, file, frame, layer, link, palette
from pincel.errors import PincelError
from pincel.pixels.animation import Slice, SliceKey, Tag
from pincel.pixels.aseprite import read_aseprite
from pincel.pixels.aseprite.blend import put_over
from pincel.pixels.aseprite.model import BLEND_MODES
from pincel.pixels.open import find_pictures, open_picture

CLEAR = [0, 0, 0, 0]


def solid(*color, size=1):
    return [*color, 255] * size


def drawn(data, number=0):
    return read_aseprite(data).rgba(number)


def one_row(data, number=0):
    return drawn(data, number)[0].tolist()


# --- order, visibility, links ---


@pytest.mark.parametrize("z", [1, 2])
def test_a_cel_is_ordered_by_its_layer_plus_z_and_ties_by_z(z):
    data = file(
        [
            frame(
                [
                    *(layer("red"), layer("green")),
                    cel(0, 0, 0, 1, 1, solid(*RED), z=z),
                    cel(1, 0, 0, 1, 1, solid(*GREEN)),
                ]
            )
        ],
        *(1, 1, 32),
    )
    assert one_row(data) == [[*RED, 255]]


def test_a_reference_layer_is_not_drawn():
    data = file(
        [
            frame(
                [
                    *(layer("art"), layer("photo", flags=1 | 64)),
                    cel(0, 0, 0, 1, 1, solid(*RED)),
                    cel(1, 0, 0, 2, 1, solid(*GREEN, size=2)),
                ]
            )
        ],
        *(2, 1, 32),
    )
    assert one_row(data) == [[*RED, 255], CLEAR]


def test_a_linked_cel_has_its_own_place_opacity_and_z():
    pictures = [layer("a"), layer("b"), cel(0, 0, 0, 1, 1, solid(*RED))]
    other = cel(1, 0, 0, 3, 1, solid(*BLUE, size=3))
    data = file(
        [frame([*pictures, other]), frame([link(0, 0, x=2, opacity=128, z=5), link(1, 0)])],
        *(3, 1, 32),
    )
    assert one_row(data)[0] == [*BLUE, 255]
    assert one_row(data, 1) == [[*BLUE, 255], [*BLUE, 255], [128, 0, 127, 255]]


def test_a_link_may_lead_on_to_another_and_forward_but_not_round():
    start = [layer("a")]
    forward = file(
        [frame([*start, link(0, 1)]), frame([cel(0, 0, 0, 1, 1, solid(*RED))])], 1, 1, 32
    )
    assert one_row(forward) == [[*RED, 255]]
    ring = file([frame([*start, link(0, 1)]), frame([link(0, 0)])], 1, 1, 32)
    with pytest.raises(PincelError, match="damaged"):
        read_aseprite(ring)


def test_opacity_counts_only_where_the_file_says_so_and_not_for_the_background():
    half = [layer("a", opacity=128), cel(0, 0, 0, 1, 1, solid(*RED), opacity=100)]
    assert one_row(file([frame(half)], 1, 1, 32)) == [[*RED, 50]]
    assert one_row(file([frame(half)], 1, 1, 32, flags=0)) == [[*RED, 100]]
    ground = [layer("a", flags=1 | 8, opacity=128), cel(0, 0, 0, 1, 1, solid(*RED))]
    assert one_row(file([frame(ground)], 1, 1, 32)) == [[*RED, 255]]


# --- groups ---


def grouped(opacity=255, blend=0, z=0, visible=1):
    return [
        *(layer("ground"), layer("group", flags=visible, kind=1, opacity=opacity, blend=blend)),
        *(layer("one", level=1), layer("two", level=1), layer("top")),
        cel(0, 0, 0, 2, 1, solid(*BLUE, size=2)),
        cel(2, 0, 0, 1, 1, solid(*RED), z=z),
        cel(3, 0, 0, 1, 1, solid(*GREEN)),
        cel(4, 1, 0, 1, 1, solid(9, 9, 9)),
    ]


def test_a_group_has_an_opacity_only_where_the_file_says_so():
    # first its layers over each other, then all of them at once over what is below
    assert one_row(file([frame(grouped(128))], 2, 1, 32, flags=3))[0] == [0, 128, 127, 255]
    assert one_row(file([frame(grouped(128))], 2, 1, 32, flags=1))[0] == [*GREEN, 255]
    assert one_row(file([frame(grouped(0))], 2, 1, 32, flags=3))[0] == [*BLUE, 255]
    assert one_row(file([frame(grouped(visible=0))], 2, 1, 32, flags=3))[0] == [*BLUE, 255]


def test_z_leads_out_of_a_group_only_where_groups_are_not_put_together_first():
    past_the_group = grouped(z=1)
    assert one_row(file([frame(past_the_group)], 2, 1, 32, flags=3))[0] == [*RED, 255]
    below_the_ground = grouped(z=-3)
    assert one_row(file([frame(below_the_ground)], 2, 1, 32, flags=1))[0] == [*GREEN, 255]
    only_red = [c for c in grouped(z=-3) if c != cel(3, 0, 0, 1, 1, solid(*GREEN))]
    assert one_row(file([frame(only_red)], 2, 1, 32, flags=1))[0] == [*BLUE, 255]
    assert one_row(file([frame(only_red)], 2, 1, 32, flags=3))[0] == [*RED, 255]


def test_a_group_is_blended_as_a_whole():
    data = file([frame(grouped(blend=BLEND_MODES.index("addition")))], 2, 1, 32, flags=3)
    assert one_row(data)[0] == [0, 255, 255, 255]


# --- palettes ---


def test_a_palette_counts_from_its_frame_on():
    first = [palette([RED, BLUE]), layer("a"), cel(0, 0, 0, 2, 1, [0, 1])]
    data = file(
        [frame(first), frame([palette([GREEN], first=1), link(0, 0)]), frame([link(0, 0)])],
        *(2, 1, 8, 7),
    )
    assert one_row(data) == [[*RED, 255], [*BLUE, 255]]
    assert one_row(data, 1) == one_row(data, 2) == [[*RED, 255], [*GREEN, 255]]
    assert open_picture(data).frames[1][0].tolist() == one_row(data, 1)


def test_old_palettes_count_only_without_new_ones():
    old = made.chunk(0x0011, struct.pack("<HBB", 1, 0, 2) + bytes([63, 0, 0, 0, 32, 0]))
    picture = [layer("a"), cel(0, 0, 0, 2, 1, [0, 1])]
    assert one_row(file([frame([old, *picture])], 2, 1, 8, 7)) == [[*RED, 255], [0, 130, 0, 255]]
    both = file([frame([old, palette([BLUE], size=2), *picture])], 2, 1, 8, 7)
    assert one_row(both) == [[*BLUE, 255], [0, 0, 0, 255]]


def test_a_palette_may_be_longer_than_256():
    colors = [(n % 256, n // 256, 7) for n in range(300)]
    data = file([frame([palette(colors), layer("a"), cel(0, 0, 0, 1, 1, solid(*RED))])], 1, 1, 32)
    read = read_aseprite(data)
    assert len(read.palette) == 300
    assert one_row(data) == [[*RED, 255]]


def test_the_transparent_index_shows_on_the_background_only():
    chunks = [
        *(palette([RED, GREEN]), layer("ground", flags=1 | 8), layer("a")),
        cel(0, 0, 0, 2, 1, [1, 0]),
        cel(1, 0, 0, 2, 1, [1, 0]),
    ]
    data = file([frame(chunks)], 2, 1, 8, clear=1)
    assert one_row(data) == [[*GREEN, 255], [*RED, 255]]


def test_an_indexed_cel_may_be_half_transparent():
    start = [palette([RED, BLUE]), layer("a"), layer("b"), cel(0, 0, 0, 1, 1, [0])]
    read = read_aseprite(file([frame([*start, cel(1, 0, 0, 1, 1, [1], opacity=128)])], 1, 1, 8, 9))
    assert read.indices() is None
    assert read.rgba()[0].tolist() == [[127, 0, 128, 255]]


def test_indexed_layers_mix_as_they_are_shown():
    chunks = [
        *(palette([RED, BLUE, (*GREEN, 100)]), layer("a"), layer("b")),
        cel(0, 0, 0, 2, 1, [0, 0]),
        cel(1, 0, 0, 2, 1, [1, 2], opacity=128),
    ]
    read = read_aseprite(file([frame(chunks)], 2, 1, 8, clear=9))
    assert read.indices() is None
    assert read.rgba()[0].tolist() == [[127, 0, 128, 255], [205, 50, 0, 255]]


# --- tilemaps ---

TILES = np.arange(1, 13, dtype=np.uint8).reshape(3, 2, 2)  # tile 0 is the empty one
TILES[0] = 0


@pytest.mark.parametrize("bits", [8, 16, 32])
def test_tilemaps_are_drawn_with_their_flips(bits):
    x, y, diagonal = (1 << (bits - 3 + n) for n in range(3))
    turns = {
        0: lambda t: t,
        x: lambda t: t[:, ::-1],
        y: lambda t: t[::-1],
        diagonal: lambda t: t.T,
        x | diagonal: lambda t: t.T[:, ::-1],  # a quarter turn clockwise
        x | y | diagonal: lambda t: t.T[::-1, ::-1],
    }
    cells = [2 | flags for flags in turns] + [0, 1]
    chunks = [
        palette([(n, 20 * n, 0) for n in range(13)]),
        made.tileset(5, 3, 2, 2, TILES.tobytes()),
        layer("map", kind=2, tileset=5),
        made.tilemap(0, 1, 0, len(cells), 1, cells, bits),
    ]
    read = read_aseprite(file([frame(chunks)], 18, 2, 8))
    expected = [turn(TILES[2]) for turn in turns.values()] + [np.zeros((2, 2)), TILES[1]]
    row = np.pad(np.concatenate(expected, 1), ((0, 0), (1, 1)))
    index = read.indices()
    assert np.array_equal(np.where(index < 0, 0, index), row)


def test_a_tile_that_is_no_square_is_flipped_in_its_place():
    tile = np.arange(1, 7, dtype=np.uint8).reshape(2, 3)
    pixels = np.concatenate([np.zeros((2, 3), np.uint8), tile])
    chunks = [
        palette([(n, n, n) for n in range(7)]),
        made.tileset(0, 2, 3, 2, pixels.tobytes()),
        layer("map", kind=2, tileset=0),
        made.tilemap(0, 0, 0, 1, 1, [1 | 1 << 31]),
    ]
    index = read_aseprite(file([frame(chunks)], 3, 2, 8)).indices()
    assert index.tolist() == [[1, 4, -1], [2, 5, -1]]


def test_tilemaps_that_cannot_be_drawn_are_refused_in_a_sentence():
    colors = palette([RED, GREEN])
    tiles = made.tileset(0, 1, 2, 2, bytes(4))
    plain = [colors, tiles, layer("a"), made.tilemap(0, 0, 0, 1, 1, [0])]
    missing = [colors, layer("a", kind=2, tileset=3), made.tilemap(0, 0, 0, 1, 1, [0])]
    for chunks in (plain, missing):
        with pytest.raises(PincelError, match="tilemap layer without its tiles"):
            read_aseprite(file([frame(chunks)], 2, 2, 8))
    elsewhere = made.tileset(0, 1, 2, 2, bytes(4), flags=1)
    with pytest.raises(PincelError, match="stand in another file"):
        read_aseprite(file([frame([colors, elsewhere])], 2, 2, 8))
    beyond = [colors, tiles, layer("a", kind=2, tileset=0), made.tilemap(0, 0, 0, 1, 1, [4])]
    with pytest.raises(PincelError, match="damaged"):
        read_aseprite(file([frame(beyond)], 2, 2, 8))


def test_gigantic_tilemaps_cost_nothing():
    tiles = made.tileset(0, 1, 60_000, 60_000, bytes(4))
    with pytest.raises(PincelError, match="MB of pixels"):
        read_aseprite(file([frame([palette([RED]), tiles])], 2, 2, 8))
    small = made.tileset(0, 1, 500, 500, bytes(250_000))
    many = made.tilemap(0, 0, 0, 1000, 1000, bytes(1_000_000))
    chunks = [palette([RED]), small, layer("a", kind=2, tileset=0), many]
    with pytest.raises(PincelError, match="MB of pixels"):
        read_aseprite(file([frame(chunks)], 2, 2, 8))


# --- tags, slices, user data ---


def test_tags_and_slices_come_with_the_picture():
    keys = [(2, 3, 4, 5, 6, 1, 1, 2, 2, 7, 8), (0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0)]
    told = made.tags(("pong", 0, 2, 2, 0), ("once", 1, 9, 0, 1))
    chunks = [
        *(layer("a"), cel(0, 0, 0, 1, 1, solid(*RED)), made.user_data("of the cel", (9, 9, 9, 9))),
        *(told, made.user_data(color=(1, 2, 3, 255)), made.user_data("note")),
        made.slice_("box", keys, 3),
        made.user_data("hit", (9, 8, 7, 255)),
    ]
    picture = open_picture(file([frame(chunks), *[frame([])] * 2], 1, 1, 32))
    assert picture.tags == (
        Tag("pong", 0, 2, 2, 0, (1, 2, 3, 255)),
        Tag("once", 1, 2, 0, 1, note="note"),  # cut to the frames there are
    )
    assert picture.slices == (
        Slice(
            "box",
            (
                SliceKey(0, (0, 0, 1, 1), (0, 0, 1, 1), (0, 0)),
                SliceKey(2, (3, 4, 5, 6), (1, 1, 2, 2), (7, 8)),
            ),
            (9, 8, 7, 255),
            "hit",
        ),
    )


@pytest.mark.parametrize(
    ("tag", "order"),
    [
        (Tag("t", 0, 2), [0, 1, 2]),
        (Tag("t", 0, 2, 2), [0, 1, 2, 1]),
        (Tag("t", 1, 3, 1), [3, 2, 1]),
        (Tag("t", 0, 2, 3), [2, 1, 0, 1]),
        (Tag("t", 0, 1, 0, 2), [0, 1, 0, 1]),
        (Tag("t", 0, 2, 2, 1), [0, 1, 2]),
        (Tag("t", 0, 2, 2, 2), [0, 1, 2, 1, 0]),
        (Tag("t", 0, 2, 3, 3), [2, 1, 0, 1, 2, 1, 0]),
        (Tag("t", 4, 4, 2), [4]),
        (Tag("t", 4, 4, 2, 3), [4, 4, 4]),
        (Tag("t", 4, 5, 2), [4, 5]),
    ],
)
def test_the_order_in_which_a_tag_is_shown(tag, order):
    assert tag.played() == order


# --- as a picture among others ---


def test_found_and_opened_like_any_picture(tmp_path):
    data = file([frame([layer("a"), cel(0, 0, 0, 8, 8, solid(*RED, size=64))])], 8, 8, 32)
    (tmp_path / "b.aseprite").write_bytes(data)
    (tmp_path / "a.ASE").write_bytes(data)
    (tmp_path / "swatches.ase").write_bytes(b"ASEF\0\1\0\0")  # a palette of Adobe's
    (tmp_path / "broken.ase").write_bytes(b"")
    assert [found.name for found in find_pictures(tmp_path)] == ["a", "b", "broken"]
    picture = open_picture(tmp_path / "b.aseprite", (4, 4))
    assert (picture.width, picture.name, picture.info["format"]) == (4, "b", "ASEPRITE")
    assert picture.durations == (0,)


def test_colours_of_an_embedded_profile_are_turned_to_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = lab.replace(b"rXYZ", b"tmp0").replace(b"gXYZ", b"rXYZ").replace(b"tmp0", b"gXYZ")
    swapped = swapped.replace(b"s\0R\0G\0B", b"m\0i\0n\0e")  # no longer sRGB by its name
    profile = made.chunk(0x2007, struct.pack("<HHI8xI", 2, 0, 0, len(swapped)) + swapped)
    picture = [layer("a"), cel(0, 0, 0, 1, 1, solid(200, 40, 40))]
    seen = open_picture(file([frame([profile, *picture])], 1, 1, 32)).rgba[0, 0]
    with Image.open(_png_with(swapped)) as image:
        expected = open_picture(image).rgba[0, 0]
    assert seen.tolist() == expected.tolist()
    assert seen.tolist() != [200, 40, 40, 255]


def _png_with(profile):
    from io import BytesIO

    stream = BytesIO()
    Image.new("RGB", (1, 1), (200, 40, 40)).save(stream, "PNG", icc_profile=profile)
    stream.seek(0)
    return stream


def test_linear_light_is_turned_to_srgb():
    linear = made.chunk(0x2007, struct.pack("<HHI8x", 1, 1, 1 << 16))
    picture = [layer("a"), cel(0, 0, 0, 1, 1, solid(55, 0, 255))]
    assert open_picture(file([frame([linear, *picture])], 1, 1, 32)).rgba[0, 0].tolist() == [
        *(128, 0, 255, 255)
    ]


# --- blend modes against the W3C's formulas, one pixel at a time ---


def w3c(mode, b, s):
    """Compositing and Blending Level 1, sections 10.1 and 10.2; colours 0 to 1."""

    def light(c):
        return 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2]

    def clipped(c):
        mid, low, high = light(c), min(c), max(c)
        if low < 0:
            c = [mid + (v - mid) * mid / (mid - low) for v in c]
        if high > 1:
            c = [mid + (v - mid) * (1 - mid) / (high - mid) for v in c]
        return c

    def lit(c, target):
        return clipped([v + target - light(c) for v in c])

    def saturated(c, target):
        low, high = min(c), max(c)
        return [(v - low) * target / (high - low) if high > low else 0 for v in c]

    def spread(c):
        return max(c) - min(c)

    def soft(b, s):
        root = ((16 * b - 12) * b + 4) * b if b <= 0.25 else b**0.5
        return b - (1 - 2 * s) * b * (1 - b) if s <= 0.5 else b + (2 * s - 1) * (root - b)

    def hard(b, s):
        return 2 * b * s if s <= 0.5 else 1 - (1 - b) * (2 - 2 * s)

    whole = {
        "hue": lambda: lit(saturated(s, spread(b)), light(b)),
        "saturation": lambda: lit(saturated(b, spread(s)), light(b)),
        "color": lambda: lit(s, light(b)),
        "luminosity": lambda: lit(b, light(s)),
    }
    if mode in whole:
        return whole[mode]()
    one = {
        "normal": lambda b, s: s,
        "multiply": lambda b, s: b * s,
        "screen": lambda b, s: b + s - b * s,
        "overlay": lambda b, s: hard(s, b),
        "darken": min,
        "lighten": max,
        "color_dodge": lambda b, s: 0 if b == 0 else 1 if s == 1 else min(1, b / (1 - s)),
        "color_burn": lambda b, s: 1 if b == 1 else 0 if s == 0 else 1 - min(1, (1 - b) / s),
        "hard_light": hard,
        "soft_light": soft,
        "difference": lambda b, s: abs(b - s),
        "exclusion": lambda b, s: b + s - 2 * b * s,
        "addition": lambda b, s: min(b + s, 1),
        "subtract": lambda b, s: max(b - s, 0),
        "divide": lambda b, s: 0 if b == 0 else 1 if s == 0 else min(1, b / s),
    }[mode]
    return [one(x, y) for x, y in zip(b, s, strict=True)]


def over(mode, back, front, opacity):
    """Blended, and laid over a backdrop that is opaque."""
    b, s = [v / 255 for v in back[:3]], [v / 255 for v in front[:3]]
    alpha = front[3] / 255 * opacity / 255
    mixed = [alpha * m + (1 - alpha) * x for m, x in zip(w3c(mode, b, s), b, strict=True)]
    return [255 * v for v in (*mixed, 1)]


EDGES = [0, 1, 2, 63, 64, 127, 128, 129, 200, 254, 255]


@pytest.mark.parametrize("mode", BLEND_MODES)
def test_blend_modes_are_the_w3cs(mode):
    rng = np.random.default_rng(BLEND_MODES.index(mode))
    back = rng.integers(0, 256, (1, 600, 4), dtype=np.uint8)
    front = rng.integers(0, 256, (1, 600, 4), dtype=np.uint8)
    back[..., 3] = 255
    back[0, :121, 0], front[0, :121, 0] = np.repeat(EDGES, 11), np.tile(EDGES, 11)
    front[0, :200, 3] = 255
    front[0, 290:300, :3] = back[0, 290:300, :1]  # equal and grey ones
    number = BLEND_MODES.index(mode)
    for opacity in (255, 128):
        canvas = back.copy()
        put_over(canvas, front, opacity, number)
        pairs = zip(back[0].tolist(), front[0].tolist(), strict=True)
        expected = np.array([over(mode, b, f, opacity) for b, f in pairs])
        assert np.abs(canvas[0] - expected).max() <= 2


def test_over_half_a_backdrop_a_mode_counts_as_in_the_editor():
    # multiplied: 100 * 200 / 255 = 78. Half of the way from 200 (normal) to 78 for the backdrop's
    # alpha: 139; half of the rest for both alphas: 108 (the W3C's formula stays at 139)
    canvas = np.array([[[100, 100, 100, 128]]], np.uint8)
    put_over(canvas, np.array([[[200, 200, 200, 255]]], np.uint8), 255, 1)
    assert canvas[0, 0].tolist() == [108, 108, 108, 255]


def test_a_mode_over_nothing_is_normal_and_a_clear_source_changes_nothing():
    back = np.array([[[0, 0, 0, 0], [10, 20, 30, 200]]], np.uint8)
    front = np.array([[[50, 60, 70, 80], [9, 9, 9, 0]]], np.uint8)
    for mode in range(len(BLEND_MODES)):
        canvas = back.copy()
        put_over(canvas, front, 255, mode)
        assert canvas[0].tolist() == [[50, 60, 70, 80], [10, 20, 30, 200]]


def test_bands_do_not_show():
    rng = np.random.default_rng(5)
    back, front = rng.integers(0, 256, (2, 300, 700, 4), dtype=np.uint8)
    whole = back.copy()
    put_over(whole, front, 200, 9)
    rows = back.copy()
    for row in range(len(rows)):
        put_over(rows[row : row + 1], front[row : row + 1], 200, 9)
    assert np.array_equal(whole, rows)


# --- against another reader ---


def varied(seed):
    """A file with everything that both readers draw: layers, groups, z, links, opacity, tiles."""
    rng = np.random.default_rng(seed)
    depth, channels = ((8, 1), (16, 2), (32, 4))[seed % 3]
    plain = depth == 8  # the other reader keeps to indices and drops opacity there

    def pixels(count):
        values = rng.integers(0, 256, count * channels)
        return (values % 6 if plain else values).astype(np.uint8).tobytes()

    chunks = [palette([tuple(rng.integers(0, 256, 3)) for _ in range(6)])]
    clear = int(rng.integers(0, 6)) if plain else 0
    chunks += [made.tileset(7, 3, 2, 2, bytes([clear] * 4 * channels) + pixels(8))]
    level, groups, kinds = 0, 0, []
    for number in range(8):
        kind = int(rng.choice([0, 0, 1, 2])) if number else 0
        opacity = 255 if plain else int(rng.integers(0, 256))
        flags = int(rng.choice([1, 1, 1, 0, 65])) if kind != 1 else int(rng.choice([1, 1, 0]))
        tiles = 7 if kind == 2 else None
        chunks.append(layer(f"l{number}", flags, kind, level, 0, opacity, tiles))
        kinds.append(kind)
        groups += kind == 1
        level = level + 1 if kind == 1 else int(rng.integers(0, level + 1))
    frames = []
    for number in range(3):
        for place, kind in enumerate(kinds):
            x, y = (int(v) for v in rng.integers(-3, 4, 2))
            opacity = 255 if plain else int(rng.integers(0, 256))
            z = int(rng.integers(-2, 3))
            if kind == 0 and number and rng.random() < 0.5:
                chunks.append(link(place, number - 1, x, y, opacity, z))
            elif kind == 0:
                w, h = (int(v) for v in rng.integers(1, 7, 2))
                chunks.append(cel(place, x, y, w, h, pixels(w * h), opacity, True, z))
            elif kind == 2:
                flips = rng.integers(0, 8, 6).astype(np.int64) << 29
                cells = (rng.integers(0, 3, 6) | flips).tolist()
                chunks.append(made.tilemap(place, x, y, 3, 2, cells))
        frames.append(frame(chunks))
        chunks = []
    # in indexed files the other reader never puts groups together first, as the flag 2 says
    return file(frames, 7, 5, depth, clear, flags=1 if plain else int(rng.choice([1, 3, 0])))


@pytest.mark.parametrize("seed", range(30))
def test_pixel_for_pixel_as_the_package_aseprite_draws(seed):
    other = pytest.importorskip("aseprite", reason="PyPI aseprite 0.1.0 needs Python 3.12")
    data = varied(seed)
    read, theirs = read_aseprite(data), other.Sprite.from_bytes(data)
    for number in range(len(read.cels)):
        expected = np.frombuffer(theirs.flatten(number), np.uint8).reshape(5, 7, 4).copy()
        expected[expected[..., 3] == 0] = 0
        assert np.array_equal(read.rgba(number), expected)
