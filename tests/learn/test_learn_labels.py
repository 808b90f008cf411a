"""Labels in every format: what is written is read again, what is odd survives."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.errors import PincelError
from pincel.learn import labels
from pincel.learn.labels import Known, _outline, _runs
from pincel.learn.labels.pictures import numbers_in
from pincel.learn.objects.things import Mask, Scene, Thing, from_labels, tight_mask, to_labels

SIZE = (40, 60)
BOXES = ("voc", "yolo", "csv", "cvat", "labelme", "coco")
EXACT = ("coco", "labelme", "cvat", "pictures")


def blob(rng: np.random.Generator) -> np.ndarray:
    """A mask with a ragged border, with holes, in parts, touching itself at a corner."""
    inside = rng.random((int(rng.integers(1, 14)), int(rng.integers(1, 14)))) < rng.uniform(0.4, 1)
    inside[rng.integers(len(inside)), rng.integers(inside.shape[1])] = True
    return inside


def scenes(rng: np.random.Generator) -> list[Scene]:
    """Three pictures: masks side by side, none at all, one mask."""
    canvas = np.zeros(SIZE, int)
    for number in range(1, 7):
        inside = blob(rng)
        y, x = rng.integers(0, SIZE[0] - 14), rng.integers(0, SIZE[1] - 14)
        window = canvas[y : y + inside.shape[0], x : x + inside.shape[1]]
        window[inside & (window == 0)] = number
    kinds = [f"kind {k % 2}" for k in range(len(np.unique(canvas)) - 1)]
    one = tight_mask(blob(rng), 3, 4)
    return [
        Scene("a.png", SIZE, tuple(from_labels(canvas, kinds))),
        Scene("b.png", SIZE),
        Scene("c.png", SIZE, (Thing("kind 0", one.box, one),)),
    ]


def boxes() -> list[Scene]:
    """Boxes with fractions, a crowd, and one without any area."""
    return [
        Scene("a.png", SIZE, (
            Thing("cell", (1.5, 2.0, 30.25, 21.0)),
            Thing("cell", (4.0, 5.0, 4.0, 9.0)),
            Thing("other", (0.0, 0.0, 60.0, 40.0), crowd=True),
        )),
        Scene("b.png", SIZE),
    ]  # fmt: skip


KNOWN = Known(lambda stem: (f"{stem}.png", *SIZE) if stem in ("a", "b", "c") else None)


def kept(name: str, given: list[Scene], folder: Path) -> list[Scene]:
    """Written, then read by whatever recognises it."""
    for file, data in labels.load(name).write(given):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(data)
    found, back = labels.read(folder, KNOWN)
    assert found == name
    return back


def by_name(found: list[Scene]) -> dict[str, Scene]:
    return {Path(scene.name).stem: scene for scene in found}


@pytest.mark.parametrize("name", EXACT)
def test_masks_come_back_pixel_by_pixel(name: str, tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    for number in range(12):
        given = scenes(rng)
        back = by_name(kept(name, given, tmp_path / str(number)))
        for scene in given:
            other = back[Path(scene.name).stem]
            assert other.size == SIZE and len(other.things) == len(scene.things)
            for a, b in zip(scene.things, other.things, strict=True):
                assert a.kind == b.kind and a.mask is not None and b.mask is not None
                assert np.array_equal(a.mask.whole(*SIZE), b.mask.whole(*SIZE))
                assert a.box == b.box


@pytest.mark.parametrize("name", BOXES)
def test_boxes_come_back_also_odd_ones(name: str, tmp_path: Path) -> None:
    back = by_name(kept(name, boxes(), tmp_path))
    scene = boxes()[0]
    for a, b in zip(scene.things, back["a"].things, strict=True):
        assert a.kind == b.kind and b.box == pytest.approx(a.box, abs=1e-6)
        assert a.crowd == b.crowd or name == "yolo"  # which has no word for a crowd
    assert back["b"].things == () and back["a"].size in (SIZE, (0, 0))


def test_a_polygon_of_yolo_is_the_mask_where_it_has_one_border(tmp_path: Path) -> None:
    square = Mask(5, 6, np.ones((7, 5), bool))
    back = kept("yolo", [Scene("a.png", SIZE, (Thing("x", square.box, square),))], tmp_path)
    assert back[0].things[0].mask is not None and back[0].things[0].mask.area == 35


def test_a_border_is_not_lost() -> None:
    """Corners at the middles of pixels would leave 5 x 6 = 30 of these 42 pixels."""
    mask = Mask(2, 3, np.ones((6, 7), bool))
    (ring,) = _outline.rings(mask)
    assert ring == [(3, 2), (10, 2), (10, 8), (3, 8)]
    assert _outline.filled_polygons([ring], 20, 20).area == 42


def test_outlines_fill_what_they_go_around() -> None:
    rng = np.random.default_rng(8)
    for _ in range(300):
        mask = Mask(4, 2, blob(rng))
        drawn = _outline.rings(mask)
        assert np.array_equal(
            _outline.filled_polygons(drawn, 40, 40).whole(40, 40), mask.whole(40, 40)
        )


def test_runs_are_those_of_pycocotools() -> None:
    coco = pytest.importorskip("pycocotools.mask")
    rng = np.random.default_rng(5)
    for _ in range(200):
        mask = Mask(1, 2, blob(rng)).whole(20, 24)
        text = _runs.squeezed(_runs.counted(mask.T.ravel()))
        assert text == coco.encode(np.asfortranarray(mask.astype(np.uint8)))["counts"].decode()
        back = _runs.filled_runs(_runs.unsqueezed(text), mask.size).reshape(24, 20).T
        assert np.array_equal(back, mask)


def test_coco_s_ids_begin_at_one() -> None:
    """pycocotools takes id 0 for nobody's."""
    ((_, data),) = labels.load("coco").write(boxes())
    held = json.loads(data)
    assert [one["id"] for one in held["annotations"]] == [1, 2, 3]
    assert held["annotations"][2]["iscrowd"] == 1


