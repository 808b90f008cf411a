"""Drawings of things as lines of text: shapes of a material laid over one another.

A line is "way material shape", with a condition before it, if any:

    s metal B 4 9 28 13          a slab (a rectangle); `noun_lines.WAYS` has the other ways
    open? f dark.l O 16 8 6 2    only in the form "open" ("!open?": in others); "n=2?" where n is 2
                                 ("n!=2?" where not), "+lid?" where the part is said, "-lid?"
                                 unless it is said not to be there
    let n 1 2 3                  one of these by turns of the seed
    var a 2 4                    a length between two, by the seed

Shapes: B left top right bottom, R the same with round corners of a radius, O x y rx [ry],
H x y outer inner [share of the height], P points, C points (smooth, closed), L width points (or
"width:end"), S x y outer inner number turn (a star), @material (where that is seen). A "|" behind
the letter adds the mirror image about 16. Shapes are joined with +, cut with &, taken off with ~.
Numbers may be sums and products of what was let: "16+n*2". Lengths are 32nds of the side.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import cache

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety
from pincel.art.household import grained, planks, post, puffed, slab
from pincel.art.molded import both_sides, curved, plaque, star, swell

_SHADES = {"i": LINE, "d": DARK, "w": LOW, "m": MID, "l": LIGHT}
_SUMS: Mapping[type, Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
Points = list[tuple[float, float]]


class Lines:
    """A drawing while its lines are laid."""

    def __init__(self, e: Bench, v: Variety, look: ItemLook, forms: tuple[str, ...]) -> None:
        self.e, self.v, self.look = e, v, look
        self.form = look.form or (v.turn(forms) if forms else "")
        self.known: dict[str, float] = {}
        self.lets = 0

    def lay(self, lines: tuple[str, ...]) -> None:
        """Every line whose condition holds."""
        for line in lines:
            said, _, rest = line.rpartition("? ")
            if all(map(self._holds, said.split("? "))) if said else True:
                self._line(rest.split())

    def _holds(self, said: str) -> bool:
        if "=" in said:
            name, _, value = said.partition("=")
            return (self.known[name.rstrip("!")] == float(value)) != name.endswith("!")
        if said[0] == "+":
            return said[1:] in self.look.more or said[1:] in self.look.colors
        if said[0] == "-":
            return said[1:] not in self.look.without
        if said[0] == "!":
            return self.form != said[1:]
        return self.form in said.split("/")

    def _line(self, words: list[str]) -> None:
        way, name, *rest = words
        if way == "let":
            self.lets += 1
            choices = tuple(map(float, rest))
            self.known[name] = self.v.turn(choices, 1, self.lets)
        elif way == "var":
            self.known[name] = self.v.between(float(rest[0]), float(rest[1]))
        else:
            material, _, shade = name.partition(".")
            WAYS[way](self, material, _SHADES[shade or "m"], self.shapes(rest))

    # ------------------------------------------------------------------------------ shapes

    def shapes(self, words: list[str]) -> np.ndarray:
        """Shapes joined, cut and taken off, from the left to the right: bool (side, side)."""
        made, how, own = np.zeros_like(self.e.codes, bool), "+", list[str]()
        for word in (*words, "+"):
            if word in ("+", "&", "~"):
                one = self._shape(own)
                made = made | one if how == "+" else made & one if how == "&" else made & ~one
                how, own = word, []
            else:
                own.append(word)
        return made

    def _shape(self, words: list[str]) -> np.ndarray:
        letter = words[0]
        if letter[0] == "@":
            return self.e.of(letter[1:])
        numbers = [self.points(word) for word in words[1:]]
        made = self._drawn(letter, numbers)
        if letter[1:] == "|" and letter[0] != "C":
            x, self.e.x = self.e.x, 32 - self.e.x
            made = made | self._drawn(letter, numbers)
            self.e.x = x
        return made

    def _drawn(self, letter: str, numbers: list[tuple[float, ...]]) -> np.ndarray:
        e, n = self.e, [one[0] for one in numbers]
        points: Points = [(one[0], one[1]) for one in numbers if len(one) == 2]
        match letter[0]:
            case "B":
                return e.box(n[0], n[1], n[2], n[3])
            case "R":
                return plaque(e, n[0], n[1], n[2], n[3], n[4])
            case "O":
                return e.oval(n[0], n[1], n[2], n[3] if len(n) > 3 else n[2])
            case "H":
                high = n[4] if len(n) > 4 else 1.0
                outer = e.oval(n[0], n[1], n[2], n[2] * high)
                return outer & ~e.oval(n[0], n[1], n[3], max(n[2] * high - n[2] + n[3], 0.1))
            case "P":
                return e.polygon(points)
            case "C":
                return curved(e, both_sides(points) if letter[1:] == "|" else points)
            case "S":
                return e.polygon(star(n[0], n[1], (n[2], n[3]), int(n[4]), n[5]))
            case _:  # a line
                wide = numbers[0]
                return e.stroke(points, wide[0], wide[-1] if len(wide) == 3 else None)

    def points(self, word: str) -> tuple[float, ...]:
        """A number, a point "x,y" as two, a width and its end "2:1" as three."""
        if ":" in word:
            first, _, last = word.partition(":")
            return self._number(first), 0.0, self._number(last)
        return tuple(map(self._number, word.split(",")))

    def _number(self, word: str) -> float:
        try:
            return float(word)
        except ValueError:
            return self._value(_parsed(word))

    def _value(self, node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return _SUMS[type(node.op)](self._value(node.left), self._value(node.right))
        if isinstance(node, ast.Name):
            return self.known[node.id]
        return float(ast.literal_eval(node))


@cache
def _parsed(word: str) -> ast.expr:
    return ast.parse(word, mode="eval").body


# ------------------------------------------------------------------------------------ ways


def _across(sheet: Lines, material: str, shade: int, mask: np.ndarray) -> None:
    """An upright cylinder."""
    e = sheet.e
    if mask.any():
        x = e.x[mask]
        e.rounded(mask, material, e.across(float(x.min()) - 0.5, float(x.max()) + 0.5))


def _taken(sheet: Lines, material: str, shade: int, mask: np.ndarray) -> None:
    sheet.e.codes[mask] = -1


def _boards(sheet: Lines, material: str, shade: int, mask: np.ndarray) -> None:
    """Joints of planks, upright ones where the shade is light."""
    e = sheet.e
    planks(e, mask, material, e.x if shade == LIGHT else e.y, 4.0)
    grained(e, mask & e.of(material), sheet.v)


def _bricks(sheet: Lines, material: str, shade: int, mask: np.ndarray) -> None:
    """Joints of masonry, in pixels, so that a larger picture shows more of it."""
    e = sheet.e
    row = e.row // 3
    joint = (e.row % 3 == 0) | ((e.column + (row % 2) * 3 + sheet.v.seed % 2) % 6 == 0)
    e.shaded(mask & e.of(material) & joint, -1)


def _posted(sheet: Lines, material: str, shade: int, mask: np.ndarray) -> None:
    e = sheet.e
    if mask.any():
        x, y = e.x[mask], e.y[mask]
        half = 0.5 / e.k
        post(e, float(x.min()) - half, float(y.min()) - half, float(x.max()) + half,
             float(y.max()) + half, material)  # fmt: skip


Way = Callable[[Lines, str, int, np.ndarray], object]
WAYS: Mapping[str, Way] = {
    "s": lambda sheet, material, shade, mask: slab(sheet.e, mask, material, shade),
    "b": lambda sheet, material, shade, mask: puffed(sheet.e, mask, material, 0.08),
    "p": lambda sheet, material, shade, mask: puffed(sheet.e, mask, material),
    "q": lambda sheet, material, shade, mask: puffed(sheet.e, mask, material, 0.1, 1.2),
    "m": lambda sheet, material, shade, mask: swell(sheet.e, mask, material, 0.06),
    "f": lambda sheet, material, shade, mask: sheet.e.lay(mask, material, shade),
    "o": lambda sheet, material, shade, mask: sheet.e.over(mask, material, shade),
    "c": _across,
    "t": _posted,
    "w": _boards,
    "k": _bricks,
    "x": _taken,
    "d": lambda sheet, material, shade, mask: sheet.e.shaded(mask, -1),
    "l": lambda sheet, material, shade, mask: sheet.e.shaded(mask, 1),
}
"""How a shape is laid: s a slab, p swollen, b swollen a little
lighter, q flat with a rounded rim, m swollen without a line
around, f flat, o flat with a line around, c an upright cylinder, t a post, w joints of planks, k of
bricks, x taken away, d darker, l lighter (the material then says nothing)."""
