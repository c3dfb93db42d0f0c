"""Which calls a batch is made of: the recordings of a folder, or the rows of a manifest."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.types import Message
from app.errors import InputError, UsageError
from app.scoring import ScoreOptions

# fmt: off
RECORDING_SUFFIXES = frozenset({
    ".wav", ".wave", ".w64", ".rf64", ".flac", ".mp3", ".mp2", ".ogg", ".oga", ".opus", ".m4a", ".m4b", ".mp4",
    ".aac", ".ac3", ".wma", ".asf", ".webm", ".mka", ".mkv", ".mov", ".3gp", ".3g2", ".amr", ".awb", ".gsm",
    ".au", ".snd", ".aif", ".aiff", ".aifc", ".caf", ".spx", ".wv", ".g722", ".sln",
})
# fmt: on
TRANSCRIPT_SUFFIXES = (".vtt", ".srt", ".json", ".txt")
"""In the order they are tried: those that are sure to carry times first."""

_LONGEST_STEM = 60


@dataclass(frozen=True, slots=True)
class Call:
    """One recording of a batch.

    Parameters
    ----------
    path : Path
        The recording.
    name : str
        What tables and pages call it: its path below the folder, or as the manifest has it. Always valid UTF-8.
    key : str
        File name, without suffix, of its results. Unique in the batch, the same in every run.
    options : ScoreOptions
    transcripts : tuple of Path
        Files beside the recording that may be its transcript, in the order to try.
    agent_id, client_reference : str or None
        As the manifest has them.
    problem : Message or None
        Why it cannot be scored at all.
    """

    path: Path
    name: str
    key: str
    options: ScoreOptions
    transcripts: tuple[Path, ...] = ()
    agent_id: str | None = None
    client_reference: str | None = None
    problem: Message | None = None


def calls_of(source: Path, options: ScoreOptions, *, out: Path, beside: bool = True) -> list[Call]:
    """Every call of a folder (sorted by path) or of a manifest (in its order).

    Parameters
    ----------
    source : Path
        A folder, or a manifest: ``.csv``, ``.jsonl`` or ``.ndjson``.
    options : ScoreOptions
        What holds for every call; a manifest's row goes before it.
    out : Path
        Folder of the results: passed over where it lies inside `source`.
    beside : bool
        Whether a transcript that lies beside a recording is used.

    Raises
    ------
    UsageError
        If `source` is neither a folder nor a manifest, or does not exist.
    InputError
        If there is no recording in it, or the manifest cannot be read.
    """
    from app.batch.manifest import MANIFEST_SUFFIXES, manifest_calls

    if source.is_dir():
        calls = list(_folder_calls(source, options, out=out, beside=beside))
    elif not source.exists():
        raise UsageError("error-batch-source-missing", source=readable(source))
    elif source.suffix.lower() not in MANIFEST_SUFFIXES:
        raise UsageError("error-batch-source-kind", source=readable(source), allowed=", ".join(MANIFEST_SUFFIXES))
    else:
        calls = manifest_calls(source, options, beside=beside)
    if not calls:
        raise InputError("error-batch-no-calls", source=readable(source))
    return unique_keys(calls)


def readable(path: Path | str) -> str:
    """`path` as text that can be written anywhere; bytes that are not UTF-8 become a replacement character."""
    return os.fsencode(path).decode("utf-8", "replace")


def key_of(name: Path | str, *, times_seen: int = 0) -> str:
    """A short file name that is safe on every system: letters of the call's own name, and a hash of its whole path."""
    folded = unicodedata.normalize("NFKD", Path(name).stem).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", folded)[:_LONGEST_STEM].strip("-._") or "call"
    identity = os.fsencode(name) + (f"\0{times_seen}".encode() if times_seen else b"")
    return f"{stem}-{hashlib.sha256(identity).hexdigest()[:10]}"


def unique_keys(calls: Iterable[Call]) -> list[Call]:
    """The calls; one that a manifest lists again (say, for its other channel) gets a name of its own."""
    seen: Counter[str] = Counter()
    told_apart = []
    for call in calls:
        times = seen[call.key]
        seen[call.key] += 1
        told_apart.append(replace(call, key=f"{call.key}-{times + 1}") if times else call)
    return told_apart


def transcripts_beside(recording: Path) -> tuple[Path, ...]:
    """Files beside `recording` with its stem and a transcript's suffix, in small or capital letters."""
    spelt = (suffix for small in TRANSCRIPT_SUFFIXES for suffix in (small, small.upper()))
    beside = (recording.with_name(recording.stem + suffix) for suffix in spelt)
    return tuple(path for path in beside if path != recording and path.is_file())


def looks_like_recording(path: Path) -> bool:
    """Whether the name's suffix, or else the first bytes, are those of a sound or video file."""
    suffix = path.suffix.lower()
    if suffix in RECORDING_SUFFIXES:
        return True
    if suffix in TRANSCRIPT_SUFFIXES:
        return False
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError:
        return False
    return _sounds(head)


def _sounds(head: bytes) -> bool:
    if head[:4] in (b"RIFF", b"RF64"):
        return head[8:12] == b"WAVE"
    if head[:4] == b"FORM":
        return head[8:12] in (b"AIFF", b"AIFC")
    # A bare two-byte frame mark is taken for MPEG layer III and ADTS alone: FF FE opens UTF-16 text.
    starts = (b"fLaC", b"OggS", b"ID3", b"caff", b".snd", b"#!AMR", b"\x1aE\xdf\xa3", b"0&\xb2u\x8ef\xcf\x11")
    frames = (b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9")
    return head[4:8] == b"ftyp" or head.startswith(starts + frames)


def _folder_calls(folder: Path, options: ScoreOptions, *, out: Path, beside: bool) -> Iterator[Call]:
    for path in sorted(_recordings(folder, out), key=os.fsencode):
        name = path.relative_to(folder).as_posix()
        yield Call(
            path=path,
            name=readable(name),
            key=key_of(name),
            options=options,
            transcripts=transcripts_beside(path) if beside and options.transcript is None else (),
        )


def _recordings(folder: Path, out: Path) -> Iterator[Path]:
    """Recordings below `folder`. A link is one only where it leads to a file inside that is not listed by itself."""
    root, results = folder.resolve(), out.resolve()
    listed: set[Path] = set()
    links = []
    for parent, subfolders, names in os.walk(folder, followlinks=False):
        subfolders[:] = [name for name in subfolders if (Path(parent) / name).resolve() != results]
        for name in names:
            path = Path(parent) / name
            if path.is_symlink():
                links.append(path)
            # macOS leaves "._call.wav" beside "call.wav" on foreign disks: a file of attributes, not a recording.
            elif not name.startswith("._") and path.is_file() and looks_like_recording(path):
                listed.add(path.resolve())
                yield path
    for path in sorted(links):
        target = path.resolve()
        inside = target.is_relative_to(root) and not target.is_relative_to(results)
        if inside and target not in listed and target.is_file() and looks_like_recording(path):
            listed.add(target)
            yield path
