"""Formats of files: one file is one format."""
