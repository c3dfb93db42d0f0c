"""Finnish abbreviations and letter names: what they are read as, and which of them can end a sentence."""

from __future__ import annotations

import re

SPOKEN: dict[str, str] = {
    "ao": "asianomainen", "alk": "alkaen", "alv": "aa äl vee", "asiak": "asiakas", "as": "asunto", "ed": "edellinen",
    "em": "edellä mainittu", "ent": "entinen", "esim": "esimerkiksi", "fax": "faksi", "hlö": "henkilö", "hra": "herra",
    "huom": "huomaa", "jne": "ja niin edelleen", "kirj": "kirjoittanut", "klo": "kello", "klon": "kellon",
    "ko": "kyseessä oleva", "kpl": "kappaletta", "krs": "kerros", "ks": "katso", "lkm": "lukumäärä", "lk": "luokka",
    "mahd": "mahdollisesti", "maks": "maksimi", "max": "maksimi", "milj": "miljoonaa", "mm": "muun muassa",
    "mrd": "miljardia", "n": "noin", "nro": "numero", "ns": "niin sanottu", "nti": "neiti", "nyk": "nykyinen",
    "os": "osoite", "oy": "oo yy", "oyj": "oo yy jii", "pj": "puheenjohtaja", "pnä": "päivänä", "prof": "professori",
    "puh": "puhelin", "pvm": "päivämäärä", "pv": "päivää", "rva": "rouva", "ry": "är yy", "s": "sivu",
    "sis": "sisältää",
    "synt": "syntynyt", "tel": "telefoni", "tj": "toimitusjohtaja", "tmi": "toiminimi", "tms": "tai muuta sellaista",
    "toht": "tohtori", "tri": "tohtori", "ts": "toisin sanoen", "v": "vuonna", "vast": "vastaava",
    "virk": "virkamies", "vko": "viikko", "vk": "viikko", "vrk": "vuorokautta", "vrt": "vertaa", "vs": "viransijainen",
    "yht": "yhteensä", "yl": "yleensä", "ym": "ynnä muuta", "yms": "ynnä muuta sellaista", "kk": "kuukautta",
    "snt": "senttiä", "min": "minuuttia", "sek": "sekuntia", "eur": "euroa", "tod.näk": "todennäköisesti",
    "puh.nro": "puhelinnumero", "j.n.e": "ja niin edelleen", "y.m": "ynnä muuta", "e.m": "edellä mainittu",
    "t.s": "toisin sanoen", "k.o": "kyseessä oleva", "m.m": "muun muassa", "ok": "okei",
}  # fmt: skip
"""Read as these words. Those in `NEEDS_STOP` only with their full stop."""

NEEDS_STOP = frozenset(
    str.split(
        "alk ao as asiak ed em ent fax huom kirj ko lk mahd maks max mm n ns nyk os s sis synt tel toht v vast virk "
        "vs yht yl prof min milj"
    )
)

CAN_END = frozenset(
    str.split(
        "jne ym yms tms kpl kk snt min sek eur vrk pv vko vk krs alv h kg km g m cm l dl oy oyj ry tmi milj mrd yht "
        "nro puh j.n.e y.m mm max maks v s hlö lk as"
    )
)
"""Followed by a capital letter these end a sentence ("kuitin jne. Tarkistan"), the others never do ("esim. Turku")."""

NEVER_ENDS = frozenset(
    str.split(
        "alk ao asiak ed em ent esim hra huom kirj klo klon ko ks lkm mahd n ns nti nyk os prof puh.nro pvm rva sis "
        "synt tel tj pj toht tod.näk tri ts vast virk vrt vs yl e.m t.s k.o keskim tarv väh viim ilm toim erit tav "
        "tied mahdoll dr mr mrs st"
    )
)

