"""What the agent says: recognised, brought by the caller, or unknown; with sentences and fillers found in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from analysis.finnish.fillers import DEFAULT_LEXICON, FillerLexicon, fillers_in, lexicon_of
from analysis.finnish.sentences import sentences_of
from analysis.intervals import total
from analysis.placing import placed
from analysis.tempo import spoken_syllables
from analysis.turns import own_pauses, turns_of
from analysis.types import Confidence, Filler, Message, Segments, Sentence, Turn, Word
from analysis.word_onsets import parted
from analysis.words import snapped
from app.audio.spool import Spool
from app.channels import Sides
from app.errors import InputError, ModelMissing, UsageError
from app.settings import settings
from app.standards import Standard

if TYPE_CHECKING:
    from app.scoring import ScoreOptions


UNKNOWN_LANGUAGE = "und"
"""ISO 639's "undetermined": not Finnish by its letters and its sound, and which one it is cannot be told."""

CLEAR_FROM_DB = 20.0
DOES_NOT_FIT = Message("warning-transcript-does-not-fit")


@dataclass(frozen=True, slots=True)
class Wording:
    """The transcript as the measures need it.

    Parameters
    ----------
    source : {"asr", "supplied", "none"}
    turns : tuple of Turn
        Of both sides, as far as known.
    words : tuple of Word or None
        The agent's; None without a transcript.
    sentences, fillers : tuple or None
        Of the agent.
    model, compute : str or None
        The recogniser.
    reliability : {"good", "fair", "poor"} or None
    reliability_note : Message or None
    warnings : tuple of Message
    exact_times : bool
        Whether word times are good enough to say what lies between two words.
    language : str or None
        The language heard, where it is not the one that was told.
    """

    source: Literal["asr", "supplied", "none"]
    turns: tuple[Turn, ...] = ()
    words: tuple[Word, ...] | None = None
    sentences: tuple[Sentence, ...] | None = None
    fillers: tuple[Filler, ...] | None = None
    model: str | None = None
    compute: str | None = None
    reliability: Confidence | None = None
    reliability_note: Message | None = None
    warnings: tuple[Message, ...] = ()
    exact_times: bool = True
    language: str | None = None


def no_wording() -> Wording:
    """No transcript was asked for."""
    return Wording("none")


def supplied_wording(path: Path, spool: Spool, sides: Sides, standard: Standard) -> Wording:
    """The caller's own transcript, taken as correct.

    Raises
    ------
    InputError
        If it cannot be read or does not fit the audio.
    """
    from app.transcripts import read_transcript

    channel = sides.agent.index if spool.channels == 2 else None
    supplied = read_transcript(path, duration_s=spool.duration_s, agent_channel=channel)
    turns = placed(supplied.turns, sides.detection.speech)
    words = tuple(word for turn in turns if turn.role == "agent" for word in turn.words)
    warnings = (*supplied.warnings, *_fit_warnings(words, sides.detection.speech))
    return Wording(
        "supplied",
        turns=turns,
        words=words,
        sentences=sentences_of(turns, recognised=False),
        exact_times=supplied.has_word_times,
        fillers=fillers_in(words, lexicon_for(standard)),
        reliability="good",
        reliability_note=Message("reliability-supplied"),
        warnings=warnings,
    )


def _fit_warnings(
    words: tuple[Word, ...], speech: Segments, *, most: float = 12.0, least: float = 1.0, needed_s: float = 5.0
) -> tuple[Message, ...]:
    """Whether the text could be what is said: nobody says twelve syllables a second.

    Raises
    ------
    InputError
        If there is far more text than anybody could say in the agent's speech.
    """
    spoken = total(speech)
    if spoken < needed_s:
        return ()
    rate = sum(map(spoken_syllables, words)) / spoken
    if rate > most:
        raise InputError("error-transcript-does-not-fit", rate=round(rate, 1), limit=most)
    return (DOES_NOT_FIT,) if rate < least else ()