def test_qupath_gets_holes_as_holes() -> None:
    inside = np.ones((7, 7), bool)
    inside[2:4, 3] = False
    ((name, data),) = labels.load("geojson").write(
        [Scene("a.png", SIZE, (Thing("cell", (0, 0, 7, 7), Mask(0, 0, inside), score=0.5),))]
    )
    (one,) = json.loads(data)["features"]
    assert name == "a.geojson" and one["properties"]["classification"]["name"] == "cell"
    outer, hole = one["geometry"]["coordinates"]
    assert outer[0] == outer[-1] and sorted(map(tuple, hole))[0] == (3, 2)


def test_imagej_gets_outlines() -> None:
    roifile = pytest.importorskip("roifile")
    import zipfile

    mask = Mask(5, 6, np.ones((4, 3), bool))
    ((name, data),) = labels.load("imagej").write(
        [Scene("a.png", SIZE, (Thing("cell", mask.box, mask),))]
    )
    with zipfile.ZipFile(BytesIO(data)) as packed:
        roi = roifile.ImagejRoi.frombytes(packed.read(packed.namelist()[0]))
    assert name == "a.zip" and (roi.left, roi.top, roi.right, roi.bottom)[:2] == (6, 5)
    corners = roi.coordinates()
    assert corners.max(0).tolist() == [9, 9] and corners.min(0).tolist() == [6, 5]


def test_many_objects_need_more_than_16_bits(tmp_path: Path) -> None:
    many = np.arange(70_000, dtype=np.int32).reshape(280, 250)
    suffix, data = labels.load("pictures").label_file(many)
    file = tmp_path / f"a_mask{suffix}"
    file.write_bytes(data)
    assert suffix == ".tif" and np.array_equal(labels.load("pictures").numbers_in(file), many)


@pytest.mark.parametrize("name, text", [
    ("a.xml", "<annotation><object><name>x</name></object></annotation>"),
    ("a.json", '{"images": [], "annotations": []}'),
    ("a.json", '{"shapes": 3, "imageHeight": 4, "imageWidth": 4}'),
    ("a.csv", "file,class,left,top,right,bottom\na.png,x,1,2,three,4\n"),
    ("a.txt", "0 0.5 0.5 0.1 0.1 0.1 0.2 0.3\n"),
    ("c.xml", "<annotations><image name='a'/></annotations>"),
])  # fmt: skip
def test_what_is_damaged_is_said_in_a_sentence(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(PincelError) as refused:
        labels.read(tmp_path, KNOWN)
    assert name in str(refused.value)


def cells_on_disk(folder: Path, compression: str) -> tuple[np.ndarray, Path]:
    """A label picture of sixteen squares as TIFF, by Pillow with its libtiff."""
    cells = np.arange(1, 17, dtype=np.uint8).reshape(4, 4).repeat(12, 0).repeat(12, 1)
    cells[::12] = cells[:, ::12] = 0
    file = folder / "cells_labels.tif"
    Image.fromarray(cells).save(file, compression=compression)
    return cells, file


@pytest.mark.parametrize(
    "compression", ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "zstd"]
)
def test_label_tiffs_are_read_however_they_are_packed(compression: str, tmp_path: Path) -> None:
    """tifffile 2026.3.3 alone opens LZW, which QuPath and sharp write, with imagecodecs only."""
    cells, file = cells_on_disk(tmp_path, compression)
    assert (numbers_in(file) == cells).all()


