"""pixelator: needs a palette; it is given PICO-8's 16 colours."""

from each import each
from pixelator import Pixelator

PICO_8 = (
    "000000 1d2b53 7e2553 008751 ab5236 5f574f c2c3c7 fff1e8 "
    "ff004d ffa300 ffec27 00e436 29adff 83769c ff77a8 ffccaa"
)


def convert(task):
    palette = [list(bytes.fromhex(color))[::-1] for color in PICO_8.split()]  # blue first
    sprite = Pixelator(filename=task["source"]).pixelate(
        width=task["width"], height=task["height"], palette=palette
    )
    sprite.write(filename=task["out"])


each(convert)
