"""Write src/articlekit/text/data/usual_characters.txt: the characters that the mojibake gate lets pass.

    python -m tools.build_usual_characters -o src/articlekit/text/data/usual_characters.txt

Ideographs and syllables that the character model knows as frequent. All others are unusual: two of them
close together make a line worth a look.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from articlekit.text.character_model import CharacterModel

_HAN, _HANGUL = range(0x3400, 0xA000), range(0xAC00, 0xD7A4)


def usual_characters(model: CharacterModel, han: float = -9.5, hangul: float = -8.0) -> str:
    """Return the frequent ideographs and, on a second line, the frequent syllables."""
    kinds = ((_HAN, han), (_HANGUL, hangul))
    return "\n".join("".join(c for c in map(chr, codes) if model.alone(c) >= least) for codes, least in kinds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    found = usual_characters(CharacterModel.load())
    options.output.write_text(found + "\n", encoding="utf-8")
    print(f"{options.output}: {len(found) - 1:,} characters")


if __name__ == "__main__":
    main()
