"""What the made voices say: customer-service Finnish, other texts for tuning than for the published figures."""

# ruff: noqa: E501 - a paragraph is one line, as it is said

from __future__ import annotations

from tests.accuracy.rows import Split

PARAGRAPHS: dict[Split, tuple[str, ...]] = {
    "dev": (
        "Hyvää päivää, olet soittanut vesilaitoksen asiakaspalveluun. Lasku on kahdelta kuukaudelta, ja siksi se näyttää isolta. Voin jakaa summan kahteen erään, jos se sopii. Ensimmäinen erä tulee maaliskuussa, toinen vasta toukokuussa. Lähetän uudet laskut tänään sähköpostiin.",
        "Kiitos, että odotit hetken. Löysin tilauksesi meidän järjestelmästä. Paketti lähti varastolta eilen illalla, mutta auto on myöhässä lumen takia. Kuljettaja soittaa sinulle ennen kuin tulee. Onko tämä numero vielä oikea, vai haluatko antaa toisen?",
        "Katsotaan asiaa yhdessä. Kertoisitko ensin osoitteesi ja sen jälkeen asiakasnumeron. Numero on laskun yläkulmassa, heti nimen alla. Jos laskua ei ole käsillä, voin hakea tiedot myös syntymäajalla. Tässä menee noin minuutti, ole hyvä ja pysy linjalla.",
        "Ymmärrän hyvin, että tämä harmittaa. Yhteys katkesi alueella aamulla, ja korjaajat ovat jo paikalla. Vika saadaan kuntoon iltapäivän aikana. Saat meiltä viestin, kun kaikki toimii taas. Hyvitämme katkon seuraavassa laskussa, ilman että sinun tarvitsee tehdä mitään.",
        "Varaan sinulle ajan ensi viikolle. Vapaita aikoja on tiistaina aamulla ja torstaina iltapäivällä. Kumpi sopisi paremmin? Muista ottaa mukaan vanha kortti ja henkilötodistus. Vastaanotto on toisessa kerroksessa, hissin vieressä. Peruutus pitää tehdä viimeistään edellisenä päivänä.",
        "Sopimus jatkuu samoilla ehdoilla vuoden loppuun. Sen jälkeen hinta nousee hieman, koska verkkomaksu muuttuu. Voit vaihtaa edullisempaan pakettiin, jos käytät vähän sähköä öisin. Lähetän vertailun luettavaksi, niin voit miettiä rauhassa. Palataan asiaan ensi kuussa.",
    ),
    "test": (
        "Tervetuloa kirjaston neuvontaan, kuinka voin olla avuksi? Varaamasi teos on nyt noudettavissa pääkirjastosta. Se säilyy hyllyssä viikon, ja siitä lähtee muistutus. Laina-aika on neljä viikkoa, paitsi uutuuksilla kaksi. Voit uusia lainan puhelimella tai omilla sivuillasi.",
        "Näen täällä, että maksu on saapunut perille. Tili oli hetken lukossa, koska tunnus syötettiin väärin. Avasin sen juuri, joten voit kokeilla uudelleen. Valitse samalla uusi salasana, jota et käytä muualla. Jos ongelma toistuu, soita meille suoraan tähän numeroon.",
        "Autosi on valmis huomenna puolen päivän aikaan. Vaihdoimme jarrupalat ja öljyt, kuten sovittiin. Takarenkaat ovat melko kuluneet, mutta niillä ajaa vielä kesän. Haluatko, että tilaan uudet valmiiksi syksyksi? Avaimen saat tiskiltä, kun maksat laskun.",
        "Kyllä, tuo vakuutus kattaa myös matkatavarat. Korvausta haetaan lomakkeella, jonka löydät verkosta. Liitä mukaan kuitit ja poliisin antama todistus. Käsittely kestää noin kolme viikkoa, joskus hieman kauemmin. Ilmoitamme päätöksen kirjeellä, ja rahat tulevat tilille parissa päivässä.",
        "Lääkäri soittaa sinulle keskiviikkona kello yhdeksän jälkeen. Pidä puhelin lähellä, sillä soitto tulee tuntemattomasta numerosta. Kirjoita oireet etukäteen ylös, niin mitään ei unohdu. Reseptin voi uusia samalla kertaa. Jos vointi huononee yöllä, soita päivystykseen äläkä jää odottamaan.",
        "Juna lähtee raiteelta seitsemän, ja vaihto on Tampereella. Siellä on aikaa ehtiä kahville, sillä odotusta tulee puoli tuntia. Ikkunapaikka on vapaana, samoin pöytä perheosastolla. Lippu tulee puhelimeesi heti maksun jälkeen. Polkupyörän kuljetus maksaa viisi euroa, ja paikkoja on jäljellä kaksi.",
    ),
}
"""Paragraphs of each split; numbers are written out, so that every synthesiser and rule says the same syllables."""

