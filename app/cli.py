"""The command line. Heavy packages are imported inside the commands, so that help is instant."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app import __version__
from app.cli_service import COMMANDS
from app.ending import end_without_sorting
from app.errors import PuhepeiliError, UsageError

if TYPE_CHECKING:
    from app.document import ScorecardDoc
    from app.messages import Locale
    from app.scoring import Progress, ScoreOptions

FORMATS = ("json", "html", "text", "csv", "textgrid")
STAGES = {"decode": "reading", "detect": "finding speech", "transcribe": "transcribing", "measure": "measuring"}


class Sentences(click.Group):
    """Turns what goes wrong into one sentence on stderr and the exit code of its kind."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line."""
        end_without_sorting()
        try:
            return super().main(*args, **kwargs)
        except PuhepeiliError as problem:
            _end(problem, _words(args, kwargs))
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(1)
        except OSError as problem:
            _end(SystemProblem("error-system", why=problem.strerror or str(problem)), _words(args, kwargs))
        except Exception as problem:
            if os.environ.get("PYTHONFAULTHANDLER") or os.environ.get("PYTHONDEVMODE"):
                raise
            unexpected = SystemProblem("error-unexpected", kind=type(problem).__name__, why=str(problem)[:200])
            _end(unexpected, _words(args, kwargs))


class SystemProblem(PuhepeiliError):
    """The machine or the program failed, not the caller."""


