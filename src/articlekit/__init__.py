"""Scraped finance articles in, clean JSONL with section structure and without near-duplicates out."""

__version__ = "0.1.0"
