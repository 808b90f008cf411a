"""A picture becomes pixel art, is restored or enlarged."""
