"""Rules that are data: read, checked, matched and tested here; the data lies in rules/."""
