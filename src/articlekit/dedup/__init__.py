"""Near-duplicates: shingles, signatures, candidates, verification, stars."""
