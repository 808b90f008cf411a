"""Faces as sprites, with networks that know nothing: what must hold whatever they answer."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="exporting needs pincel[nets]")
pytest.importorskip("onnx", reason="exporting needs pincel[nets]")

from pincel.errors import PincelError  # noqa: E402
from pincel.job import Made  # noqa: E402
from pincel.jobs.make.translate import Translate  # noqa: E402
from pincel.look.onnx_session import open_session  # noqa: E402
from pincel.make.pictures import doubts, heads, translate  # noqa: E402
from pincel.make.pictures.heads import Frame  # noqa: E402
from pincel.nets import _oklab, translator  # noqa: E402
from pincel.nets._network import Model  # noqa: E402
from pincel.pixels.framing import Shrunk  # noqa: E402
from samples import face_picture  # noqa: E402

TOOLS = Path(__file__).parents[2] / "tools"


def _tool(name: str):
    if str(TOOLS) not in sys.path:
        sys.path.append(str(TOOLS))
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(name, module)  # its data classes look for themselves there
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(3)
    net = translator.Net(
        translator.Config(width=16, whole=16, deep=16, blocks=1, keys=4, roles=6)
    ).eval()
    finder = _tool("head_finder").Finder().eval()
    for part in (net, finder):
        for weight in part.parameters():
            torch.nn.init.normal_(weight, std=0.2)
    path = tmp_path_factory.mktemp("translator")
    written = _tool("export_translator").parts(Model("translator", net, {"roles": []}), finder)
    for part, data in written.items():
        (path / f"{part}.onnx").write_bytes(data)
    return path


@pytest.mark.parametrize("size", [40, 64, 200])
def test_a_sprite_has_hard_edges_and_a_colour_for_each_role(folder: Path, size: int) -> None:
    ready = translate.open_translator(folder)
    made = ready.translate(face_picture(size), Frame(0, 0, size))
    rgba = made.sprite.rgba()
    assert rgba.shape == (16, 16, 4)
    assert set(np.unique(rgba[..., 3])) <= {0, 255}
    assert len(made.sprite.palette) <= 5  # six roles, one of them nothing
    assert np.array_equal(made.roles == 0, rgba[..., 3] == 0)
    assert np.array_equal(rgba[made.roles > 0][:, :3], made.colors[made.roles[made.roles > 0]])
    assert 0 < made.sure <= 1
    assert translate.beside_face(made).shape == (192, 396, 4)


def test_a_palette_is_kept(folder: Path) -> None:
    palette = np.array([[0, 0, 0], [255, 255, 255], [200, 30, 30]], np.uint8)
    ready = translate.open_translator(folder)
    made = ready.translate(face_picture(), Frame(0, 0, 96), palette)
    assert {tuple(c) for c in made.sprite.palette} <= {tuple(c) for c in palette}


def test_the_frame_is_what_is_looked_at(folder: Path) -> None:
    ready = translate.open_translator(folder)
    face = face_picture(64)
    wide = np.zeros((128, 160, 4), np.uint8)
    wide[30:94, 50:114] = face
    alone = ready.translate(face, Frame(0, 0, 64))
    within = ready.translate(wide, Frame(50, 30, 64))
    assert np.array_equal(alone.roles, within.roles)
    assert np.array_equal(alone.seen, within.seen)


@pytest.mark.parametrize("sure", [True, False])
def test_parts_that_may_be_wrong_are_named(
    sure: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    roles = ["none", "hair", "skin", "clothes", "glasses", "hat", "beard"]
    map_ = np.repeat([1, 2, 3], [5, 6, 5])[:, None].repeat(16, 1)
    scores = 12.0 * (np.arange(len(roles))[:, None, None] == map_)
    if not sure:
        scores[4, 6:8] = 12.0  # glasses as well as skin
    table = {part: [-2.0 * (part == "glasses"), 0, 0, 0, 0, 5.0] for part in doubts.PARTS}
    table[doubts.WHOLE] = [1.0, 0.0]
    colors = np.linspace(-1, 1, 21, dtype=np.float32).reshape(7, 3)

    def run(planes: np.ndarray) -> list[np.ndarray]:
        return [scores[None], colors[None].copy(), np.zeros((1, 7), np.float32)]

    ready = translate.Translator("x", "y", {"side": 16, "roles": roles, "doubts": table}, run, None)
    monkeypatch.setattr(translate, "open_translator", lambda model=None: ready)
    Image.fromarray(face_picture()).save(tmp_path / "face.png")
    job = Translate(pictures=(tmp_path / "face.png",), crop="0,0,96")
    (made,) = (e for e in job.run() if isinstance(e, Made))
    assert ("May be wrong: glasses." in " ".join(made.lines)) is not sure
    chances = made.numbers["chances"]
    assert chances["hair"] > 0.9 and (chances["glasses"] > 0.9) is sure
    assert (made.numbers["sure"] > 0.9) is sure


@pytest.mark.parametrize("sure", [True, False])
def test_a_doubtful_colour_is_looked_for_in_a_wider_frame(sure: bool) -> None:
    roles = ["none", "hair", "skin", "clothes", "clothes shade"]
    map_ = np.repeat([1, 2, 3, 4], [5, 6, 3, 2])[:, None].repeat(16, 1)
    scores = 12.0 * (np.arange(len(roles))[:, None, None] == map_)
    looked: list[int] = []

    def run(planes: np.ndarray) -> list[np.ndarray]:
        """The wider look finds the clothes, and not the skin."""
        found = range(len(looked), len(looked) + len(planes))
        looked.extend(found)
        colors = np.array([np.full((5, 3), 0.5 * look) for look in found], np.float32)
        spread = np.array([np.full(5, 0.1 + 0.1 * look) for look in found], np.float32)
        spread[:, 3] = [(0.9, 0.2)[look] for look in found]
        return [scores[None].repeat(len(planes), 0), colors, spread]

    table = {part: [0.0] * 5 + [5.0] for part in doubts.PARTS}
    table["clothes"][-1] = 5.0 if sure else 0.5
    about = {"side": 16, "roles": roles, "doubts": table}
    ready = translate.Translator("x", "y", about, run, None)
    made = ready.translate(face_picture(), Frame(0, 0, 96))
    assert len(looked) == (1 if sure else 2)
    first, wider = (translate.srgb_of(np.full((1, 3), v, np.float32))[0] for v in (0.0, 0.5))
    assert (made.colors[[1, 2]] == first).all()
    assert (made.colors[[3, 4]] == (first if sure else wider)).all()


def test_what_is_transparent_lies_on_white() -> None:
    rgba = np.array([[[10, 20, 30, 255], [10, 20, 30, 0], [0, 0, 0, 128]]], np.uint8)
    assert translate.over_white(rgba).tolist() == [[[10, 20, 30], [255] * 3, [127] * 3]]


def test_colours_go_to_the_network_and_back_as_torch_takes_them() -> None:
    rng = np.random.default_rng(1)
    seen = rng.integers(0, 256, (8, 8, 3), dtype=np.uint8)
    ours = translate.planes(seen)
    theirs = _oklab.encode(torch.from_numpy(seen).movedim(2, 0)[None].float() / 127.5 - 1)
    np.testing.assert_allclose(ours, theirs.numpy(), atol=1e-4)
    back = translate.srgb_of(ours[0].reshape(3, -1).T)
    assert np.abs(back.astype(int) - seen.reshape(-1, 3)).max() <= 1


def test_a_head_is_looked_at_again_from_near_by() -> None:
    looked: list[np.ndarray] = []

    def look(picture: np.ndarray) -> np.ndarray:
        """A red square is the head."""
        looked.append(picture)
        red = (picture[..., 0] > 150) & (picture[..., 1] < 100)
        told = np.full((4, 8, 8), -9.0)
        if red.any():
            y, x = np.nonzero(red)
            cy, cx = (y.mean() + 0.5) / 8, (x.mean() + 0.5) / 8
            row, column = int(cy), int(cx)
            told[:, row, column] = 5, cx - column - 0.5, cy - row - 0.5, np.log(np.ptp(x) / 64)
        return told

    shown = np.full((300, 500, 3), 240, np.uint8)
    shown[100:180, 300:380] = (220, 20, 20)
    frame = heads.find_head(shown, look)
    assert frame is not None and len(looked) == 3
    assert abs(frame.left - 300) < 8 and abs(frame.top - 100) < 8 and abs(frame.side - 80) < 10
    assert heads.find_head(np.full((300, 500, 3), 240, np.uint8), look) is None


def test_a_photographed_face_is_found_without_a_network() -> None:
    from skimage import data

    frame = heads.find_head(data.astronaut(), None)
    assert frame is not None
    middle = frame.left + frame.side / 2
    assert 200 < middle < 250 and 150 < frame.side < 260 and 0 < frame.top + frame.side / 8 < 60


def test_what_cannot_be_done_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    ready = translate.open_translator(folder)
    with pytest.raises(PincelError) as refused:
        ready.translate(np.zeros((32, 32, 4), np.uint8))
    assert refused.value.key == "translate.clear"
    with pytest.raises(PincelError) as refused:
        translate.open_translator(tmp_path / "nothing")
    assert refused.value.key == "translate.no_model"
    (tmp_path / "translator.onnx").write_bytes((folder / "finder.onnx").read_bytes())
    (tmp_path / "finder.onnx").write_bytes((folder / "finder.onnx").read_bytes())
    with pytest.raises(PincelError) as refused:
        translate.open_translator(tmp_path)
    assert refused.value.key == "translate.other_model"
    (tmp_path / "translator.onnx").write_bytes(b"nonsense")
    translate._open.cache_clear()
    with pytest.raises(PincelError) as refused:
        translate.open_translator(tmp_path)
    assert refused.value.key == "models.onnx_damaged"


def test_what_lies_closer_together_in_the_wider_frame_is_taken_from_there(folder: Path) -> None:
    ready = replace(
        translate.open_translator(folder),
        about={"side": 16, "roles": ["none", "hair", "hair shade", "skin", "clothes", "lens"]},
    )
    shown, frame = Shrunk(face_picture(90)[..., :3].copy()), Frame(0, 0, 90)

    def look(times: float) -> tuple[np.ndarray, np.ndarray]:
        told = ready.run(translate.planes(ready._seen(shown, heads.frame_times(frame, times))))
        return told[1][0], told[2][0]

    looks = [look(times) for times in (1, 1.15)]
    wanted = looks[0][0].copy()
    for own in ([1, 2], [3], [4]):
        wanted[own] = looks[int(np.argmin([spread[own[0]] for _, spread in looks]))][0][own]
    assert np.allclose(ready._steadiest(shown, frame, *looks[0]), wanted, atol=1e-5)
    assert not np.allclose(wanted, looks[0][0], atol=1e-3)


def _planes(count: int, side: int = 64) -> list[np.ndarray]:
    rng = np.random.default_rng(5)
    grounds = rng.uniform(-1, 1, (count, 3, side // 8, side // 8)).repeat(8, 2).repeat(8, 3)
    return list((grounds + rng.normal(0, 0.05, grounds.shape)).astype(np.float32)[:, None])


def _run(data: bytes):
    session, facts = open_session(data, Path("a.onnx"), threads=1)
    return (lambda planes: session.run(None, {"pictures": planes})), facts


def test_in_eight_bits_the_network_says_what_it_says_in_all(folder: Path) -> None:
    import onnx

    before = (folder / "translator.onnx").read_bytes()
    shown = [planes[0][None] for planes in _planes(24)]
    data = _tool("quick_translator").quick(before, shown)
    (one, facts), (other, same) = _run(before), _run(data)
    assert same == facts
    both = np.concatenate(shown[:3])
    for planes in (*shown[:3], both):  # any number of pictures
        for right, told in zip(one(planes), other(planes), strict=True):
            assert right.shape == told.shape
            assert np.sqrt(np.mean((right - told) ** 2)) < 0.05 * np.abs(right).max()
    assert np.allclose(other(both)[0][1], other(shown[1])[0][0], atol=1e-5)
    graph = onnx.load_model_from_string(data).graph
    held = {one.name: onnx.numpy_helper.to_array(one) for one in graph.initializer}
    whole = [held[node.input[3]] for node in graph.node if node.op_type == "QLinearConv"]
    assert len(whole) == 12
    for weights in whole:  # as no processor overflows
        rows = weights.astype(int).transpose(0, 2, 3, 1).reshape(len(weights), -1)
        pairs = rows[:, : rows.shape[1] // 2 * 2].reshape(len(rows), -1, 2)
        assert pairs.clip(0).sum(2).max() <= 128
        assert (-pairs).clip(0).sum(2).max() <= 128


def test_the_shipped_networks_of_eight_bits_and_of_all_are_one() -> None:
    folder = Path(translate.__file__).parents[2] / "weights"
    (one, facts), (other, same) = (
        _run((folder / f"translator.faces.{name}.onnx").read_bytes())
        for name in ("translator", "quick")
    )
    assert same == facts
    shown = translate.planes(np.asarray(Image.fromarray(face_picture(64)).convert("RGB")))
    right, told = one(shown), other(shown)
    assert (right[0].argmax(1) == told[0].argmax(1)).mean() > 0.97
    assert np.abs(right[1] - told[1])[0, right[0].argmax(1)].max() < 0.1
