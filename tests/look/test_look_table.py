"""Units of what a lab keeps: areas go with the square of a pixel's side, lengths with the side."""

from __future__ import annotations

from pincel.look import table


def test_a_summary_in_micrometres() -> None:
    one = table.Sum("a", "cell", 2, 10.0, 2.0, 0.25)
    assert table.summary_lines([one], 0.5) == b"a,cell,2,2.5,0.5,25\n"
    assert table.summary_lines([one], None) == b"a,cell,2,10,2,25\n"
    assert "µm²".encode() in table.summary_head(0.5) and b"px" not in table.summary_head(0.5)


def test_figures_in_micrometres() -> None:
    figures = {"area": 8.0, "perimeter": 6.0, "circularity": 0.5}
    found = table.in_micrometres(figures, 0.5)
    assert found == {"area": 2.0, "perimeter": 3.0, "circularity": 0.5}
