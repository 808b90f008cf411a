"""What pixel art is: grid, palette, dither, tidy, outline, export, score."""
