"""Validation of a corpus."""
