"""Other voices and texts whose phrases end in faint sounds: where a pause begins is hardest to hear there.

Sentences end in s, t, n, weak i and u, and stops; twelve voices at five tempos, about 470 pauses of 250 ms or more a
split. The rule for faint sounds was tuned on the `dev` half. The `test` half shares no text with it and no speaker, but
the two Festival voices are in both, at other sizes: there are no more of them.
"""

# ruff: noqa: E501 - a paragraph is one line, as it is said

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import soxr

from samples.speech import Line, respaced, runs_of, speak_many
from samples.spoken import Mark, Spoken
from tests.accuracy.corpus import RATE_HZ, STRETCHES, Clip, cached, clip_of
from tests.accuracy.rows import Order, Split

GROUP = "faint endings"


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice as another speaker: `size` times as fast and high as it was made, `pitch` times as high beside that."""

    name: str
    size: float = 1.0
    pitch: float = 1.0


VOICES: dict[Split, tuple[Voice, ...]] = {
    "dev": (
        Voice("suo", 0.88),
        Voice("mv", 1.16),
        Voice("espeak-fi+m1"),
        Voice("espeak-fi+f1", pitch=1.15),
        Voice("espeak-fi+m7", pitch=0.85),
        Voice("espeak-fi+klatt2", pitch=1.1),
    ),
    "test": (
        Voice("suo", 1.13),
        Voice("mv", 0.9),
        Voice("espeak-fi+m2", pitch=1.1),
        Voice("espeak-fi+f5"),
        Voice("espeak-fi+m8", pitch=0.9),
        Voice("espeak-fi+klatt4"),
    ),
}

PARAGRAPHS: dict[Split, tuple[str, ...]] = {
    "dev": (
        "Kiitos, että soitit uudestaan. Tarkistan ensin nimesi, sitten osoitteesi. Lasku meni väärään paikkaan vahingossa, koska vanha osoite jäi voimaan. Korjasin tiedot nyt heti. Uusi lasku lähtee postissa, ja eräpäivä siirtyy samalla myös.",
        "Asiakas, joka varasi ajan eilen, perui sen juuri äsken. Saat siis paikan aamupäiväksi, jos ehdit. Ota mukaan vanha passi ja kaksi valokuvaa, kiitos. Käynti kestää puoli tuntia tai vähän yli. Parkkipaikkoja on talon takana, mutta ne ovat usein täynnä aamuisin.",
        "Ymmärrän, asia on ikävä ja pitkittynyt. Katson tästä, mitä edellinen virkailija kirjasi. Laite on ollut huollossa kahdesti, ja vika on yhä sama. Silloin teillä on oikeus uuteen laitteeseen tai rahoihin takaisin. Kumman haluatte, vaihdon vai hyvityksen?",
        "Sähköt palasivat alueelle viideltä, mutta yksi muuntaja on vielä poikki. Asentajat ovat matkalla sinne parhaillaan. Arvio valmistumisesta on kello kahdeksan. Pitäkää pakastimen ovi kiinni, niin ruoka säilyy hyvin. Vahingoista voi hakea korvaus, jos katko kestää yli puoli vuorokautta.",
        "Paketti odottaa noutopisteessä, joka on kauppakeskuksen alakerrassa. Näytä siellä viesti tai kerro koodi suullisesti. Ovet sulkeutuvat yhdeksältä arkisin, lauantaisin jo kuudelta. Säilytys on ilmaista viikon, sen jälkeen paketti palautuu. Jatkoaikaa saa, jos pyydät sitä ajoissa.",
        "Vuokrasopimus päättyy kuun lopussa, ellei sitä uusita kirjallisesti. Lähetin lomakkeen eilen, löytyikö se roskapostista? Täytä siihen nimet, päivämäärät ja allekirjoitus. Avaimet luovutetaan toimistossa, kun asunto on tarkastettu. Takuuvuokra palautuu tilillesi viimeistään kahden viikon päästä siitä.",
    ),
    "test": (
        "Hei, puhelusi yhdistyi neuvontaan. Hakemus on käsittelyssä, ja päätös tulee pian kirjeitse. Yksi liite puuttui, nimittäin verotodistus. Sen voi lähettää meille sähköisesti, tai postitse jos niin haluat. Maksu tulee tilillesi kuukauden viimeisenä arkipäivänä, kuten aiemmin.",
        "Hammaslääkäri on sairaana tänään, joten aikasi siirtyy. Seuraava vapaa on perjantaina kello kaksitoista. Jos särky pahenee, voit tulla päivystykseen heti. Ota särkylääke ruoan kanssa, mutta enintään kolmesti. Muistutus lähtee tekstiviestillä, numero on kai vielä sama kuin ennen?",
        "Nettiyhteys pätkii, koska reititin on vanhentunut. Käynnistä se ensin uudelleen, odota kaksi minuuttia ja kokeile sitten. Vilkkuuko valo vihreänä vai punaisena? Hyvä, silloin linja on kunnossa, ja syy on laitteessa. Lähetän uuden reitittimen, perille se tulee ensi keskiviikoksi.",
        "Kurssille on ilmoittautunut jo yhdeksäntoista, joten mahdut juuri ja juuri mukaan. Opettajat ovat samat kuin keväällä. Materiaalit saa ostaa ensimmäisellä kerralla, tai lainata kirjastosta. Jos et pääse, peru viikkoa ennen, muuten maksu peritään kokonaan. Tervetuloa oppimaan uusia taitoja!",
        "Lento myöhästyi sumun vuoksi, ja jatkoyhteys meni ohitse. Siirsin sinut iltavuorolle, paikka on käytävän puolelta. Matkalaukut seuraavat perässä, älä huoli niistä. Hotelli on varattu, jos lento perutaan kokonaan. Korvaushakemus löytyy sivuiltamme, täytä se kotona rauhassa ja liitä kuitit.",
        "Remontti alkaa maanantaisin kahdeksalta, ja melu loppuu viideltä. Vesi on poikki rapussa kaksi ja kolme, muissa ei. Kylpyhuone pitää tyhjentää, samoin keittiön kaapit. Asukkaat saavat hyvitystä, kun urakka on päättynyt. Kysymyksiin vastaa isännöitsijä, hänet tavoittaa parhaiten aamuisin.",
    ),
}
"""Paragraphs of each split; numbers are written out."""


def faint_clips(order: Order) -> list[Clip]:
    """Every voice of the split at every tempo; in the quick form two voices at their own tempo."""
    return list(_clips(order.split, order.quick))


@cache
def _clips(split: Split, quick: bool) -> tuple[Clip, ...]:
    texts, first_seed = PARAGRAPHS[split], 20000 if split == "dev" else 30000
    clips = []
    for i, voice in enumerate(VOICES[split]):
        for j, stretch in enumerate(STRETCHES):
            if quick and (i not in (0, 2) or stretch != 1.0):
                continue
            seed = first_seed + 10 * i + j
            text = " ".join(texts[(i + 2 * j + k) % len(texts)] for k in range(2))
            key = f"{Path(__file__).read_bytes()!r}|{text}|{voice}|{stretch}|{seed}"
            spoken = cached(key, lambda t=text, v=voice, s=stretch, d=seed: _spoken(t, v, s, d))
            name = f"{voice.name} x{stretch} {voice.size} {voice.pitch}"
            clips.append(clip_of(spoken, name=name, group=GROUP, voice=name, stretch=stretch, seed=seed))
    return tuple(clips)


def _spoken(text: str, voice: Voice, stretch: float, seed: int) -> Spoken:
    line = Line(text, voice.name, stretch=stretch * voice.size, pitch_factor=voice.pitch)
    spoken = _sized(speak_many([line], sample_rate=RATE_HZ)[0], voice.size)
    rng = np.random.default_rng(seed)
    inner = np.clip(0.45 * np.exp(0.6 * rng.standard_normal(len(runs_of(spoken)) - 1)), 0.1, 2.2)
    return respaced(spoken, [0.6, *inner.tolist(), 0.6])


def _sized(spoken: Spoken, size: float) -> Spoken:
    """Played `size` times as fast: formants and pitch move as they do from one speaker to another."""
    samples = soxr.resample(spoken.samples, RATE_HZ * size, RATE_HZ, quality="VHQ").astype(np.float32)

    def marks(kind: list[Mark]) -> list[Mark]:
        return [Mark(mark.label, mark.start / size, mark.end / size) for mark in kind]

    f0 = [(at / size, hz * size) for at, hz in spoken.f0]
    return replace(
        spoken,
        samples=samples,
        phones=marks(spoken.phones),
        words=marks(spoken.words),
        syllables=marks(spoken.syllables),
        f0=f0,
    )
