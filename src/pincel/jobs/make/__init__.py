"""The chapter "make". Making pixel art: one file, one job."""
