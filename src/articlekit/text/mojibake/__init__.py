"""Mojibake: text that was written in one encoding and read in another, and how it is undone."""
