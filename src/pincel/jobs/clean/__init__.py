"""The chapter "clean". Cleaning and judging: one file, one job."""
