"""Aseprite files (.aseprite, .ase) as pictures: read, layers put over each other, frame by frame.

Written from the public specification, docs/ase-file-specs.md of aseprite/aseprite. A file is a
128-byte header and frames; a frame is a 16-byte header and chunks (layer, cel, palette, ...). All
numbers are little-endian. Writing needs a sprite and stands in `pincel.art.files.aseprite`.
"""

from pincel.pixels.aseprite.file import AsepriteFile
from pincel.pixels.aseprite.model import AsepriteLayer, Cel, Tileset
from pincel.pixels.aseprite.parsing import is_aseprite, read_aseprite

__all__ = ["AsepriteFile", "AsepriteLayer", "Cel", "Tileset", "is_aseprite", "read_aseprite"]
