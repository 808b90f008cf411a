"""The room Faces, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio_pages import sticks_out, violations

SAY = {
    "en": {"sample": "Try the sample", "redrawn": "Redrawn", "pixelated": "Pixelated",
           "hair": "hair", "frame": "The square that the sprite shows",
           "find": "Find the head again"},
    "es": {"sample": "Probar con el ejemplo", "redrawn": "Redibujada", "pixelated": "Pixelada",
           "hair": "pelo", "frame": "El recuadro que muestra el sprite",
           "find": "Buscar otra vez la cabeza"},
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_face_is_redrawn_beside_the_pixelated_one(visit: Any, language: str) -> None:
    said = SAY[language]
    page = visit("faces", language=language)
    page.get_by_role("button", name=said["sample"]).click()
    for name in (said["redrawn"], said["pixelated"]):
        page.get_by_role("img", name=f"{name}: ").wait_for()
    sprites = page.locator("figcaption .numbers").all_inner_texts()
    assert len(sprites) == 2 and all(one.startswith("16 × 16") for one in sprites)
    assert page.locator(".roles button", has_text=said["hair"]).count() >= 1
    frame = page.get_by_role("button", name=said["frame"])
    before = page.locator("figure canvas").first.evaluate("one => one.toDataURL()")
    frame.focus()
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    page.get_by_role("button", name=said["find"]).wait_for()
    page.wait_for_function(
        "was => document.querySelector('figure canvas').toDataURL() !== was", arg=before
    )
    page.get_by_role("button", name=said["find"]).click()
    page.wait_for_function(
        "was => document.querySelector('figure canvas').toDataURL() === was", arg=before
    )
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name=".sprite.png").first.wait_for()
    assert not violations(page)


def test_a_palette_a_style_and_a_reload(visit: Any, pictures: dict[str, Path]) -> None:
    page = visit("faces")
    page.get_by_role("button", name="Try the sample").click()
    page.get_by_role("img", name="Pixelated: ").wait_for()
    page.get_by_role("combobox", name="Palette").select_option("game-boy")
    page.locator("figcaption", has_text="16 × 16 · 4 colours").first.wait_for()
    page.locator("section", has_text="The same square, in a style").locator(
        "input[type=file]"
    ).set_input_files(pictures["sprite"])
    page.get_by_role("button", name="Draw in this style").click()
    page.get_by_role("img", name="In the style: ").wait_for(timeout=120_000)
    page.reload()
    page.get_by_role("img", name="Redrawn: ").wait_for()


def test_no_face_is_said_and_the_square_is_set_by_hand(
    visit: Any, pictures: dict[str, Path]
) -> None:
    page = visit("faces", width=390, dark=True)
    page.locator("input[type=file]").first.set_input_files(pictures["grain"])
    page.locator("p.error").wait_for()
    assert page.locator("p.error").inner_text().endswith(".")
    page.get_by_role("button", name="Set the square by hand").click()
    page.get_by_role("img", name="Redrawn: ").wait_for()
    assert not sticks_out(page) and not violations(page)
    page.locator("input[type=file]").first.set_input_files(pictures["broken"])
    page.locator("p.error").first.wait_for()


def test_two_folders_are_diagnosed_or_refused_in_one_sentence(
    visit: Any, pictures: dict[str, Path], tmp_path: Path
) -> None:
    from pincel.look.models import find_file

    folders = [tmp_path / "faces", tmp_path / "sprites"]
    for folder in folders:
        folder.mkdir()
        (folder / "one.png").write_bytes(pictures["face"].read_bytes())
    own = tmp_path / "mine.safetensors"
    own.write_bytes(find_file("cnn.sprites").read_bytes())
    page = visit("faces")
    page.locator("summary", has_text="Diagnose").click()
    given = page.locator("details.card input[type=file]")
    for place, what in enumerate((*folders, own)):
        given.nth(place).set_input_files(what)
        page.locator("details.card .file", has_text=what.name).wait_for()
    page.get_by_role("button", name="Diagnose", exact=True).click()
    page.locator("details.card p.error").wait_for()
    assert page.locator("details.card p.error").inner_text().endswith(".")
    assert not violations(page)
