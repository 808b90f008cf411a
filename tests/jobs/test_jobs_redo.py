"""redo: byte for byte, chains of parents, what differs is said, junk is never followed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from PIL import Image

import pincel.jobs as jobs
from pincel.art.sprite import Sprite
from pincel.calls import call
from pincel.cli import main
from pincel.errors import PincelError
from pincel.job import Event, Job, Made, setting
from pincel.jobs._remember import source_bytes, stamped, used
from pincel.recipe import recipe

MODEL = {"sha256": "ab" * 32}


class Speckle(Job):
    """Draws noise of a seed; of a picture, if one is given: a stand-in for any generating job."""

    remembers: ClassVar[bool] = True
    pictures: tuple[Any, ...] = setting((), sources=True)
    prompt: str = setting("")
    seed: int = setting(0)
    count: int = setting(1)
    model: str = setting("noise")
    metadata: bool = setting(True, group="files")

    @classmethod
    def key(cls) -> str:
        return "speckle"

    def run(self) -> Iterator[Event]:
        from pincel.art.sprite_files import sprite_files
        from pincel.pixels.open import open_picture

        for number in range(self.count):
            seed = self.seed + number
            rng = np.random.default_rng(seed)
            frame = rng.integers(-1, 4, (8, 8)).astype(np.int16)
            parents = []
            for given in self.pictures:
                data, name = source_bytes(given)
                parents.append(recipe.parent("pictures", name, data))
                old = Sprite.from_rgba(open_picture(data).rgba).indices
                frame = np.where(rng.random((8, 8)) < 0.5, frame, np.minimum(old, 3))
            palette = np.random.default_rng(1).integers(0, 256, (4, 3), dtype=np.uint8)
            sprite = Sprite((frame.astype(np.int16),), palette)
            made = recipe.recipe_facts(
                "speckle",
                used(self, seed=seed, count=1),
                seed=seed,
                model=(self.model, MODEL["sha256"]),
                backend="test",
                parents=parents,
            )

            def files(sprite=sprite, made=made):
                return stamped(sprite_files(sprite), made if self.metadata else None)

            yield Made(f"speckle-{number}", sprite, files)


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    load, names = jobs.load, jobs.names()
    monkeypatch.setattr(jobs, "load", lambda name: Speckle if name == "speckle" else load(name))
    monkeypatch.setattr(jobs, "names", lambda: (*names, "speckle"))
    monkeypatch.setitem(MODEL, "sha256", "ab" * 32)


def redone(path: Path, **settings: Any) -> bytes:
    out = path.parent / "out.png"
    call("redo", path, out=out, force=True, **settings)
    return out.read_bytes()


def test_every_picture_of_a_batch_is_made_again_by_itself(tmp_path: Path) -> None:
    call("speckle", seed=7, count=3, prompt="a/b", out=tmp_path)
    for number in range(3):
        path = tmp_path / f"speckle-{number}.png"
        assert recipe.read_recipe(path.read_bytes())["settings"]["seed"] == 7 + number
        assert redone(path) == path.read_bytes()


def test_no_metadata_leaves_it_out(tmp_path: Path) -> None:
    call("speckle", out=tmp_path, metadata=False)
    with pytest.raises(PincelError, match="no recipe"):
        call("redo", tmp_path / "speckle-0.png")


def test_a_chain_of_edits(tmp_path: Path) -> None:
    call("speckle", seed=1, out=tmp_path / "a.png")
    call("speckle", tmp_path / "a.png", seed=2, out=tmp_path / "b.png")
    call("speckle", tmp_path / "b.png", seed=3, out=tmp_path / "c.png")
    a, b, c = ((tmp_path / n).read_bytes() for n in ("a.png", "b.png", "c.png"))
    assert redone(tmp_path / "c.png") == c
    assert redone(tmp_path / "c.png", back=1) == b
    assert redone(tmp_path / "c.png", back=2) == a
    with pytest.raises(PincelError, match="--back 2"):
        call("redo", tmp_path / "c.png", back=3)
    with pytest.raises(PincelError, match="nothing to go back"):
        call("redo", tmp_path / "a.png", back=1)
    alone = tmp_path / "alone" / "c.png"  # no parent anywhere: made again from its own recipe
    alone.parent.mkdir()
    alone.write_bytes(c)
    assert redone(alone) == c
    assert redone(alone, back=2) == a


def test_parents_are_found_by_what_they_hold(tmp_path: Path) -> None:
    source = np.zeros((8, 8, 4), np.uint8)
    source[2:6, 2:6] = (200, 30, 30, 255)
    Image.fromarray(source).save(tmp_path / "hand.png")
    call("speckle", tmp_path / "hand.png", out=tmp_path / "x.png")
    wanted = (tmp_path / "x.png").read_bytes()
    far = tmp_path / "far" / "below"
    far.mkdir(parents=True)
    (tmp_path / "hand.png").rename(far / "renamed.png")
    with pytest.raises(PincelError, match=r"hand\.png"):
        call("redo", tmp_path / "x.png")
    assert redone(tmp_path / "x.png", among=tmp_path / "far") == wanted
    Image.fromarray(255 - source).save(tmp_path / "hand.png")  # the name alone is not enough
    (far / "renamed.png").unlink()
    with pytest.raises(PincelError, match="neither beside"):
        call("redo", tmp_path / "x.png", among=tmp_path / "far")


def test_another_model_is_said_and_the_job_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call("speckle", out=tmp_path / "a.png")
    monkeypatch.setitem(MODEL, "sha256", "cd" * 32)
    assert main(["redo", str(tmp_path / "a.png"), "--model", "other"]) == 0
    said = capsys.readouterr().out
    assert "the same pixels" in said and "noise (abababababab), now other (cdcdcdcdcdcd)" in said


def test_pixelate_and_restore_are_made_again(face_file: Path, tmp_path: Path) -> None:
    small = np.asarray(Image.open(face_file).resize((24, 24), Image.Resampling.NEAREST))
    Image.fromarray(small.repeat(8, 0).repeat(8, 1)).save(tmp_path / "big.png")
    call("pixelate", face_file, width=24, palette="pico-8", out=tmp_path / "p.png")
    call("restore", tmp_path / "big.png", out=tmp_path / "r.png")
    for name in ("p.png", "r.png"):
        assert redone(tmp_path / name) == (tmp_path / name).read_bytes(), name


@pytest.mark.parametrize(
    ("settings", "job", "match"),
    [
        ({"model": "../../secret"}, "speckle", "folder"),
        ({"model": "~/x"}, "speckle", "folder"),
        ({"model": "-"}, "speckle", "folder"),
        ({"nonsense": 1}, "speckle", "no setting"),
        ({"seed": "many"}, "speckle", "number"),
        ({}, "train", "cannot do again"),
        ({}, "nothing-like-this", "cannot do again"),
    ],
)
def test_a_strangers_recipe_is_not_trusted(
    tmp_path: Path, settings: dict, job: str, match: str
) -> None:
    call("speckle", out=tmp_path / "a.png")
    data = recipe.stamp((tmp_path / "a.png").read_bytes(), recipe.recipe_facts(job, settings))
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(PincelError, match=match):
        call("redo", tmp_path / "a.png")


def test_a_drawing_by_rules_that_changed_since_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    made = _drawn(tmp_path, "red sword")
    assert len(made["versions"]["rules"]) == 12
    blot = np.asarray(Image.open(tmp_path / "red-sword.png").convert("RGBA")).copy()
    blot[0, 0] = 9, 9, 9, 255  # as older rules may have drawn it
    Image.fromarray(blot).save(tmp_path / "blot.png")
    for rules, told in (
        ("0" * 12, "rules by which Pincel draws have changed"),
        (None, "does not say by which version"),
        (made["versions"]["rules"], ""),
    ):
        old = {**made, "versions": {**made["versions"], "rules": rules}}
        if rules is None:
            del old["versions"]["rules"]
        (tmp_path / "old.png").write_bytes(recipe.stamp((tmp_path / "blot.png").read_bytes(), old))
        assert main(["redo", str(tmp_path / "old.png"), "--force"]) == 0
        out = capsys.readouterr()
        said = out.out + out.err
        assert "1 of 1024 pixels differ" in said and told in said
        assert ("have changed" in said or "by which version" in said) == bool(told)


def test_what_the_network_drew_has_no_version_of_rules(tmp_path: Path) -> None:
    quick = ("--drawn-by", "network", "--width", "16", "--steps", "1", "--candidates", "1")
    made = _drawn(tmp_path, "red sword", *quick)
    assert "rules" not in made["versions"] and "onnxruntime" in made["versions"]


def _drawn(folder: Path, prompt: str, *more: str) -> dict[str, Any]:
    """The recipe of a drawing that the command makes."""
    assert main(["draw", prompt, *more, "--out", str(folder)]) == 0
    made = recipe.read_recipe((folder / f"{'-'.join(prompt.split())}.png").read_bytes())
    assert made is not None
    return made
