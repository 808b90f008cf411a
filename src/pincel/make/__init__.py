"""Pictures out of pictures: whole pipelines made of `pixels` and `art` (and networks)."""
