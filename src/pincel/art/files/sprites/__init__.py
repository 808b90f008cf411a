"""Formats that hold one sprite; see `pincel.art.files`."""
