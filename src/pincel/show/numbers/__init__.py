"""Charts of a picture as numbers."""
