"""Charts of networks from inside."""
