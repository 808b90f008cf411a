"""Grounds that flow: water, lava, swamp; and the sky."""

from __future__ import annotations

import numpy as np

from pincel.art.ground_kinds import FLAT, MIRE, ground
from pincel.art.plots import BODY, DEEP, DIM, LIT, PALE, SHINE, Plot, beside, ridges


def _web(p: Plot, gap: float, flat: float = 1.5) -> np.ndarray:
    """A net of lines around cells that move in a loop, bool (side, side)."""
    spots = p.scatter(gap, gap / flat, gap)
    turn = 2 * np.pi * (p.phase + p.each(spots))
    swing = 0.16 * gap
    apart = p.cells(spots, flat, (swing * np.cos(turn), swing * np.sin(turn) / flat))[1]
    return apart < 1.25


@ground("water", "water", "deep lilies=pad", height=MIRE, moves=True)
def _water(p: Plot, more: frozenset[str]) -> None:
    gap = max(6.5, min(10.0, p.side / 4))
    if "deep" in more:
        gap *= 1.35
    line = _web(p, gap)
    there = p.drifting(6)
    p.fill("water", BODY if "deep" not in more else DIM)
    p.shaded(beside(line, 1, 0) & (there > -0.6), -1)
    crest = line & (there > -0.6)
    p.shaded(crest, 1)
    if "deep" not in more and p.side > 16:
        p.lay(crest & (there > 1.15), "water", SHINE)
    if "lilies" in more:
        spots = p.scatter(12, 11, 6)
        p.strewn(
            spots, (".cdd. bccdd bccb. .bbb.", ".cdd.. bccdhg bbccdg .bbbb."), "water pad bloom"
        )


@ground("lava", "lava", "crust=crust", height=MIRE, moves=True)
def _lava(p: Plot, more: frozenset[str]) -> None:
    gap = max(6.5, min(11.0, p.side / 3.2))
    spots = p.scatter(gap, gap * 0.8, gap)
    which, apart, _, _ = p.cells(spots, 1.2)
    heat = p.drifting(7)
    wide = apart - 0.5 * heat
    crust = wide > (2.6 if "crust" in more else 3.6)
    p.fill("lava", np.digitize(-wide, (-3.4, -2.2, -1.2, -0.2)))
    lump = p.each(spots)[which]
    p.lay(crust, "crust", np.where(lump > 0.6, BODY, DIM))
    p.lay(crust & beside(~crust, 1, 0), "crust", PALE)
    p.lay(crust & beside(~crust, -1, 0), "crust", DEEP)


@ground("swamp", "water", "lilies=pad", height=MIRE, moves=True)
def _swamp(p: Plot, more: frozenset[str]) -> None:
    slow = p.drifting(7, 4)
    p.fill("water")
    p.lay(slow < -0.7, "water", DIM)
    p.lay(slow > 0.8, "water", PALE)
    p.lay(ridges(slow - 0.8, 0.5) & (p.field(5) > 0.5), "water", SHINE)
    p.strewn(p.scatter(11, 9, 5), (".cdd. bccdd bccb. .bbb.", "cd. bcc .bb"), "water pad")
    if "lilies" in more:
        p.strewn(p.scatter(12, 11, 6), (".cdd.. bccdhg bbccdg .bbbb.",), "water pad bloom")


@ground("poison", "water", "bubbles", height=MIRE, moves=True)
def _poison(p: Plot, more: frozenset[str]) -> None:
    slow = p.drifting(8, 4)
    p.fill("water")
    p.lay(slow < -0.8, "water", DIM)
    p.lay(slow > 1.0, "water", LIT)
    _bubbling(p)


def _bubbling(p: Plot) -> None:
    """Bubbles that grow and burst."""
    spots = p.scatter(8, 7, 4)
    grown = (p.each(spots) + p.phase) % 1
    stages = ("3", "44 31", ".33. 3413 3113 .33.", ".3443. 341113 311113 .3333.", "3..3 .... 3..3")
    for x, y, stage in zip(spots.x, spots.y, grown, strict=True):
        p.stamp(stages[int(stage * len(stages))], int(x), int(y), "water")


@ground("slime", "slime", height=MIRE, moves=True)
def _slime(p: Plot, more: frozenset[str]) -> None:
    _blobs(p, "slime")


def _blobs(p: Plot, material: str) -> None:
    gap = max(5.0, p.side / 5)
    spots = p.scatter(gap, gap, gap)
    which, apart, right, below = p.cells(spots)
    far = np.hypot(right, below) / gap
    p.fill(material)
    p.lay(apart < 1.5, material, DIM)
    p.lay((apart < 1.5) & (right + below > 0) & (far > 0.45), material, DEEP)
    swing = 0.4 * np.sin(2 * np.pi * (p.phase + p.each(spots)))[which]
    p.lay(
        np.hypot(right + gap * 0.2, below + gap * (0.22 + 0.1 * swing)) < gap * 0.24, material, PALE
    )
    p.lay(np.hypot(right + gap * 0.24, below + gap * (0.26 + 0.1 * swing)) < 0.8, material, SHINE)


# ------------------------------------------------------------------------------------------ sky


@ground("sky", "sky", "clouds=cloud", height=FLAT)
def _sky(p: Plot, more: frozenset[str]) -> None:
    p.fill("sky")
    _clouds(p, "cloud")
    p.strewn(p.scatter(16, 9, 4), ("..cc. .cddcc", ".cdc.", "cc. .cdc"), "sky cloud")


def _clouds(p: Plot, material: str) -> None:
    size = max(2.2, min(5.0, p.side / 8))
    spots = p.scatter(size * 4.2, size * 3.2, size * 3)
    chances = p.each(spots)
    mass, lit = np.zeros(p.codes.shape, bool), np.zeros(p.codes.shape, bool)
    for x, y, chance in zip(spots.x, spots.y, chances, strict=True):
        for turn, part in ((-1.1, 0.75), (0.0, 1.0), (1.15, 0.7), (0.5, 0.8)):
            at = x + turn * size * (1 if chance > 0.5 else -1), y + 0.35 * size * (1 - part) * 3
            over = (p.column - at[0] + p.side / 2) % p.side - p.side / 2
            down = (p.row - at[1] + p.side / 2) % p.side - p.side / 2
            wide = size * part * (0.8 + 0.4 * chance)
            inside = (np.hypot(over, down) < wide) & (down < wide * 0.55)
            mass |= inside
            lit |= inside & (np.hypot(over + 0.3 * wide, down + 0.4 * wide) < wide * 0.85)
    p.lay(mass, material, BODY)
    p.lay(mass & lit, material, PALE)
    p.lay(mass & beside(~mass, -1, 0), material, DIM)


@ground("night sky", "sky", "stars=star", height=FLAT, moves=True)
def _night(p: Plot, more: frozenset[str]) -> None:
    p.fill("sky")
    if p.side > 16:
        haze = p.field(8)
        p.lay(haze > 0.8, "sky", PALE)
        p.lay(haze < -0.8, "sky", DIM)
    spots = p.scatter(5, 5, 3)
    for x, y, chance in zip(spots.x, spots.y, p.each(spots), strict=True):
        wink = (chance * 7.3 + p.phase) % 1
        small = "b" if wink < 0.3 else "c"
        rows = small if chance < 0.55 else "d" if chance < 0.9 else ".b. bdb .b."
        p.stamp(rows, int(x), int(y), "sky star")
