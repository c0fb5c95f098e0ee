"""The configuration as text: as it is, as a file to start from, as a table for the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from articlekit.config.declare import Setting
from articlekit.config.load import Loaded
from articlekit.config.settings import section_doc, section_names, settings

_WIDTH = 100
_HEAD = (
    "# Settings of articlekit. Take the # away from a line to set it; the values shown are the defaults,\n"
    '# and "" means that nothing is set. `articlekit config show` says where every value comes from.'
)


def show(loaded: Loaded) -> str:
    """Return every setting as TOML, each with its origin as a comment.

    The text is itself a configuration file that loads to the same settings.
    """
    values = loaded.config.values()
    files = ", ".join(loaded.files) or "none"
    blocks = [f"# configuration files: {files}\n# digest: {loaded.config.digest()}"]
    for section in section_names():
        assignments = [(_assignment(s, values[s.key]), loaded.origins[s.key]) for s in _of(section)]
        width = min(max(len(text) for text, _ in assignments), 48)
        lines = [f"{text.ljust(width)}  # {origin}" for text, origin in assignments]
        blocks.append("\n".join([f"[{section}]", *lines]))
    return "\n\n".join(blocks) + "\n"


def init() -> str:
    """Return a commented configuration file to start from. Every setting is there, switched off by ``#``.

    It loads to the defaults, as it is and with every ``#`` before a setting taken away.
    """
    blocks = [_HEAD]
    for section in section_names():
        lines = [f"[{section}]  # {section_doc(section)}"]
        for setting in _of(section):
            lines += ["", *_commented(setting), f"#{_assignment(setting, setting.default)}"]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def reference() -> str:
    """Return every setting as Markdown, for ``docs/configuration.md``."""
    blocks = []
    for section in section_names():
        lines = [
            f"### [{section}]",
            "",
            section_doc(section),
            "",
            "| key | default | values | what it does |",
        ]
        lines.append("|---|---|---|---|")
        for s in _of(section):
            default = s.kind.render(s.default)
            flag = f" Flag `{s.flag}`." if s.flag else ""
            lines.append(f"| `{s.name}` | `{default}` | {s.kind.expected} | {s.doc}{flag} |")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _of(section: str) -> Iterator[Setting]:
    return (setting for setting in settings() if setting.section == section)


def _assignment(setting: Setting, value: object) -> str:
    return f"{setting.name} = {setting.kind.render(value)}"


def _commented(setting: Setting) -> list[str]:
    return [f"# {line}" for line in wrap(f"{setting.doc} Expects {setting.kind.expected}.", _WIDTH)]
