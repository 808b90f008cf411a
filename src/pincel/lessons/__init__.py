"""Short lessons that are run: text, code, pictures, and a number that must be reached.

`written/` holds one file for each lesson, `ways/` one for each document that a teacher follows
through the studio; the folders are the registries. This package also gives what the code of a
lesson shows things with, in a notebook as in the studio:

    from pincel.lessons import curves, goal, pictures
"""

from __future__ import annotations

from pincel.lessons.shown import both, curves, drawing, goal, pictures, table

__all__ = ["both", "curves", "drawing", "goal", "pictures", "table"]
