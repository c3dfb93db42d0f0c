"""A made-up but lifelike scorecard to draw views from: a Finnish call of four and a half minutes, always the same."""

from __future__ import annotations

import io
import math
import wave

import numpy as np

from analysis.catalogue import BY_NAME
from app.document import (
    EngineDoc,
    EvidenceDoc,
    F0Doc,
    FocusDoc,
    LevelDoc,
    ListenDoc,
    MeasureDoc,
    NormDoc,
    RecordingDoc,
    ScorecardDoc,
    StrengthDoc,
    TempoDoc,
    Text,
    TimelineDoc,
    TranscriptDoc,
    WaveformDoc,
    WordDoc,
)

DIALOGUE = (
    ("agent", "Hyvää päivää, Maija Virtanen asiakaspalvelusta, miten voin auttaa?"),
    ("customer", "No hei, sain laskun joka on mun mielestä väärä."),
    ("agent", "Kiitos kun soitat. Katsotaan se yhdessä. Saisinko laskun numeron?"),
    ("customer", "Se on seitsemän nolla kolme neljä."),
    ("agent", "Kiitos. Öö, tota, avaan tietosi, siinä menee pieni hetki. Tässä näkyy kaksi tilausta samalta päivältä."),
    ("customer", "Mä tilasin vaan yhden."),
    ("agent", "Ei se siltä näytä. Mutta niinku toisen voi perua, jos pakettia ei ole vielä haettu."),
    ("customer", "En ole hakenut mitään."),
    ("agent", "Hyvä. Sitten perun toisen tilauksen nyt. Öö, hyvitys tulee tilillesi viikon sisällä."),
    ("customer", "Tuleeko siitä joku vahvistus?"),
    ("agent", "Tulee sähköpostiin tänään. Ei siitä tule erillistä kirjettä. Voinko auttaa vielä jossain muussa?"),
    ("customer", "Ei muuta, kiitos paljon."),
    ("agent", "Kiitos sinulle, että soitit. Oikein hyvää päivänjatkoa!"),
)


def fake_words(duration: float) -> list[WordDoc]:
    """Words of the made-up call, spread evenly with a gap between turns."""
    count = sum(len(text.split()) for _, text in DIALOGUE)
    each = (duration - 4.0 - 2.0 * len(DIALOGUE)) / count
    words, now = [], 1.2
    for role, text in DIALOGUE:
        for number, word in enumerate(text.split()):
            length = each * 0.82
            probability = round(0.62 + 0.37 * abs(math.sin(now + number)), 2)
            words.append(
                WordDoc(text=word, start=round(now, 2), end=round(now + length, 2), probability=probability, role=role)
            )
            now += each
        now += 2.0
    return words


def bars_of(words: list[WordDoc], role: str) -> list[tuple[float, float]]:
    """Speech bars of `role`: runs of words joined over short gaps."""
    bars: list[tuple[float, float]] = []
    for word in words:
        if word.role != role:
            continue
        end_of_clause = word.text[-1] in ".,?!"
        end = word.end - (0.2 + 0.3 * abs(math.sin(word.end)) if end_of_clause else 0.0)
        if bars and word.start - bars[-1][1] < 0.3:
            bars[-1] = (bars[-1][0], end)
        else:
            bars.append((word.start, end))
    return bars


def _pauses(bars: list[tuple[float, float]]) -> list[tuple[float, float]]:
    gaps = zip(bars, bars[1:], strict=False)
    return [(left[1], right[0]) for left, right in gaps if 0.2 <= right[0] - left[1] < 1.9]


def fake_timeline(words: list[WordDoc], duration: float) -> TimelineDoc:
    """Contours that go with the words."""
    generator = np.random.default_rng(7)
    agent, customer = bars_of(words, "agent"), bars_of(words, "customer")

    def inside(t: float) -> float | None:
        return next((t - start for start, end in agent if start <= t < end), None)

    hz: list[float | None] = []
    for index in range(int(duration / 0.02)):
        t = index * 0.02
        since = inside(t)
        if since is None or math.sin(t * 9.0) < -0.45:
            hz.append(None)
            continue
        semitones = (
            3.2 * math.sin(since * 1.7) - 0.9 * min(since, 4.0) + 1.4 * math.sin(t * 5.3) + generator.normal(0, 0.2)
        )
        hz.append(round(188 * 2 ** (semitones / 12), 1))
    db: list[float | None] = []
    peak = []
    for index in range(int(duration / 0.1)):
        since = inside(index * 0.1)
        level = (
            -58 + generator.normal(0, 1.0)
            if since is None
            else -25 + 5 * math.sin(index * 0.8) + generator.normal(0, 2.2)
        )
        db.append(round(level, 1))
        peak.append(round(min(1.0, 10 ** ((level + 14) / 20)), 3))
    tempo = [
        None if inside(t) is None else round(5.2 + 1.1 * math.sin(t / 11) + generator.normal(0, 0.2), 2)
        for t in np.arange(0, duration, 2.0).tolist()
    ]
    return TimelineDoc(
        speech=agent,
        pauses=_pauses(agent),
        customer_speech=customer,
        creak=[(round(end - 0.3, 2), end) for _, end in agent[::4]],
        f0=F0Doc(step_s=0.02, hz=hz),
        level_db=LevelDoc(step_s=0.1, db=db),
        tempo=TempoDoc(step_s=2.0, syll_per_s=tempo),
        waveform=WaveformDoc(step_s=0.1, peak=peak),
    )


