"""Charts of pixel art: palettes, grids, sheets, stages, what a score counts."""
