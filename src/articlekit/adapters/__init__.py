"""The only modules that import the heavy libraries, one library each, loaded on first use."""