VOICES: dict[Split, tuple[str, ...]] = {
    "dev": ("suo", "espeak-fi+m3", "espeak-fi+f2"),
    "test": ("mv", "espeak-fi+m5", "espeak-fi+f4"),
}

DIALOGUES: dict[Split, tuple[tuple[str, str, float | None], ...]] = {
    "dev": (
        ("agent", "Hyvää huomenta, Lehdon lämpö, Maria puhelimessa. Miten voin auttaa?", None),
        ("customer", "No huomenta. Meillä patterit ovat olleet kylmät eilisestä asti.", None),
        ("agent", "Ikävä kuulla, katsotaan sitä heti. Onko vika koko talossa, vai vain yhdessä huoneessa?", None),
        ("customer", "Koko alakerrassa, mutta ylhäällä on ihan lämmin.", None),
        (
            "agent",
            "Kiitos, tuo auttaa paljon. Silloin vika on luultavasti pumpussa. Palaako sen kyljessä vihreä valo?",
            None,
        ),
        ("customer", "Ei pala mitään valoa, olen katsonut sitä jo monta kertaa.", None),
        ("agent", "Selvä. Lähetän asentajan tänään iltapäivällä, jos se sopii. Hän soittaa, ennen kuin tulee.", -0.5),
        ("customer", "Sopii, mutta tulen kotiin vasta kolmelta.", 0.1),
        ("agent", "Merkitsen sen. Käynti on sinulle maksuton, koska takuu on voimassa. Onko vielä jotain muuta?", -0.3),
        ("customer", "Ei ole, kiitos avusta.", None),
        ("agent", "Kiitos soitosta, ja lämmintä päivää!", None),
        ("customer", "Samoin, hei hei.", None),
    ),
    "test": (
        ("agent", "Tervetuloa Saaristolinjan neuvontaan, Antti puhelimessa. Kuinka voin olla avuksi?", None),
        ("customer", "Hei, varasin laivamatkan lauantaiksi, mutta nimi meni väärin.", None),
        ("agent", "Se korjataan hetkessä. Kertoisitko varauksen numeron? Se on viestissä, ylimmällä rivillä.", None),
        ("customer", "Hetki, avaan sen. Se on kahdeksan viisi kaksi neljä.", None),
        ("agent", "Kiitos, löysin varauksen. Matkustajana on Leena Virta. Millä nimellä sen pitäisi olla?", None),
        ("customer", "Sen pitää olla Leena Virtanen, niin kuin passissa lukee.", None),
        ("agent", "Nyt se on oikein. Lähetän uuden lipun sähköpostiin, ja vanhan voit poistaa. Maksua ei tule.", -0.4),
        ("customer", "Hienoa. Entä saako koiran ottaa mukaan?", 0.1),
        (
            "agent",
            "Koira on tervetullut, kun sille on oma hytti. Niitä on vielä kaksi jäljellä. Varataanko sellainen?",
            -0.3,
        ),
        ("customer", "Varataan vain, jos se ei maksa kovin paljon.", None),
        (
            "agent",
            "Hinta on kaksikymmentä euroa suuntaansa. Lisäsin sen lippuun. Mukavaa matkaa teille molemmille!",
            None,
        ),
        ("customer", "Kiitos paljon, hei hei.", None),
    ),
}
"""Turns as (role, text, seconds after the other one's end; None: drawn, below zero: an interruption)."""
