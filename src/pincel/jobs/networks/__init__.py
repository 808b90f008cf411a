"""The chapter "networks". Networks: taught, opened, trusted: one file, one job."""
