"""How probable a text is, character by character: pairs and triples with back-off by script class.

The model answers one question: which of several readings of damaged bytes is real text? It knows
Chinese in both scripts best, and enough of Japanese, Korean and English to tell them from garbage.

A character is looked up as a *symbol*: 國 and 国 share one where the simplified character has but one
traditional form, so do a letter's cases, all digits, and ， and ``,``. The log probability of a
character b behind a is then

    log P(symbol b | symbol a) + log P(form b | symbol b) + script cost(script a, script b)

where the first term is stored for pairs worth storing, else the back-off weight of a times
P(class b | class a) P(symbol b | class b) over coarse classes such as Han, kana, Latin, digit. Where a
pair has triples behind it, those come first (interpolated absolute discounting; pruned by what a loss
would cost: Stolcke, "Entropy-based Pruning of Backoff Language Models", 1998).

Built by tools/build_character_model.py; data/character_model.md says from what.
"""

from articlekit.text.character_model.model import CharacterModel, shipped
from articlekit.text.character_model.storage import Arrays, Floats, Integers
from articlekit.text.character_model.symbols import CLASSES, Script, class_table, folded
from articlekit.text.character_model.tables import Candidates

__all__ = [
    "CLASSES",
    "Arrays",
    "Candidates",
    "CharacterModel",
    "Floats",
    "Integers",
    "Script",
    "class_table",
    "folded",
    "shipped",
]
