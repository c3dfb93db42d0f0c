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
