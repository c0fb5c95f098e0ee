"""What becomes a field of the record: titles, bylines, dates, names."""