UNITS: dict[str, tuple[str, str, str]] = {
    "€": ("euro", "euroa", "euro"),
    "eur": ("euro", "euroa", "euro"),
    "e": ("euro", "euroa", "euro"),
    "%": ("prosentti", "prosenttia", "prosenti"),
    "kk": ("kuukausi", "kuukautta", "kuukaude"),
    "vk": ("viikko", "viikkoa", "viiko"),
    "vko": ("viikko", "viikkoa", "viiko"),
    "pv": ("päivä", "päivää", "päivä"),
    "vrk": ("vuorokausi", "vuorokautta", "vuorokaude"),
    "h": ("tunti", "tuntia", "tunni"),
    "min": ("minuutti", "minuuttia", "minuuti"),
    "sek": ("sekunti", "sekuntia", "sekunni"),
    "s": ("sekunti", "sekuntia", "sekunni"),
    "snt": ("sentti", "senttiä", "senti"),
    "c": ("sentti", "senttiä", "senti"),
    "km": ("kilometri", "kilometriä", "kilometri"),
    "m": ("metri", "metriä", "metri"),
    "m2": ("neliömetri", "neliömetriä", "neliömetri"),
    "m3": ("kuutiometri", "kuutiometriä", "kuutiometri"),
    "cm": ("senttimetri", "senttimetriä", "senttimetri"),
    "mm": ("millimetri", "millimetriä", "millimetri"),
    "kg": ("kilogramma", "kilogrammaa", "kilogramma"),
    "g": ("gramma", "grammaa", "gramma"),
    "l": ("litra", "litraa", "litra"),
    "dl": ("desilitra", "desilitraa", "desilitra"),
    "kwh": ("kilowattitunti", "kilowattituntia", "kilowattitunni"),
    "gb": ("gigatavu", "gigatavua", "gigatavu"),
    "mb": ("megatavu", "megatavua", "megatavu"),
    "mbit/s": ("megabitti sekunnissa", "megabittiä sekunnissa", "megabiti"),
    "°c": ("celsiusaste", "celsiusastetta", "celsiusastee"),
    "°": ("aste", "astetta", "astee"),
    "kpl": ("kappale", "kappaletta", "kappalee"),
    "v": ("vuosi", "vuotta", "vuode"),
    "milj": ("miljoona", "miljoonaa", "miljoona"),
    "mrd": ("miljardi", "miljardia", "miljardi"),
    "$": ("dollari", "dollaria", "dollari"),
    "£": ("punta", "puntaa", "punna"),
}
"""After a number: one of them, several of them, stem before an ending."""

PER = {"kk": "kuukaudessa", "v": "vuodessa", "h": "tunnissa", "pv": "päivässä", "vk": "viikossa", "vko": "viikossa",
       "vrk": "vuorokaudessa", "min": "minuutissa", "kpl": "kappale", "kg": "kilo", "l": "litra",
       "kwh": "kilowattitunti", "m2": "neliö", "s": "sekunnissa"}  # fmt: skip

WEEKDAYS = {"ma": "maanantai", "ti": "tiistai", "ke": "keskiviikko", "to": "torstai", "pe": "perjantai",
            "la": "lauantai", "su": "sunnuntai"}  # fmt: skip

LETTERS = {
    "a": "aa", "b": "bee", "c": "see", "d": "dee", "e": "ee", "f": "äf", "g": "gee", "h": "hoo", "i": "ii", "j": "jii",
    "k": "koo", "l": "äl", "m": "äm", "n": "än", "o": "oo", "p": "pee", "q": "kuu", "r": "är", "s": "äs", "t": "tee",
    "u": "uu", "v": "vee", "w": "vee", "x": "äks", "y": "yy", "z": "tset", "å": "oo", "ä": "ää", "ö": "öö",
}  # fmt: skip
_LONG = {
    "äf": "äffä",
    "äl": "ällä",
    "äm": "ämmä",
    "än": "ännä",
    "är": "ärrä",
    "äs": "ässä",
    "äks": "äksä",
    "tset": "tseta",
}
_SPELLED = frozenset(str.split("ai ea eu id it op te uk us usa cv hr"))
_ONSETS = frozenset(str.split("bl br dr fl fr gl gr kl kr kv pl pr ps sk sl sm sn sp st tr ts tv"))
_VOWELS = frozenset("aeiouyåäö")


def spelled(letters: str, ending: str = "") -> tuple[str, ...]:
    """Names of the letters, an ending joined to the last: ``EU`` with ``n`` is ``ee uun``."""
    names = [LETTERS[letter] for letter in letters.lower() if letter in LETTERS]
    if names and ending:
        names[-1] = _LONG.get(names[-1], names[-1]) + ending
    return tuple(names)


def is_spelled(word: str) -> bool:
    """Whether a word is read letter by letter: no vowel, or capitals that are no Finnish word (ALV, not KELA)."""
    low = word.lower()
    if len(low) < 2 or any(letter not in LETTERS for letter in low):
        return False
    if not _VOWELS & set(low):
        return len(low) <= 6
    if not word.isupper() or len(low) > 5:
        return False
    if low in _SPELLED:
        return True
    onset = re.match(r"[^aeiouyåäö]*", low)
    first = onset.group() if onset else ""
    coda = re.search(r"[^aeiouyåäö]*$", low)
    last = coda.group() if coda else ""
    return len(first) > 2 or (len(first) == 2 and first not in _ONSETS) or len(last) > 1 or last in set("bcdfghjpqvwxz")
