"""The chapter "numbers". A picture as numbers: one file, one job."""
