"""A sentence becomes sprites, and a sprite a sentence."""
