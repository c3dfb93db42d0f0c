"""Common words that a sentence goes on with after *ei*."""

from __future__ import annotations

NEGATED_VERBS: frozenset[str] = frozenset(
    str.split(
        "ole oo olla olis olisi ollut voi voida voisi voitu saa saada saisi saanut käy kävisi tule tuu tulla tulisi "
        "tullut mene menis mennyt näy näkynyt löydy löytynyt onnistu onnistuisi tarvitse tarvii tarvi tartte tarvita "
        "kannata pidä pitäisi haittaa haittaisi kestä kuulu maksa toimi toiminut auta riitä sovi mahdu ehdi ehditä "
        "pysty pystytä pääse päästä anna anneta ota oteta jää vaikuta johdu koske päde vaadi vaadita edellytä muutu "
        "muuteta taida tunnu sisälly lähde lähetetä aukea avaudu peritä veloiteta tehdä tee tiedetä tiedä muista näytä "
        "kuule ymmärrä tunne vastaa kulje lopu kulu katkea usko luule myydä korvata makseta hyväksytä aiota"
    )
)
"""Common verbs in the form that the negation takes."""

AFTER_EI: frozenset[str] = frozenset(
    str.split(
        "se sitä sen siinä siitä siihen sille sillä sieltä siellä sinne ne niitä niissä niistä niihin niille niillä "
        "tämä tätä tämän tässä tästä tähän tälle tällä tänne täällä täältä nämä näitä tuo tuota tuossa tuosta tuohon "
        "tuolla minä mä minua minun mun minulla mulla minulle mulle sinä sä sinun sun sinulla sulla häntä hänen "
        "hänellä hänelle me meitä meidän meillä meille meiltä te teitä teidän teillä teille teiltä he heitä heidän "
        "heillä heille kukaan ketään kellään mitään mikään missään muuta muu muut kaikki yhtään vielä enää nyt niin "
        "noin näin siis siksi silloin silti sitten kai kyllä kuitenkaan välttämättä valitettavasti myöskään edes "
        "toki koskaan aina kovin juuri oikein oikeastaan varmaan tänään huomenna"
    )
)
"""Common words right after *ei*. *Hän* and *ihan* are left out: "ei hän" is how "eihän" is heard."""