def measure(name: str, value: float | None, verdict: str = "info", norm: NormDoc | None = None, **more) -> MeasureDoc:
    """A measure of the catalogue."""
    return MeasureDoc(value=value, unit=BY_NAME[name].unit, verdict=verdict, norm=norm, **more)


def _at(words: list[WordDoc], text: str, note: str, tier: str | None = None, **args) -> list[EvidenceDoc]:
    """Evidence for every agent word that reads `text`."""
    return [
        EvidenceDoc(start=w.start, end=w.end, text=w.text, note_message=Text(id=note, args=args), tier=tier)
        for w in words
        if w.role == "agent" and w.text.strip(".,").casefold() == text
    ]


def _sentence_from(words: list[WordDoc], first: str, suggestion: str | None) -> list[EvidenceDoc]:
    found = []
    for index, word in enumerate(words):
        if word.role == "agent" and word.text == first:
            run = words[index : index + 4]
            text = " ".join(item.text for item in run)
            found.append(
                EvidenceDoc(start=word.start, end=run[-1].end, text=text, tier="certain", suggestion=suggestion)
            )
    return found


def fake_measures(words: list[WordDoc], timeline: TimelineDoc) -> dict[str, MeasureDoc]:
    """Every measure of the catalogue, in each of the states that a card can show."""
    house = "house rule"
    pauses = [
        EvidenceDoc(start=a, end=b, note_message=Text(id="note-pause", args={"seconds": b - a}))
        for a, b in timeline.pauses
    ]
    longest = max(timeline.pauses, key=lambda pause: pause[1] - pause[0])
    fast = [
        EvidenceDoc(start=a, end=min(b, a + 3), note_message=Text(id="note-fast-stretch", args={"rate": 6.4}))
        for a, b in timeline.speech[3:6]
    ]
    flat = [
        EvidenceDoc(start=a, end=b, note_message=Text(id="note-flat-stretch", args={"sd": 0.8}))
        for a, b in timeline.speech[6:8]
    ]
    quiet = [
        EvidenceDoc(start=max(a, b - 0.6), end=b, note_message=Text(id="note-quiet-end", args={"drop": 7.4}))
        for a, b in timeline.speech[1:5]
    ]
    creak = [EvidenceDoc(start=a, end=b, note_message=Text(id="note-creak"), tier="check") for a, b in timeline.creak]
    sounds = [
        *_at(words, "öö", "note-filler-certain", "certain"),
        EvidenceDoc(start=61.2, end=61.6, text="mm", note_message=Text(id="note-filler-from-audio"), tier="check"),
    ]
    particles = _at(words, "tota", "note-filler-check", "check") + _at(
        words, "niinku", "note-filler-certain", "certain"
    )
    ei = _sentence_from(words, "Ei", "Katsotaan, miten tämä järjestyy.")
    study = "Lehtonen 1970; Toivola ym. 2010"
    return {
        "articulation_rate": measure(
            "articulation_rate",
            5.12,
            "within",
            NormDoc(low=4.0, high=6.2, source=study, applies_to="suomalaiset, luettu ja vapaa puhe"),
            baseline=5.4,
            typical_error=0.2,
            evidence=fast,
        ),
        "speech_rate": measure(
            "speech_rate", 3.94, "within", NormDoc(low=3.4, high=5.2, source=house), typical_error=0.2
        ),
        "words_per_minute": measure("words_per_minute", 104.0, typical_error=6),
        "tempo_variation": measure(
            "tempo_variation", 9.0, "below", NormDoc(low=12, high=30, source=house), confidence="fair"
        ),
        "phonation_time": measure("phonation_time", 131.4, typical_error=1.5),
        "pause_rate": measure(
            "pause_rate", 12.4, "within", NormDoc(low=8, high=20, source=house), typical_error=0.8, evidence=pauses
        ),
        "mean_pause_duration": measure(
            "mean_pause_duration", 0.62, "within", NormDoc(low=0.35, high=0.9, source=house), baseline=0.55
        ),
        "pause_ratio": measure(
            "pause_ratio", 0.184, "within", NormDoc(low=0.1, high=0.3, source=house), typical_error=0.02
        ),
        "longest_pause": measure(
            "longest_pause",
            1.4,
            "within",
            NormDoc(low=None, high=4.0, source=house),
            evidence=[
                EvidenceDoc(
                    start=longest[0], end=longest[1], note_message=Text(id="note-longest-pause", args={"seconds": 1.4})
                )
            ],
        ),
        "f0_median": measure("f0_median", 187.0, baseline=181.0, typical_error=2),
        "f0_range": measure(
            "f0_range", 9.1, "within", NormDoc(low=6.0, high=14.0, source=house), typical_error=0.6, evidence=flat
        ),
        "f0_sd": measure("f0_sd", 2.8, "within", NormDoc(low=2.0, high=None, source=house)),
        "f0_shift": measure("f0_shift", None, "not measured", reason_message=Text(id="reason-no-baseline")),
        "creak_share": measure("creak_share", 6.0, confidence="poor", evidence=creak),
        "speech_level": measure(
            "speech_level",
            -24.8,
            "within",
            NormDoc(low=-32, high=-16, source="ITU-T P.56; house rule"),
            typical_error=0.5,
        ),
        "level_range": measure("level_range", 18.2, "above", NormDoc(low=8, high=18, source=house), typical_error=1.0),
        "phrase_end_drop": measure(
            "phrase_end_drop",
            7.1,
            "above",
            NormDoc(low=None, high=6.0, source=house),
            typical_error=0.9,
            evidence=quiet,
            confidence="fair",
        ),
        "filled_pause_rate": measure(
            "filled_pause_rate", 1.4, "within", NormDoc(low=None, high=3.0, source=house), evidence=sounds
        ),
        "filler_word_rate": measure(
            "filler_word_rate",
            2.2,
            "within",
            NormDoc(low=None, high=3.0, source=house),
            evidence=particles,
            confidence="fair",
        ),
        "ei_openings": measure(
            "ei_openings", 2.0, "above", NormDoc(low=None, high=0.0, source=house), evidence=ei, confidence="fair"
        ),
        "negative_openings": measure(
            "negative_openings", None, "not measured", reason_message=Text(id="reason-unreliable-transcript")
        ),
    }


