"""Pages to keep: HTML files in both languages with their pictures inside."""
