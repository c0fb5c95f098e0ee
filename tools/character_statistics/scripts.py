"""Scripts of characters and conversion between them, from OpenCC's dictionaries."""

from __future__ import annotations

from articlekit.adapters.opencc_tables import candidates
from articlekit.text.character_model import folded

NEUTRAL, HANS, HANT = 0, 1, 2


class Scripts:
    """Which script a character belongs to, its symbol, and conversion to Traditional."""

    def __init__(self) -> None:
        self.to_simplified = candidates("TSCharacters.txt")
        self.to_traditional = candidates("STCharacters.txt")
        self.phrases = candidates("STPhrases.txt")
        self.longest = max(map(len, self.phrases))
        self.variants = candidates("TWVariants.txt")
        self.symbols = self._symbols()

    def script(self, character: str) -> int:
        simplified = self.to_simplified.get(character, (character,))
        if character not in simplified:
            return HANT
        traditional = self.to_traditional.get(character, (character,))
        return NEUTRAL if character in traditional or character in self.to_simplified else HANS

    def convert(self, text: str) -> str:
        """Convert simplified text, longest phrase first."""
        parts, at = [], 0
        while at < len(text):
            for length in range(min(self.longest, len(text) - at), 1, -1):
                if found := self.phrases.get(text[at : at + length]):
                    parts.append(found[0])
                    at += length
                    break
            else:
                parts.append(self.to_traditional.get(text[at], (text[at],))[0])
                at += 1
        return "".join(parts)

    def _symbols(self) -> dict[str, str]:
        """Map traditional characters to the simplified one they alone stand for."""
        found = {}
        for simplified, forms in self.to_traditional.items():
            plain = {self.variants.get(form, (form,))[0] for form in forms}
            if len(plain) != 1 or simplified in plain or ord(simplified) > 0xFFFF:
                continue
            variants = [t for t, s in self.to_simplified.items() if s == (simplified,)]
            found.update(dict.fromkeys((*forms, *plain, *variants), simplified))
        return found

    def symbol(self, text: str) -> str:
        """Replace each character by its symbol."""
        return folded("".join(self.symbols.get(character, character) for character in text))
