"""Convert the script of plain text, from files or standard input to a file or standard output."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from articlekit.errors import InputError
from articlekit.records.inputs import STDIN, InputFile
from articlekit.records.plain import PlainText
from articlekit.records.writers import AtomicFile, compression_of, refuse_to_overwrite
from articlekit.text.decode import decode
from articlekit.text.script.conversion import Engine, convert


@dataclass(frozen=True, slots=True)
class Read:
    """How one input was read.

    Attributes:
        uri: its name, ``-`` for standard input.
        encoding: what it was read as.
        lost: number of places that did not decode.
    """

    uri: str
    encoding: str
    lost: int


def convert_files(
    inputs: Sequence[str],
    output: Path | None,
    config: str,
    *,
    stdout: BinaryIO,
    engine: Engine = "articlekit",
    encoding: str | None = None,
    progress: Callable[[int], None] = lambda lines: None,
) -> list[Read]:
    """Write the converted text of `inputs`, one after the other, as UTF-8; in memory is a part at a time.

    Args:
        inputs: files, or ``-`` for standard input; compressed ones are decompressed.
        output: file to write, which appears when it is complete; None for `stdout`.
        config: an OpenCC configuration.
        stdout: where to write without `output`.
        engine: see `articlekit.text.script.conversion.convert`.
        encoding: the encoding of the inputs, instead of finding out.
        progress: told the number of lines converted since it was last told.

    Raises:
        InputError: an input is not there, or the output is one of them or cannot be written.
        RecordError: an input is no text or damaged; what could be read was written to `stdout`, if there.
        ConfigError: the configuration, engine or encoding is unknown.
    """
    convert("", config, engine=engine)
    decode(b"", override=encoding)
    files = [_input(name) for name in inputs]
    if output is None:
        return [_convert(file, stdout, config, engine, encoding, progress) for file in files]
    if compression_of(output) != "none":
        raise InputError(f"{output}: convert writes plain text; name a file without {output.suffix}")
    refuse_to_overwrite(output, inputs)
    with AtomicFile(output) as target:
        return [_convert(file, target, config, engine, encoding, progress) for file in files]


def _input(name: str) -> InputFile:
    if name == STDIN:
        return InputFile(STDIN)
    if not name:
        raise InputError("an empty name is no input; is a variable of your shell unset?")
    path = Path(name)
    if path.is_dir():
        raise InputError(f"{name}: this is a folder; name files")
    if not path.exists():
        raise InputError(f"{name}: no such file; paths are relative to {Path.cwd()}")
    return InputFile.of(path)


def _convert(
    file: InputFile,
    target: BinaryIO | AtomicFile,
    config: str,
    engine: Engine,
    encoding: str | None,
    progress: Callable[[int], None],
) -> Read:
    text = PlainText(file, encoding)
    for part in text.parts():
        target.write(convert(part, config, engine=engine).encode("utf-8", "surrogatepass"))
        progress(part.count("\n"))
    return Read(file.uri, text.encoding, text.lost)
