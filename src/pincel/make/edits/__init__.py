"""A part of a picture is drawn anew; every other pixel stays."""
