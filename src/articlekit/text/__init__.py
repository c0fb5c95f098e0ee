"""Text on its own: decoding, lines, characters, figures. Knows nothing of steps, rules or files."""
