"""What callers should not send: each refused in one sentence with exit code 3, or scored with every absence explained."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from analysis.types import Samples
from app.document import ScorecardDoc
from models.resampling import resampled
from samples import signals
from tests.app.audio.recordings import encoded
from tests.app.test_cli import ROOT, card_in, run, sentence_of
from tests.fakes import SAMPLES, channels_of, seconds_of, write_riff, write_wav

RATE = 8000
TEN_HOURS_S = 36_000


@pytest.fixture(scope="module")
def talk() -> Samples:
    """12 s of an agent's channel."""
    return channels_of("hyva_puhelu")[0][0][: 12 * RATE]


def refused(path: Path, *words: str | Path) -> str:
    return sentence_of(run("score", "--no-asr", "--locale", "en", *words, "--", path), code=3)


def scored(path: Path, *words: str | Path) -> ScorecardDoc:
    result = run("score", "--no-asr", "--locale", "en", "--format", "json", *words, "--", path)
    assert (result.exit_code, result.stderr) == (0, "")
    return card_in(result.stdout)


def warnings_of(card: ScorecardDoc) -> list[str]:
    return [message.id for message in card.recording.warning_messages]


def assert_nothing_measured(card: ScorecardDoc) -> None:
    assert card.timeline.speech == []
    assert "warning-no-speech" in warnings_of(card)
    for name, measure in card.measures.items():
        assert (measure.value, measure.verdict, measure.evidence) == (None, "not measured", []), name
        assert measure.reason, name
    assert (card.strengths, card.focus) == ([], None)


# --- known answer: refused --------------------------------------------------------------------------------------------


def test_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"")
    assert refused(path) == "The file is empty (0 bytes); a recording of a call is needed."


