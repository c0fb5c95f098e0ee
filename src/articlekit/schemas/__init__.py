"""JSON Schema of every record type."""