def test_labels_stored_as_jpeg_are_refused(tmp_path: Path) -> None:
    """sharp 0.35.5 writes TIFF as JPEG unless told otherwise (findings/sharp-tiff-is-jpeg.sh):
    cells come back that nobody drew."""
    cells, file = cells_on_disk(tmp_path, "jpeg")
    with Image.open(file) as opened:
        assert len(np.unique(np.asarray(opened))) > len(np.unique(cells))
    with pytest.raises(PincelError) as error:
        numbers_in(file)
    assert error.value.key == "annotations.lossy"


def test_a_verified_annotation_is_one_too(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text('<annotation verified="yes"></annotation>')
    assert labels.read(tmp_path, KNOWN)[0] == "voc"


def test_no_labels_and_too_many(tmp_path: Path) -> None:
    with pytest.raises(PincelError, match="coco"):
        labels.read(tmp_path, KNOWN)
    (tmp_path / "a.xml").write_text("<annotation></annotation>")
    (tmp_path / "b.csv").write_text("file,class,left,top,right,bottom\n")
    with pytest.raises(PincelError, match=r"voc.*csv|csv.*voc"):
        labels.read(tmp_path, KNOWN)


def test_things_become_labels_and_back() -> None:
    rng = np.random.default_rng(2)
    given = scenes(rng)[0].things
    picture = to_labels(given, *SIZE)
    again = from_labels(picture, [thing.kind for thing in given])
    assert [t.box for t in again] == [t.box for t in given]


def labelme_file(folder: Path, *shapes: dict[str, object]) -> None:
    held = {"shapes": list(shapes), "imageHeight": 40, "imageWidth": 40, "imagePath": "a.png"}
    (folder / "a.json").write_text(json.dumps(held))


def shape_of(form: str, points: list[list[float]], **more: object) -> dict[str, object]:
    return {"label": "cell", "points": points, "shape_type": form, "group_id": None} | more


def test_labelme_shapes_are_as_large_as_drawn(tmp_path: Path) -> None:
    """labelme 6.3.1 itself draws 16, 16 and 37 pixels (utils.shape_to_mask)."""
    square = [[5.0, 5.0], [8.0, 5.0], [8.0, 8.0], [5.0, 8.0]]
    labelme_file(
        tmp_path,
        shape_of("polygon", square),
        shape_of("oriented_rectangle", square),
        shape_of("circle", [[20, 20], [23, 20]]),
    )
    _, (scene,) = labels.read(tmp_path, KNOWN)
    assert [thing.mask.area if thing.mask else 0 for thing in scene.things] == [9, 9, 32]


@pytest.mark.parametrize("left, top", [(6, 4), (-2, -1), (37, 38), (-20, 3)])
def test_masks_of_labelme_are_read(left: int, top: int, tmp_path: Path) -> None:
    """As labelme 6.3.1 writes them: a picture in letters, its first and its last pixel."""
    inside = blob(np.random.default_rng(4))
    height, width = inside.shape
    out = BytesIO()
    Image.fromarray(inside).save(out, "PNG")
    points = [[float(left), float(top)], [left + width - 1.0, top + height - 1.0]]
    labelme_file(tmp_path, shape_of("mask", points, mask=base64.b64encode(out.getvalue()).decode()))
    _, (scene,) = labels.read(tmp_path, KNOWN)
    (thing,) = scene.things
    whole = np.zeros((120, 120), bool)
    whole[40 + top : 40 + top + height, 40 + left : 40 + left + width] = inside
    assert thing.mask is not None
    assert np.array_equal(thing.mask.whole(40, 40), whole[40:80, 40:80])


def test_a_mask_of_another_size_than_said_and_a_line_are_refused(tmp_path: Path) -> None:
    out = BytesIO()
    Image.fromarray(np.ones((3, 3), bool)).save(out, "PNG")
    letters = base64.b64encode(out.getvalue()).decode()
    for shape in (
        shape_of("mask", [[1, 1], [4, 4]], mask=letters),
        shape_of("line", [[1, 1], [4, 4]]),
    ):
        labelme_file(tmp_path, shape)
        with pytest.raises(PincelError, match=r"a\.json"):
            labels.read(tmp_path, KNOWN)
