"""Tables the text modules read: names, words and labels, the character model."""
