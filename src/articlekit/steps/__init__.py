"""The steps of cleaning, one module each. Steps do no I/O and never import each other."""
