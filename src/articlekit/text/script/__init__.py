"""Chinese scripts: detecting which one a text is in, and converting between them."""
