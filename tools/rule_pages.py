"""Write the table of rules on each page of docs/rules: ``python tools/rule_pages.py``.

What stands above and below the table is written by hand and stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from articlekit.rules.load import load_builtin
from articlekit.rules.model import Rule

PAGES = Path(__file__).resolve().parents[1] / "docs" / "rules"
HEAD = "| rule | zone | what | example |\n|---|---|---|---|\n"


def row(rule: Rule) -> str:
    """Return the line of the table for one rule; its second example stands in for one with a pipe."""
    example = next((text for text in rule.match if "|" not in text), rule.match[0]).replace("|", "\\|")
    return f"| `{rule.id}` | {rule.zone} | {rule.why} | {example} |"


def with_table(page: str, rules: Iterable[Rule]) -> str:
    """Return a page with its table written anew."""
    above, _, rest = page.partition(HEAD)
    _, _, below = rest.partition("\n\n")
    return above + HEAD + "\n".join(map(row, rules)) + "\n\n" + below


def main() -> None:
    """Rewrite every page."""
    for path in sorted(PAGES.glob("*.md")):
        rules = [rule for rule in load_builtin() if rule.category == path.stem]
        path.write_text(with_table(path.read_text("utf-8"), rules), "utf-8")


if __name__ == "__main__":
    main()
