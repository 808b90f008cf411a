"""Charts of teaching: curves, confusion, races, contests, modes."""
