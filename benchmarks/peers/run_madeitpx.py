"""madeitpx."""

import madeitpx
from each import each
from PIL import Image


def convert(task):
    picture = Image.open(task["source"]).convert("RGBA")
    options = madeitpx.ConversionOptions(palette_colors=task["colors"])
    size = (task["width"], task["height"])
    pixels = madeitpx.convert_rgba8(picture.tobytes(), *picture.size, *size, options=options)
    Image.frombytes("RGBA", size, pixels).save(task["out"])


each(convert)
