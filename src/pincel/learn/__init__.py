"""Teaching networks: data, the one training loop, run folders, schedules, scores."""
