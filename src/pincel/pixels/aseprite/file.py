"""An Aseprite file that was read: what it holds, and its frames."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.pixels.aseprite.compose import composed, composed_indices, frame_under
from pincel.pixels.aseprite.model import Contents


@dataclass(frozen=True, eq=False)
class AsepriteFile(Contents):
    """A file, read."""

    def rgba(self, frame: int = 0) -> np.ndarray:
        """One frame with its visible layers one over the other, (height, width, 4) uint8, as the
        file's own colours. Where nothing is seen all four values are 0."""
        return composed(self, frame)

    def under(self, frame: int = 0) -> np.ndarray | None:
        """The colours that lie under clear pixels of one frame, (height, width, 3) uint8; None
        where more than one layer is drawn."""
        return frame_under(self, frame)

    def indices(self, frame: int = 0) -> np.ndarray | None:
        """One frame of an indexed file as (height, width) int16 palette indices, -1 where nothing
        is; None where layers mix colours or the palette has half-transparent ones."""
        return composed_indices(self, frame)