def _words(args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[str]:
    """What was typed after the command's name."""
    given = args[0] if args else kwargs.get("args")
    return sys.argv[1:] if given is None else list(given)


def _end(problem: PuhepeiliError, words: list[str]) -> None:
    """One sentence in the reader's language, then the exit code."""
    from app.messages import sentence

    shown = " ".join(sentence(problem.message, _language_of_errors(words)).split())
    click.echo(f"puhepeili: {shown}", err=True)
    sys.exit(problem.exit_code)


def _language_of_errors(words: list[str]) -> Locale:
    """Finnish where it was asked for, by option or setting; else English, as everything else on a terminal is."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--locale=fi" or (word == "--locale" and following == "fi"):
            return "fi"
        if word.startswith("--locale"):
            return "en"
    try:
        from app.settings import settings

        chosen = settings()
    except PuhepeiliError:
        return "en"
    return chosen.locale if "locale" in chosen.model_fields_set else "en"


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="puhepeili")
def main() -> None:
    """Puhepeili shows phone agents how they use their voice: a scorecard from a recorded call."""


def _scoring_options(command: Any) -> Any:
    options = (
        click.option(
            "--agent",
            type=click.Choice(("left", "right", "mono")),
            help="The agent's channel; mono: the agent alone. Default: guessed.",
        ),
        click.option("--language", default="fi", show_default=True, help="Language spoken, as ISO 639-1."),
        click.option("--model", default=None, help="Speech model: a name from `puhepeili models list`, or a folder."),
        click.option("--no-asr", is_flag=True, help="Do not transcribe: measures that need words are not measured."),
        click.option(
            "--baseline",
            type=click.Path(path_type=Path),
            help="The agent's earlier scorecard (JSON), or a folder of them.",
        ),
        click.option(
            "--standard", type=click.Path(path_type=Path), help="The organisation's own target levels (TOML)."
        ),
        click.option(
            "--locale", type=click.Choice(("fi", "en")), default=None, help="Language of the texts. Default: fi."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@click.argument("call", type=click.Path(path_type=Path))
@click.option(
    "--transcript", type=click.Path(path_type=Path), help="A transcript of the call, in place of recognition."
)
@_scoring_options
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default=None, help="Default: from the ending of --out, else text."
)
@click.option("--out", type=click.Path(path_type=Path), help="File to write; without it the scorecard goes to stdout.")
@click.option(
    "--embed-audio", is_flag=True, help="With html: put the recording into the page, so that it can be heard."
)
@click.option("--quiet", is_flag=True, help="No progress.")
def score(call: Path, form: str | None, out: Path | None, embed_audio: bool, quiet: bool, **chosen: Any) -> None:
    """Score one recorded call.

    CALL is a recording in any common format, with one or two channels.
    """
    from app.scoring import score_with_audio

    form = form or _form_of(out)
    if embed_audio and form != "html":
        raise UsageError("error-embed-audio-needs-html", form=form)
    _refuse_folder(out)
    options = _options(chosen)
    with _Progress(quiet) as progress:
        scored = score_with_audio(call, options, progress=progress, audio=embed_audio)
    _deliver(_rendered(scored.document, form, options, scored.audio), out)


def _options(chosen: dict[str, Any]) -> ScoreOptions:
    from app.scoring import ScoreOptions
    from app.settings import settings

    defaults = settings()
    if not re.fullmatch("[a-z]{2,3}", chosen["language"]):
        raise UsageError("error-language-unknown", language=chosen["language"])
    return ScoreOptions(
        agent=chosen["agent"],
        language=chosen["language"],
        model=chosen["model"] or defaults.model,
        asr=not chosen["no_asr"],
        transcript=chosen.get("transcript"),
        baseline=chosen["baseline"],
        standard=chosen["standard"],
        locale=chosen["locale"] or defaults.locale,
        threads=defaults.thread_count,
    )


def _form_of(out: Path | None) -> str:
    if out is None:
        return "text"
    return {".json": "json", ".html": "html", ".htm": "html", ".csv": "csv", ".textgrid": "textgrid"}.get(
        out.suffix.lower(), "text"
    )


def _rendered(document: ScorecardDoc, form: str, options: ScoreOptions, audio: tuple[str, bytes] | None) -> str:
    if form == "json":
        return document.to_json() + "\n"
    if form == "html":
        from app.views.html import render_html

        return render_html(document, locale=options.locale, audio=audio)
    if form == "csv":
        from app.views.csv import render_csv

        return render_csv(document)
    if form == "textgrid":
        from app.views.textgrid import render_textgrid

        return render_textgrid(document)
    from app.views.text import render_text

    return render_text(document, locale=options.locale, width=min(100, max(60, _columns())))


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def _refuse_folder(out: Path | None) -> None:
    if out is not None and out.is_dir():
        raise UsageError("error-out-is-folder", path=str(out))
    if out is not None and not out.absolute().parent.is_dir():
        raise UsageError("error-out-no-folder", path=str(out))


def _deliver(text: str, out: Path | None) -> None:
    """Write all or nothing: a half-written scorecard is worse than none."""
    if out is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
        return
    import tempfile

    try:
        handle, name = tempfile.mkstemp(prefix=".puhepeili-", dir=out.absolute().parent)
    except OSError as problem:
        raise UsageError("error-out-not-written", path=str(out), why=problem.strerror or str(problem)) from problem
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(out)
    except OSError as problem:
        Path(name).unlink(missing_ok=True)
        raise UsageError("error-out-not-written", path=str(out), why=problem.strerror or str(problem)) from problem


class _Progress:
    """A bar on stderr in a terminal; silent elsewhere."""

    def __init__(self, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._bar: Any = None

    def __enter__(self) -> Progress | None:
        if not self._shown:
            return None
        from tqdm import tqdm

        self._bar = tqdm(
            total=100,
            unit="%",
            bar_format="{desc:<15}{bar:30} {percentage:3.0f} %  {elapsed}",
            file=sys.stderr,
            leave=False,
        )
        return self._show

    def _show(self, stage: str, share: float) -> None:
        self._bar.set_description_str(STAGES[stage], refresh=False)
        self._bar.update(max(0, round(100 * share) - self._bar.n))

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()


@main.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the scorecards and tables.")
@_scoring_options
@click.option("--workers", type=click.IntRange(0), default=0, help="Calls scored at once. Default: one for each core.")
@click.option("--resume", is_flag=True, help="Go on where an earlier run into the same folder stopped.")
@click.option("--no-beside", is_flag=True, help="Leave out transcripts that lie beside a call under the same name.")
def batch(source: Path, out: Path, workers: int, resume: bool, no_beside: bool, **chosen: Any) -> None:
    """Score a folder of calls, or those that a manifest lists.

    SOURCE is a folder, or a manifest: CSV with a `path` column, or JSON Lines.
    """
    from app.batch import run_batch

    result = run_batch(
        source,
        out,
        options=_options(chosen),
        workers=workers,
        resume=resume,
        show_progress=sys.stderr.isatty(),
        transcripts_beside=not no_beside,
    )
    click.echo(
        f"scored {result.scored}, failed {result.failed}, already done {result.skipped}; see {out / 'overview.html'}",
        err=True,
    )


@main.command()
@click.option("--standard", type=click.Path(path_type=Path), help="The organisation's own target levels (TOML).")
@click.option("--locale", type=click.Choice(("fi", "en")), default=None, help="Language of the texts. Default: fi.")
def measures(standard: Path | None, locale: str | None) -> None:
    """List every measure: meaning, unit, norm, source and typical error."""
    from app.accuracy import usual_errors
    from app.settings import settings
    from app.standards import read_standard
    from app.views.measures import render_measures

    chosen = read_standard(standard)
    click.echo(render_measures("en" if (locale or settings().locale) == "en" else "fi", chosen.norms, usual_errors()))


@main.group()
def models() -> None:
    """Weights: what there is, where it was found, and whether it is whole."""


@models.command("list")
def models_list() -> None:
    """Name, size, licence, SHA-256 and place of every model."""
    from app.models_command import list_models
    from app.settings import settings

    chosen = settings()
    click.echo(list_models(model_dir=chosen.model_dir, cache_dir=chosen.cache_dir, locale=chosen.locale))


@models.command("fetch")
@click.argument("name", default="base")
def models_fetch(name: str) -> None:
    """Put model NAME into the cache: base needs no network, others come from the model hub."""
    from app.models_command import fetch_model
    from app.settings import settings

    chosen = settings()
    click.echo(fetch_model(name, model_dir=chosen.model_dir, cache_dir=chosen.cache_dir, hub=True))


@models.command("verify")
@click.argument("names", nargs=-1)
def models_verify(names: tuple[str, ...]) -> None:
    """Compare the weights on disk, or those NAMES, with their known SHA-256."""
    from app.models_command import verify_models
    from app.settings import settings

    chosen = settings()
    report = verify_models(names, model_dir=chosen.model_dir, cache_dir=chosen.cache_dir, locale=chosen.locale)
    click.echo(report.text)
    if not report.ok:
        sys.exit(4)


for _command in COMMANDS:
    main.add_command(_command)


if __name__ == "__main__":
    main()