def recognised_wording(
    sides: Sides, options: ScoreOptions, standard: Standard, progress: Callable[[float], None]
) -> Wording:
    """The agent's words as the speech model hears them.

    Raises
    ------
    ModelMissing
        If the model's weights are not here.
    """
    speech = sides.detection.speech
    if not speech:
        return Wording("asr", words=(), sentences=(), fillers=(), model=options.model, compute=COMPUTE)
    from models.transcription import spoken_language, transcribed

    model = _model(options)
    if options.language not in getattr(model, "supported_languages", (options.language,)):
        raise UsageError("error-language-unknown", language=options.language)
    heard = transcribed(model, sides.agent, speech, language=options.language, progress=progress)
    levels, active = sides.detection.levels, sides.detection.active
    words = snapped(heard.words, speech)
    if active.speech_db is not None:
        words = parted(words, levels, speech_db=active.speech_db)
    turns = _turns(words, speech, sides.customer)
    warnings: list[Message] = []
    mean = heard.mean_probability or 0.0
    spoken: str | None = None
    foreign = options.language == "fi" and looks_foreign(words)
    if mean < UNSURE_BELOW or foreign:
        language, sure, told = spoken_language(model, sides.agent, speech, told=options.language)
        if language != options.language:
            # In noise Finnish sounds like no language either, so that the letters must tell.
            no_finnish = options.language == "fi" and told < 0.05
            other = no_finnish and (foreign or active.snr_db is None or active.snr_db >= CLEAR_FROM_DB)
            spoken = language if sure > 0.6 else UNKNOWN_LANGUAGE if other else None
        if spoken:
            warnings.append(Message("warning-not-finnish", {"language": spoken}))
    reliability, note = _reliability(options.model, mean)
    return Wording(
        "asr",
        turns=turns,
        words=words,
        sentences=sentences_of(turns, recognised=True),
        fillers=fillers_in(words, lexicon_for(standard)),
        model=options.model,
        compute=COMPUTE,
        reliability="poor" if warnings else reliability,
        reliability_note=note,
        warnings=tuple(warnings),
        language=spoken,
    )


def looks_foreign(words: tuple[Word, ...], *, most: float = 0.045, needed: int = 100) -> bool:
    """Whether the letters are not those of Finnish: b, c, f, g, q, w, x and z make up about one in a hundred there.

    A recogniser that was told "Finnish" writes English down as English, and is sure of it.
    """
    letters = [letter for word in words for letter in word.text.lower() if letter.isalpha()]
    return len(letters) >= needed and sum(letter in "bcfgqwxz" for letter in letters) / len(letters) > most


def lexicon_for(standard: Standard) -> FillerLexicon:
    """The fillers to look for: the built-in lists, or what the standard makes of them."""
    own = standard.fillers
    if own.hesitations is None and own.particles is None:
        return DEFAULT_LEXICON
    built_in = tuple(" ".join(words) for words in DEFAULT_LEXICON.particles)
    return lexicon_of(*own.over(DEFAULT_LEXICON.hesitations, built_in))


COMPUTE = "int8"
UNSURE_BELOW = 0.55
"""Mean word probability under which the language itself is doubted."""


def _model(options: ScoreOptions) -> object:
    from app.models_command import as_model_missing
    from models.errors import ModelsError
    from models.recogniser import whisper
    from models.weights import locate

    chosen = settings()
    try:
        folder = locate(options.model, model_dir=chosen.model_dir, cache_dir=chosen.cache_dir, hub=chosen.hub)
        return whisper(folder, compute_type=COMPUTE, threads=options.threads)
    except ModelsError as problem:
        raise as_model_missing(problem) from problem
    except (RuntimeError, ValueError) as problem:
        raise ModelMissing("error-model-broken", name=options.model) from problem


def _turns(words: tuple[Word, ...], speech: Segments, customer: Segments | None) -> tuple[Turn, ...]:
    """Recognised words, a turn for each stretch in which the customer says nothing."""
    stretches = turns_of(speech, own_pauses(speech, customer))
    groups: list[list[Word]] = [[] for _ in stretches]
    ends = [stretch.end for stretch in stretches]
    index = 0
    for word in words:
        if word.segment is None:
            continue
        while index < len(ends) - 1 and (word.segment.start + word.segment.end) / 2 > ends[index]:
            index += 1
        groups[index].append(word)
    return tuple(
        Turn("agent", tuple(group), stretch) for group, stretch in zip(groups, stretches, strict=True) if group
    )


def _reliability(model: str, mean: float) -> tuple[Confidence, Message]:
    """How far a transcript can be trusted: by model, and by the recogniser's own doubt."""
    args = {"probability": round(mean, 2)}
    if model.startswith(("large", "finnish")):
        return ("good" if mean >= 0.75 else "fair"), Message("reliability-asr-large", args)
    return ("fair" if mean >= 0.7 else "poor"), Message(
        "reliability-poor-asr-base" if mean < 0.7 else "reliability-fair-asr-base", args
    )
