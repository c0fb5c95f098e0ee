"""Kinds of settings that are made of parts: conditions on a record, switches by host."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from articlekit.config.conditions import parse_condition
from articlekit.config.kinds import Kind, Texts

_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,9}")


@dataclass(frozen=True, slots=True)
class Conditions(Texts):
    """A list of conditions on a record; see `articlekit.config.conditions`."""

    @property
    def expected(self) -> str:
        return 'a list of conditions, such as "quality.repeated_lines > 0.3"'

    def check(self, value: Any) -> tuple[str, ...]:
        texts = Texts.check(self, value)
        for text in texts:
            try:
                parse_condition(text)
            except ValueError as error:
                raise ValueError(f"{text!r}: {error}") from None
        return texts


@dataclass(frozen=True, slots=True)
class SiteSwitches(Kind):
    """A table by host: which rules are switched off and on there. Held as (host, off, on), sorted."""

    @property
    def expected(self) -> str:
        return "a table of hosts, each with `disable` and `enable`"

    def check(self, value: Any) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
        if isinstance(value, tuple):
            value = self.plain(value)
        if not isinstance(value, dict):
            raise ValueError
        return tuple(self._switches(host, table) for host, table in sorted(value.items()))

    def _switches(self, host: str, table: Any) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        if not _HOST.fullmatch(host):
            raise ValueError(f'"{host}" is no host; write it in small letters, without https:// and path')
        if not isinstance(table, dict):
            raise ValueError(f'"{host}" has no table; write "{host}" = {{ disable = ["…"] }}')
        for key in table:
            if key not in ("disable", "enable"):
                raise ValueError(f'"{host}" has the key "{key}"; known are "disable" and "enable"')
        lists = Texts()
        try:
            return host, lists.check(table.get("disable", ())), lists.check(table.get("enable", ()))
        except ValueError as error:
            raise ValueError(f'"{host}": write lists of rules; {error}'.rstrip("; ")) from None

    def parse(self, text: str) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
        try:
            return self.check(json.loads(text or "{}"))
        except json.JSONDecodeError:
            raise ValueError("write it in a configuration file, or as JSON") from None

    def render(self, value: Any) -> str:
        sites = (
            f"{json.dumps(host)} = {{ disable = {Texts().render(off)}, enable = {Texts().render(on)} }}"
            for host, off, on in value
        )
        return f"{{ {', '.join(sites)} }}" if value else "{}"

    def plain(self, value: Any) -> dict[str, dict[str, list[str]]]:
        return {host: {"disable": list(off), "enable": list(on)} for host, off, on in value}
