"""The chapter "other". About Pincel itself: one file, one job."""
