"""Charts of pictures that networks made."""
