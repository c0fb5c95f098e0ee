"""The structure of an article: its header, headings, numbering and outline."""
