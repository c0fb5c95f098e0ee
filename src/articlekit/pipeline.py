"""The steps in order, for one record.

The pipeline knows no files and no engines: records come in, outcomes go out, and a record that cannot
be processed comes out as `Quarantined` with its reason.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from time import thread_time
from typing import TypeAlias, cast

from articlekit.body import TEXT_FIELDS, Body, guard_promises, place_flags, structure
from articlekit.config import Config
from articlekit.errors import RecordError
from articlekit.model import (
    Article,
    Cleaned,
    Edit,
    Flag,
    Metadata,
    Quarantined,
    RawJSON,
    Record,
    Removal,
    Repaired,
    Script,
    Trace,
)
from articlekit.rules.load import load
from articlekit.rules.model import RuleSet
from articlekit.steps import annotated, elided, extract, repair, script, selectors
from articlekit.text import quality
from articlekit.text.decode import decode
from articlekit.text.fields.dates import parse_date
from articlekit.text.html.continued import continuation
from articlekit.text.identity import text_id
from articlekit.text.language import language
from articlekit.text.lines import Line, join_lines, split_lines, with_text
from articlekit.text.positions import moved_flags
from articlekit.text.script.conversion import Engine

Outcome: TypeAlias = Cleaned | Quarantined


_PEOPLE = ("author", "editor")


class Pipeline:
    """Cleans records by one configuration. Picklable; holds no state between records."""

    def __init__(self, config: Config | None = None, rules: RuleSet | None = None) -> None:
        self.config = config or Config()
        self.rules = rules if rules is not None else rule_set(self.config)

    def process_many(self, records: Iterable[Record]) -> Iterator[Outcome]:
        """Yield one outcome per record, in order. Never raises for a record."""
        return map(self.process, records)

    def process(self, record: Record, parts: Sequence[Record] = ()) -> Outcome:
        """Return the cleaned record, or why it is quarantined; for `parts` see `clean`."""
        try:
            return self.clean(record, parts)
        except RecordError as error:
            return quarantine(record, error)
        except Exception as error:  # noqa: BLE001  # the record boundary: no record ends a batch
            return quarantine(
                record, RecordError("internal-error", "pipeline", f"{type(error).__name__}: {error}")
            )

    def clean(self, record: Record, parts: Sequence[Record] = ()) -> Cleaned:
        """Clean one record.

        `parts` are records that may be the next pages of the same article. As many of them as truly
        continue it are joined to it; `Cleaned.joined` says how many.

        Raises:
            RecordError: where a batch would quarantine the record.
        """
        return _Run(self.config, self.rules, record, parts).clean()


def rule_set(config: Config) -> RuleSet:
    """Return the rules of a configuration.

    Raises:
        RuleError: one of them is wrong, or a name of `rules.disable` or `rules.domains` fits none.
    """
    settings = config.rules
    return load(settings.folders, settings.disable, builtin=settings.builtin, domains=settings.domains)


def quarantine(record: Record, error: RecordError) -> Quarantined:
    """Return the quarantine record for `record`, with its body as the raw record."""
    return Quarantined(
        record.source,
        error.reason,
        error.step,
        error.message,
        error.place,
        record.media,
        record.body,
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """A page, what was undone on its source, and what rules took out of it."""

    undone: Repaired
    selected: selectors.Selected
    found: extract.Extracted


def _text_of(record: Record, config: Config) -> str:
    body = record.body
    return (
        body if isinstance(body, str) else decode(body, record.declared, override=config.input.encoding).text
    )


class _Run:
    """One record on its way through the steps."""

    def __init__(self, config: Config, rules: RuleSet, record: Record, parts: Sequence[Record] = ()) -> None:
        self.config, self.rules, self.record, self.parts = config, rules, record, parts
        self.edits: list[tuple[str, tuple[Edit, ...]]] = []
        self.removed: tuple[Removal, ...] = ()  # before there were lines
        self.joined = 0  # of the parts
        self.comments: tuple[str, ...] = ()  # of readers, where they are kept apart
        self.flags: list[Flag] = []  # `start` counts in the text after the latest step
        self.repairs: Counter[str] = Counter()
        self.seconds: dict[str, float] = {}
        self._clock = thread_time()

    def clean(self) -> Cleaned:
        source_text, encoding = self._decode()
        html = self.record.media == "html" or (self.record.media is None and extract.is_html(source_text))
        lines: tuple[Line, ...] = ()
        found = Metadata()
        if html:
            lines, found = self._extract(source_text)
        base = join_lines(lines) if html else source_text
        text = base if html else self._damage(base)
        text, reading = self._characters(text, flattened=not html and self.repairs["annotated-gbk"] > 0)
        lines = with_text(lines, text) if html else split_lines(text)
        body = self._structure(lines, self._known(found, reading))
        guard_promises(base, self.edits, lines, body)
        self._tick("guard")
        article = Article(
            id=self._identity(source_text),
            source=replace(self.record.source, encoding=encoding),
            title=body.metadata.title,
            published=body.metadata.published,
            author=body.metadata.author,
            editor=body.metadata.editor,
            channel=body.metadata.channel,
            site=body.metadata.site,
            language=language(body.text),
            script=reading,
            sections=body.sections,
            text=body.text,
            removed=tuple(sorted((*self.removed, *body.removed), key=lambda removal: removal.line)),
            repairs=dict(self.repairs),
            flags=place_flags(self.flags, lines, body),
            quality=self._quality(lines if html else (), body),
        )
        article = replace(article, extra=self._extra(article))
        trace = Trace(base, tuple(self.edits), text)
        return Cleaned(
            article,
            trace,
            body.title_line,
            body.headings,
            source_text if html else None,
            self.seconds,
            lines,
            body.starts,
            body.metadata.url,
            self.joined,
        )

    # --- text steps ---------------------------------------------------------------------------------

    def _decode(self) -> tuple[str, str | None]:
        body = self.record.body
        if not body:
            raise RecordError("empty-input", "decode", "the record has no bytes; nothing to clean")
        if isinstance(body, str):
            if self.record.lossy:
                self.flags.append(Flag("lossy-decode", 1, None, self.record.source.encoding or ""))
            return body, self.record.source.encoding
        decoded = decode(body, self.record.declared, override=self.config.input.encoding)
        if decoded.lossy:
            self.flags.append(Flag("lossy-decode", 1, None, f"{decoded.encoding}: {decoded.places} places"))
        if decoded.second:
            self.flags.append(Flag("mixed-encoding", 1, None, f"{decoded.encoding}, {decoded.second}"))
        self._tick("decode")
        return decoded.text, decoded.encoding

    def _extract(self, source: str) -> tuple[tuple[Line, ...], Metadata]:
        """Extract the page, and the pages that continue it."""
        page = self._page(source, self.record)
        if not page.found.lines:
            raise RecordError(
                "empty-body",
                "extract",
                "no article text found in the page; it may be a list or an error page",
            )
        whole = page.found
        self._take(page, whole.lines, 0)
        for part in self.parts:
            page = self._page(_text_of(part, self.config), part)
            more = continuation(whole, page.found)
            if not more:
                break
            self.joined += 1
            self._take(page, more, len(whole.lines))
            lines = (*whole.lines, *more)
            whole = replace(whole, lines=tuple(replace(line, number=n) for n, line in enumerate(lines, 1)))
        return whole.lines, whole.metadata

    def _page(self, source: str, record: Record) -> _Page:
        """Undo annotations on the source, where tags and entities were damaged too, then extract."""
        undone = annotated.undo(source) if self.config.clean.annotated else Repaired(source)
        self._tick("annotated")
        selected = selectors.take_out(undone.text, self.rules, record.source.url)
        found = extract.extract(selected.html, record.source.url, comments=self.config.clean.comments)
        self._tick("extract")
        return _Page(undone, selected, found)

    def _take(self, page: _Page, lines: tuple[Line, ...], before: int) -> None:
        """Note what was done to a page whose `lines` stand behind so many lines of the pages before it."""
        text = join_lines(lines)
        self.repairs["annotated-gbk"] += len(page.undone.edits)
        self.comments += tuple(line.text for line in page.found.comments)
        self.removed += tuple(
            replace(removal, line=removal.line + before) for removal in page.selected.removed(lines)
        )
        flags = page.selected.flags(text)
        for flag in page.undone.flags:
            if (at := text.find(flag.text)) >= 0:
                flags = (*flags, replace(flag, line=text.count("\n", 0, at) + 1, start=at))
        if before:  # `start` counts in the text of all pages, which is not known yet
            flags = tuple(replace(flag, line=flag.line + before, start=None) for flag in flags)
        self.flags += flags

    def _damage(self, text: str) -> str:
        """Undo what happened to flattened text as a whole: line breaks, annotations."""
        text = self._apply("line-breaks", repair.normalise_line_breaks(text), count=False)
        if self.config.clean.annotated:
            text = self._apply("annotated-gbk", annotated.undo(text))
        self._tick("annotated")
        return text

    def _characters(self, text: str, *, flattened: bool) -> tuple[str, Script]:
        """Repair characters and convert the script; the number of lines stays."""
        text = self._apply("repair", self._repair(text, flattened=flattened))
        self._tick("repair")
        converted = self._convert(text)
        text = self._apply("script", Repaired(converted.text, converted.edits))
        self._tick("script")
        return text, Script(converted.input, converted.output)

    def _repair(self, text: str, *, flattened: bool = False) -> Repaired:
        settings = self.config.clean
        return repair.repair(
            text, settings.normal_forms, ftfy=settings.ftfy, mojibake=settings.mojibake, flattened=flattened
        )

    def _convert(self, text: str) -> script.Converted:
        settings = self.config.clean
        engine, protected = cast(Engine, settings.script_engine), frozenset(settings.protected)
        return script.convert_script(text, settings.script, engine, protected, zhe_layer=settings.zhe_layer)

    def _apply(self, step: str, result: Repaired, *, count: bool = True) -> str:
        if result.edits:
            self.edits.append((step, result.edits))
            self.flags = moved_flags(self.flags, result)
        if count:
            self.repairs[step] += len(result.edits)
        self.flags += result.flags
        return result.text

    # --- structure ----------------------------------------------------------------------------------

    def _known(self, found: Metadata, reading: Script) -> Metadata:
        """Join what the record's fields say with what the page says; the record wins."""
        record = self.record
        known = replace(
            found,
            title=record.title or found.title,
            published=parse_date(record.published or "") or found.published,
            url=record.source.url or found.url,
        )
        # A name may hold characters of the other script, which one word does not tell: it goes with the body.
        stay = _PEOPLE if reading.input == reading.output else ()
        fields = {
            name: self._field(value, convert=name not in stay)
            for name in TEXT_FIELDS
            if (value := getattr(known, name))
        }
        return replace(known, **fields)

    def _field(self, value: str, *, convert: bool = True) -> str:
        """Give a field from outside the body the same treatment as the body, without a trace of edits."""
        value = self._repair(" ".join(value.split())).text
        return self._convert(value).text if convert else value

    def _structure(self, lines: tuple[Line, ...], known: Metadata) -> Body:
        body = structure(lines, self.rules, known, self._tick)
        self.flags += body.flags
        if self.repairs["annotated-gbk"]:
            beside = {line.number for line in lines} - body.starts.keys()
            self.flags += elided.find_elided(lines, beside.union(body.headings))
        return body

    # --- what is written ----------------------------------------------------------------------------

    def _quality(self, lines: tuple[Line, ...], body: Body) -> dict[str, float]:
        """Measure the body; `lines` are those of a page, which know about links."""
        self._tick("article")  # id, language and flags
        signals = quality.measure(body.text, body.metadata.title)
        if lines:
            signals["link_density"] = quality.link_density(
                line for line in lines if line.number in body.starts
            )
        self._tick("quality")
        return signals

    def _identity(self, source_text: str) -> str:
        record = self.record
        return record.id or record.source.url or text_id(source_text)

    def _extra(self, article: Article) -> dict[str, RawJSON]:
        """Keep unknown fields, and known ones whose value the article does not hold exactly."""
        held = {
            "id": article.id,
            "url": article.source.url,
            "title": article.title,
            "date": article.published,
        }
        extra = dict(self.record.fields)
        for role, (key, raw) in self.record.consumed.items():
            if raw.value() != held[role]:
                extra[key] = raw
        if self.comments:
            said = [self._field(text) for text in self.comments]
            extra.setdefault("comments", RawJSON(json.dumps(said, ensure_ascii=False)))
        return extra

    def _tick(self, step: str) -> None:
        now = thread_time()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._clock
        self._clock = now
