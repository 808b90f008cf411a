"""The chapter "generate". Pictures out of words, codes and noise: one file, one job."""
