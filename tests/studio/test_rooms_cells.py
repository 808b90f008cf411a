"""The room Cells, in a real browser."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio_pages import sticks_out, violations
from thing_files import cells

SAY = {
    "en": {"sample": "Try the sample", "csv": "Table (CSV)", "masks": "Outline and measure",
           "least": "Least confidence", "behind": "The objects behind the number"},
    "es": {"sample": "Probar con el ejemplo", "csv": "Tabla (CSV)", "masks": "Delinear y medir",
           "least": "Confianza mínima", "behind": "Los objetos detrás del número"},
}  # fmt: skip


def counts(page: Any) -> list[int]:
    page.locator(".count.numbers").first.wait_for()
    return [int(one) for one in page.locator(".count.numbers").all_inner_texts()]


@pytest.mark.parametrize("language", ["en", "es"])
def test_cells_are_counted_and_what_counts_is_said_in_the_page(visit: Any, language: str) -> None:
    said = SAY[language]
    page = visit("cells", language=language)
    page.get_by_role("button", name=said["sample"]).click()
    assert counts(page) == [4, 15, 1]  # as many as were drawn
    field = page.get_by_role("spinbutton", name=f"{said['least']}, RBC")
    field.fill("0.8")
    page.keyboard.press("Tab")
    fewer = counts(page)
    assert fewer[1] < 15 and fewer[0::2] == [4, 1]
    page.locator(".count.numbers").nth(1).click()
    page.get_by_role("heading", name=f"{said['behind']}: RBC").wait_for()
    assert page.locator(".crops li").count() == page.locator("tbody tr").count() == fewer[1]
    assert not violations(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name=said["csv"]).click()
    rows = list(csv.DictReader(Path(taken.value.path()).read_text("utf-8").splitlines()))
    assert [sum(one["class"] == kind for one in rows) for kind in ("Platelets", "RBC", "WBC")] == (
        fewer
    )
    assert min(float(one["confidence"]) for one in rows if one["class"] == "RBC") >= 0.8


def test_an_object_under_the_pointer_is_a_row_and_the_arrows_go_on(visit: Any) -> None:
    page = visit("cells")
    page.get_by_role("button", name="Try the sample").click()
    counts(page)
    stage = page.get_by_role("button", name="The picture with 20 objects")
    box = stage.locator("canvas").bounding_box()
    x, y = (float(page.locator("#thing-0 td").nth(place).inner_text()) for place in (4, 5))
    page.mouse.move(box["x"] + box["width"] * x / 640, box["y"] + box["height"] * y / 480)
    page.locator("#thing-0.chosen").wait_for()
    stage.focus()
    page.keyboard.press("ArrowRight")
    page.locator("#thing-1.chosen").wait_for()


def test_thousands_are_written_as_the_commands_write_them(visit: Any) -> None:
    """9.444,6 in Spanish, where a browser left alone writes 9444,6."""
    page = visit("cells", language="es")
    page.get_by_role("button", name="Probar con el ejemplo").click()
    counts(page)
    areas = [page.locator(f"#thing-{place} td").nth(3).inner_text() for place in range(20)]
    large = [one for one in areas if float(one.replace(".", "").replace(",", ".")) >= 1000]
    assert large and all("." in one for one in large)


def test_hovering_moves_the_table_and_not_the_page(visit: Any) -> None:
    page = visit("cells")
    page.get_by_role("button", name="Try the sample").click()
    counts(page)
    page.set_viewport_size({"width": 1200, "height": 500})
    stage = page.locator(".view canvas")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box
    before = page.evaluate("scrollY")
    for place in (0, 19):
        x, y = (float(page.locator(f"#thing-{place} td").nth(at).inner_text()) for at in (4, 5))
        page.mouse.move(box["x"] + box["width"] * x / 640, box["y"] + box["height"] * y / 480)
        page.locator(f"#thing-{place}.chosen").wait_for()
    assert page.evaluate("scrollY") == before


def test_masks_units_outlines_and_a_broken_file(
    visit: Any, tmp_path: Path, pictures: dict[str, Path]
) -> None:
    picture, _ = cells(3)
    Image.fromarray(picture).save(tmp_path / "dish.png")
    page = visit("cells", width=390, dark=True)
    page.get_by_role("button", name="Outline and measure").click()
    page.locator("input[type=file]").last.set_input_files([tmp_path / "dish.png"])
    (count,) = counts(page)
    assert count > 0
    area = page.locator("#thing-0 td").nth(3)
    pixels = float(area.inner_text())
    page.get_by_role("spinbutton", name="Micrometres a pixel").fill("0.5")
    page.keyboard.press("Tab")
    page.get_by_text("(µm²)").wait_for()
    assert float(area.inner_text()) == pytest.approx(pixels / 4, abs=0.06)
    with page.expect_download() as taken:
        page.get_by_role("button", name="GeoJSON").click()
    assert taken.value.suggested_filename == "dish.geojson"
    assert len(json.loads(Path(taken.value.path()).read_text("utf-8"))["features"]) == count
    assert not sticks_out(page) and not violations(page)
    page.locator("summary", has_text="Add another picture").click()
    page.locator("details.more input[type=file]").set_input_files(pictures["broken"])
    page.locator("p.error").wait_for()
    assert page.locator("p.error").inner_text().endswith(".")
    page.reload()
    page.get_by_role("button", name="dish.png", exact=True).click()
    assert counts(page) == [count]


def test_another_kind_of_network_is_refused_in_one_sentence(visit: Any, tmp_path: Path) -> None:
    from pincel.look.models import find_file

    own = tmp_path / "mine.safetensors"
    own.write_bytes(find_file("cells.nuclei").read_bytes())
    page = visit("cells")
    page.locator("summary", has_text="Your own network").click()
    page.locator("details input[type=file]").first.set_input_files(own)
    page.locator(".file", has_text="mine.safetensors").wait_for()
    page.get_by_role("button", name="Try the sample").click()
    page.locator("p.error").first.wait_for()
    assert "masks" in page.locator("p.error").first.inner_text()
    page.get_by_role("button", name="Outline and measure").click()
    assert len(counts(page)) == 1


def test_a_large_picture_can_be_stopped(visit: Any, tmp_path: Path) -> None:
    picture, _ = cells(4, 2400, 2400, 40)
    Image.fromarray(picture).save(tmp_path / "large.png")
    page = visit("cells")
    page.get_by_role("button", name="Outline and measure").click()
    page.locator("input[type=file]").last.set_input_files(tmp_path / "large.png")
    page.get_by_role("button", name="Stop").wait_for()
    page.keyboard.press("Escape")
    page.locator("p.error", has_text="Stopped").wait_for()


COUNTED = """() => {
  window.visited = 0;
  for (const name of ['indexOf', 'includes', 'find', 'findIndex']) {
    const own = Array.prototype[name];
    Array.prototype[name] = function (...given) {
      window.visited += this.length;
      return own.apply(this, given);
    };
  }
}"""


def test_a_thousand_objects_are_not_searched_for_one(visit: Any, tmp_path: Path) -> None:
    import numpy as np

    grey = np.full((700, 700), 10, np.uint8)
    y, x = np.mgrid[-6:7, -6:7]
    for top in range(6, 680, 24):
        for left in range(6, 680, 24):
            grey[top : top + 13, left : left + 13][y * y + x * x < 40] = 180
    Image.fromarray(grey).save(tmp_path / "many.png")
    page = visit("cells")
    page.set_viewport_size({"width": 1200, "height": 12_000})  # rows come into view without a shift
    page.get_by_role("button", name="Outline and measure").click()
    page.locator("input[type=file]").last.set_input_files(tmp_path / "many.png")
    (count,) = counts(page)
    assert count > 700
    page.locator("#thing-0").wait_for()
    page.evaluate(COUNTED)
    box = page.locator(".view canvas").bounding_box()
    assert box
    for place in range(12):
        row, column = divmod(place, 4)
        x, y = ((12 + 24 * at) / 700 for at in (column, row))
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.locator("tr.chosen").wait_for()
    hovered = page.evaluate("window.visited")
    assert hovered < 3 * count  # a search for each of the twelve would visit many more
    page.get_by_role("spinbutton", name="Least confidence").fill("0.01")
    page.keyboard.press("Tab")
    assert counts(page) == [count]
    assert page.evaluate("window.visited") - hovered < 10 * count  # nor one for each row
