"""Data sets: pictures gathered from lists, pages and folders, judged, and split without leaks."""
