"""What runs the pipeline over many records."""