def test_text_named_wav(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_text("Agent: Hyvää päivää.\n", encoding="utf-8")
    assert refused(path).startswith("The file is text, not a recording; WAV, MP3,")


def test_a_header_without_sound(tmp_path: Path) -> None:
    path = write_riff(tmp_path / "a.wav", b"", rate_hz=RATE, channels=1, tag=1, bits=16, declared=160_000)
    assert refused(path) == "The recording has a header but no sound in it (0 s); at least half a second is needed."


def test_a_fifth_of_a_second(tmp_path: Path, talk: Samples) -> None:
    path = write_wav(tmp_path / "a.wav", [talk[RATE : RATE + RATE // 5]], rate_hz=RATE)
    assert refused(path) == "The recording lasts 0.2 s; at least 0.5 s is needed."


def test_six_channels(tmp_path: Path, talk: Samples) -> None:
    path = write_wav(tmp_path / "a.wav", [talk] * 6, rate_hz=RATE)
    assert refused(path) == "The recording has 6 channels; 1 or 2 are allowed."


def test_a_transcript_of_a_longer_call(tmp_path: Path) -> None:
    problem = refused(SAMPLES / "kiireinen_puhelu.wav", "--transcript", SAMPLES / "pitka_puhelu.vtt")
    assert problem.startswith(
        "The transcript does not fit the recording: it ends at 355.4 s, and the recording lasts 52.9 s."
    )


@pytest.mark.parametrize(
    ("content", "start"),
    [
        ("", "The transcript is empty."),
        ("\n \n", "The transcript"),
        ("Asiakas: Hei.\nAsiakas: Miksi?\n", "The transcript has no words of the agent."),
        ('{"words": [', "The transcript begins as JSON does but is not valid JSON"),
        ("\x00\x01\x02\x03", "The transcript is not text."),
    ],
)
def test_a_transcript_that_is_none(tmp_path: Path, talk: Samples, content: str, start: str) -> None:
    path = write_wav(tmp_path / "a.wav", [talk], rate_hz=RATE)
    (tmp_path / "a.txt").write_text(content, encoding="utf-8")
    assert refused(path, "--transcript", tmp_path / "a.txt").startswith(start)


def ten_hours(path: Path, *, declared: int | None = None) -> Path:
    """A call of ten hours that takes no room on disk: 8 kHz mu-law, all of it one code."""
    count = TEN_HOURS_S * RATE
    write_riff(path, b"", rate_hz=RATE, channels=1, tag=7, bits=8, declared=count if declared is None else declared)
    os.truncate(path, path.stat().st_size + count)
    return path


@pytest.mark.parametrize("declared", [None, 0xFFFFFFFF, 0], ids=["told", "endless", "untold"])
def test_ten_hours_are_refused_with_the_limit(
    tmp_path: Path, environment: Callable[..., None], declared: int | None
) -> None:
    path = ten_hours(tmp_path / "a.wav", declared=declared)
    if declared is None:
        assert refused(path) == "The recording is too long; at most 4 h is allowed."
    environment(max_duration_s=600)
    assert refused(path) == "The recording is too long; at most 10 min is allowed."


def test_a_header_that_tells_of_ten_hours_is_enough_to_refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.audio.decode.pour", lambda *_: pytest.fail("the sound was decoded"))
    assert refused(ten_hours(tmp_path / "a.wav")).startswith("The recording is too long")


def test_the_limit_can_be_raised_and_lowered(tmp_path: Path, talk: Samples, environment: Callable[..., None]) -> None:
    path = write_wav(tmp_path / "a.wav", [np.tile(talk, 11)], rate_hz=RATE)
    environment(max_duration_s=120)
    assert refused(path) == "The recording is too long; at most 2 min is allowed."
    environment(max_duration_s=132)
    assert scored(path, "--agent", "mono").recording.duration_s == 132.0


def test_ten_hours_need_no_more_memory_than_ten_seconds(tmp_path: Path, talk: Samples) -> None:
    """Highest memory of a process that streams the first two hours before it meets the limit, in kilobytes."""
    long, short = ten_hours(tmp_path / "a.wav", declared=0), tmp_path / "b.wav"
    write_riff(short, b"\xff" * 3000, rate_hz=RATE, channels=1, tag=7, bits=8)
    script = (
        "import resource, sys\nfrom pathlib import Path\nfrom tempfile import TemporaryDirectory\n"
        "from app.audio.decode import DecodeLimits, decode\nfrom app.errors import InputError\n"
        "with TemporaryDirectory() as folder:\n"
        "    try:\n        decode(Path(sys.argv[1]), Path(folder), limits=DecodeLimits(max_duration_s=7200.0))\n"
        "    except InputError as problem:\n        print(problem.message.id)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    found = {}
    for path in (long, short):
        done = subprocess.run(
            [sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
        )
        problem, peak = done.stdout.split()
        found[path] = int(peak) / (1024 if sys.platform == "darwin" else 1)
        assert problem == ("error-audio-too-long" if path == long else "error-audio-too-short")
    assert found[long] < found[short] + 30_000


# --- known answer: scored as far as it goes ---------------------------------------------------------------------------


def test_digital_silence(tmp_path: Path) -> None:
    for channels in (1, 2):
        path = write_wav(tmp_path / "a.wav", [signals.silence(10, sample_rate=RATE)] * channels, rate_hz=RATE)
        card = scored(path)
        assert_nothing_measured(card)
        assert card.recording.snr_db is None
        assert set(card.timeline.f0.hz) == {None}


@pytest.mark.parametrize("level", [-60.0, -45.0, -30.0, -15.0])
def test_noise_alone(tmp_path: Path, level: float) -> None:
    noise = signals.white_noise(15, sample_rate=RATE, seed=5, level_dbfs=level)
    assert_nothing_measured(scored(write_wav(tmp_path / "a.wav", [noise], rate_hz=RATE)))


def test_music_alone(tmp_path: Path) -> None:
    music = signals.hold_music(20, sample_rate=RATE, seed=4)
    card = scored(write_wav(tmp_path / "a.wav", [music], rate_hz=RATE))
    assert_nothing_measured(card)
    assert "warning-music" in warnings_of(card)


def test_ringing_alone(tmp_path: Path) -> None:
    ring = signals.ringback(20, sample_rate=RATE)
    card = scored(write_wav(tmp_path / "a.wav", [ring], rate_hz=RATE))
    assert_nothing_measured(card)
    assert "warning-tones" in warnings_of(card)


def test_silence_with_a_transcript_counts_words_and_measures_no_voice(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", [signals.silence(30, sample_rate=RATE)], rate_hz=RATE)
    card = scored(path, "--transcript", SAMPLES / "taytepuhelu.txt", "--agent", "mono")
    assert card.measures["ei_openings"].value == 4
    for name in ("articulation_rate", "speech_rate", "pause_rate", "f0_median", "speech_level", "filled_pause_rate"):
        assert card.measures[name].value is None, name
        assert card.measures[name].reason, name


@pytest.mark.parametrize(("declared", "warned"), [(320_000, True), (16_000, True), (0, False), (0xFFFFFFFF, False)])
def test_a_header_that_lies_about_the_length(tmp_path: Path, talk: Samples, declared: int, warned: bool) -> None:
    body = np.rint(talk * 32767).astype("<i2").tobytes()
    path = write_riff(tmp_path / "a.wav", body, rate_hz=RATE, channels=1, tag=1, bits=16, declared=declared)
    card = scored(path, "--agent", "mono")
    assert card.recording.duration_s == 12.0
    assert ("warning-header-length" in warnings_of(card)) == warned
    assert seconds_of(card.timeline.speech) > 4


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_an_mp3_that_breaks_off(tmp_path: Path, talk: Samples, share: float) -> None:
    whole = encoded(tmp_path / "a.mp3", [talk], rate_hz=RATE, codec="libmp3lame", container="mp3", bit_rate=32_000)
    content = whole.read_bytes()
    whole.write_bytes(content[: round(share * len(content)) + 7])
    card = scored(whole, "--agent", "mono")
    assert card.recording.duration_s == pytest.approx(12 * share, abs=0.3)
    assert set(warnings_of(card)) & {"warning-cut-short", "warning-damaged"}
    assert card.timeline.speech[0][0] == pytest.approx(0.8, abs=0.15)


def test_96_khz(tmp_path: Path, talk: Samples) -> None:
    path = write_wav(tmp_path / "a.wav", [resampled(talk, from_hz=RATE, to_hz=96_000)], rate_hz=96_000)
    card, plain = (
        scored(path, "--agent", "mono"),
        scored(write_wav(tmp_path / "b.wav", [talk], rate_hz=RATE), "--agent", "mono"),
    )
    assert card.recording.sample_rate_hz == 96_000
    assert card.recording.bandwidth_hz == pytest.approx(3500, abs=300)
    assert seconds_of(card.timeline.speech) == pytest.approx(seconds_of(plain.timeline.speech), rel=0.03)
    assert card.measures["f0_median"].value == pytest.approx(plain.measures["f0_median"].value, rel=0.01)


def test_samples_that_are_no_numbers(tmp_path: Path, talk: Samples) -> None:
    broken = talk.copy()
    broken[40_000:40_010] = np.nan
    broken[50_000] = np.inf
    card = scored(write_wav(tmp_path / "a.wav", [broken], rate_hz=RATE, tag=3, bits=32), "--agent", "mono")
    plain = scored(write_wav(tmp_path / "b.wav", [talk], rate_hz=RATE, tag=3, bits=32), "--agent", "mono")
    [warning] = card.recording.warning_messages
    assert (warning.id, warning.args) == ("warning-not-finite", {"count": 11})
    assert seconds_of(card.timeline.speech) == pytest.approx(seconds_of(plain.timeline.speech), abs=0.1)


def test_nothing_but_nan(tmp_path: Path) -> None:
    nothing = np.full(10 * RATE, np.nan, np.float32)
    card = scored(write_wav(tmp_path / "a.wav", [nothing], rate_hz=RATE, tag=3, bits=32))
    assert_nothing_measured(card)
    assert "warning-not-finite" in warnings_of(card)


@pytest.mark.parametrize(
    "name",
    [
        "väli lyönti.wav",
        "puhelu ☎️🇫🇮.wav",
        "rivi\nvaihto.wav",
        "-viiva.wav",
        "--help",
        "<b>&\"'.wav",
        "%s {x} $y `z`.wav",
        "a" * 250 + ".wav",
        ".wav",
    ],
)
def test_names_mean_nothing(tmp_path: Path, talk: Samples, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write_wav(tmp_path / name, [talk[: 3 * RATE]], rate_hz=RATE)
    monkeypatch.chdir(tmp_path)
    card = scored(Path(name), "--agent", "mono")
    assert (card.recording.name, card.recording.duration_s) == (name, 3.0)
    page = run("score", "--no-asr", "--format", "html", "--", name)
    assert page.exit_code == 0
    assert "<b>&\"'" not in page.stdout


def test_a_path_that_goes_up_is_a_path_like_any(tmp_path: Path, talk: Samples) -> None:
    (tmp_path / "kansio").mkdir()
    write_wav(tmp_path / "a.wav", [talk[: 3 * RATE]], rate_hz=RATE)
    assert scored(tmp_path / "kansio" / ".." / "a.wav").recording.name == "a.wav"


# --- law --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_bytes_turned_over_never_bring_it_down(tmp_path: Path, talk: Samples, seed: int) -> None:
    random = np.random.default_rng(seed)
    path = write_wav(tmp_path / "a.wav", [talk[: 2 * RATE]] * 2, rate_hz=RATE)
    content = bytearray(path.read_bytes())
    for place in random.integers(0, 60 if seed % 2 else len(content), 12):
        content[place] = random.integers(256)
    path.write_bytes(bytes(content))
    result = run("score", "--no-asr", "--format", "json", path)
    if result.exit_code == 0:
        assert json.loads(result.stdout)["recording"]["duration_s"] > 0
    else:
        sentence_of(result, code=3)