def fake_card(*, name: str = "Laskun reklamaatio 14.3.", duration: float = 96.0, **changes) -> ScorecardDoc:
    """A whole scorecard whose sentences are still to be localised."""
    words = fake_words(duration)
    timeline = fake_timeline(words, duration)
    measures = fake_measures(words, timeline)
    listen = [ListenDoc(start=item.start, end=item.end) for item in measures["ei_openings"].evidence]
    card = ScorecardDoc(
        recording=RecordingDoc(
            duration_s=duration, sample_rate_hz=8000, channels=2, agent_channel="left", agent_channel_source="guessed",
            codec="pcm_s16le", bandwidth_hz=3400, snr_db=24.1, clipped_ratio=0.0004, name=name,
            warning_messages=[
                Text(id="warning-agent-guessed", args={"channel": "left"}), Text(id="warning-narrow-band"),
            ],
        ),
        engine=EngineDoc(version="0.1.0", asr_model="base", asr_compute="int8", language="fi", standard="default@1"),
        transcript=TranscriptDoc(
            source="asr", reliability="poor", words=words, reliability_message=Text(id="reliability-poor-asr-base")
        ),
        measures=measures,
        strengths=[
            StrengthDoc(measure=m, text="", message=Text(id=f"strength-{m}", args={"value": measures[m].value}))
            for m in ("articulation_rate", "f0_range", "pause_rate")
        ],
        focus=FocusDoc.model_validate(
            {
                "measure": "ei_openings", "text": "", "try": "", "listen": listen,
                "message": Text(id="focus-ei_openings-above", args={"value": 2.0, "bound": 0.0}),
                "try_message": Text(id="try-ei_openings-above"),
            }
        ),
        timeline=timeline,
    )  # fmt: skip
    return card.model_copy(update=changes)


def fake_wav(duration: float, *, sample_rate: int = 8000) -> bytes:
    """A quiet hum of `duration` seconds as a WAV file."""
    t = np.arange(int(duration * sample_rate)) / sample_rate
    hum = (3000 * np.sin(2 * np.pi * 180 * t) * (0.5 + 0.5 * np.sin(2 * np.pi * 0.5 * t))).astype("<i2")
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sample_rate)
        file.writeframes(hum.tobytes())
    return out.getvalue()
