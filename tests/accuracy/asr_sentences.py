"""Customer-service turns for the openings bench: about a third of the sentences open with *ei*, the rest set traps.

One turn a line, its sentences parted by `` / ``. An opening is a sentence whose first word is exactly *ei*. Traps are
other forms of the negation (en, emme, ette, eivät, eikä, eikö, eipä), names (Eija, Eikka, Eino), words that begin or
sound alike (eilen, eihän, ehkä, hei, heidän, että, ja itse, eilinen), an *ei* after another word ("no ei", "joo, ei")
and an *ei* inside a sentence. The test turns were written apart from the dev ones and share no sentence with them.
"""

from __future__ import annotations

_DEV = """
Kiitos, että odotit. / Ei täällä näy mitään maksua teidän nimellänne. / Tarkistatko vielä viitenumeron?
Ei se onnistu enää tänään. / Huomenna aamulla aikoja on vapaana.
Eilen tuli uusi lasku. / Ei sitä tarvitse vielä maksaa. / Eräpäivä on vasta kuun lopussa.
Hei, täällä puhuu Eija asiakaspalvelusta. / Ei minulla ole pääsyä niihin tietoihin. / Siirrän puhelun eteenpäin.
Ehkä laitteessa on jokin vika. / Ei kannata ostaa uutta ennen kuin tämä on tutkittu.
No ei se haittaa mitään. / Katsotaan yhdessä, miten asia korjataan. / Eikö se toiminut ollenkaan?
Ei meillä ole sitä mallia varastossa. / Saamme niitä lisää ensi viikolla. / Ei hinta siitä muutu.
En löydä tilausta tällä nimellä. / Emme ole saaneet vahvistusta pankista. / Ei siis ole mitään maksettavaa.
Joo, ei siinä mene kauan. / Lähetän ohjeet sähköpostiin. / Ei tarvitse kuin seurata niitä.
Sopimus jatkuu ensi vuoden loppuun. / Ei sitä voi irtisanoa kesken kauden. / Eivät ehdot ole muuttuneet.
Eikka on nyt lounaalla. / Ei hän vastaa ennen yhtä. / Voinko jättää soittopyynnön?
Ei käy. / Tarvitsemme siihen kirjallisen suostumuksen. / Lomake löytyy verkkosivuilta.
Ei ole mitään hätää. / Avain on meillä tallessa. / Eipä siitä ole kuin hetki.
Heidän tilauksensa lähti tiistaina. / Ei lähetystunnusta vielä näy järjestelmässä.
Tämä liittymä ei kuulu kampanjaan. / Ei alennusta voi siirtää toiselle. / Ette kai te ole vielä maksaneet?
Ei teidän tarvitse tulla paikan päälle. / Hoidetaan tämä puhelimessa. / Eikä siitä tule lisämaksua.
Itse en ole nähnyt sitä viestiä. / Ei se ole meiltä lähtenyt. / Poistakaa se varmuuden vuoksi.
Ei huoltomies ehdi enää tällä viikolla. / Ensi maanantai olisi vapaa. / Eilinen käynti peruttiin sairastumisen takia.
Että te saatte rahat takaisin, se vie noin viikon. / Ei sitä voi nopeuttaa. / Ymmärrän, että se harmittaa.
Jaa, no ei sitten. / Palataan asiaan myöhemmin. / Hyvää päivänjatkoa!
Ei sähköposti ole mennyt perille. / Osoitteessa on kirjoitusvirhe. / Korjaan sen heti.
Vakuutus korvaa vesivahingot. / Ei se korvaa kuitenkaan kulumista. / Ei myöskään pintojen maalausta.
Eino Virtanen on käsitellyt asiaanne. / Hän ei ole tänään töissä. / Ei kukaan muu tunne tapausta.
Ei tuolla numerolla löydy asiakasta. / Onko teillä toista numeroa? / Entä syntymäaika?
Eivät he ole vielä vastanneet. / Ei meillä ole muuta keinoa kuin odottaa. / Soitan heti, kun tiedän lisää.
Saldo on nyt nolla euroa. / Ei perintäkuluja ole tullut. / Maksu kirjautui eilen illalla.
Ei lapsilta peritä mitään. / Aikuisten lippu maksaa kaksitoista euroa. / Ehdottomasti kannattaa varata ajoissa.
Eihän siinä muuta ole. / Lähetän uuden kortin postissa. / Ei vanhaa korttia tarvitse palauttaa.
Ei meidän liike ole auki sunnuntaisin. / Lauantaina olemme paikalla kymmenestä kolmeen.
Joo, joo. / Ei se noin mene. / Annatteko, kun selitän?
Ei vielä. / Päätös tulee aikaisintaan perjantaina. / Ilmoitamme siitä tekstiviestillä.
Hei hei ja kiitos soitosta. / Ei kestä. / Mukavaa viikonloppua!
Ei sieltä saa vuokrattua perävaunua. / Ette te sitä muuten pysty kuljettamaan. / Kysykää naapuriliikkeestä.
Ja itse asiassa hinta on laskenut. / Ei siis kannata hätäillä. / Etu on voimassa toukokuuhun.
Jäsenyys päättyi maaliskuussa. / Ei laskutus silti lopu automaattisesti. / Teen nyt irtisanomisen puolestanne.
Emme valitettavasti toimita saareen. / Ei lautta kulje talvella. / Lähin noutopiste on satamassa.
"""

_TEST = """
Katson hetken järjestelmästä. / Ei tänne ole tullut ilmoitusta muutosta. / Kuka teitä silloin palveli?
Ei minun koneella aukea se sivu. / Kokeilen toista selainta. / Eikö teilläkään näy kuvaa?
Ei siihen ole enää paikkoja. / Seuraava kurssi alkaa syyskuussa. / Haluatteko jonoon?
Eilisiltana verkko oli poikki. / Ei vika ollut teidän laitteessa. / Hyvitämme yhden päivän maksun.
Hei, tavoititte taloyhtiön isännöinnin. / Ei avaimia luovuteta ilman henkilöpapereita.
Ehkä helpointa on soittaa suoraan sinne. / Ei heillä ole ruuhkaa aamupäivisin. / Numero on meidän sivuilla.
No ei, kyllä se on ihan oikein. / Summa sisältää toimituksen. / Eikä siihen tule enää mitään.
Ei passia saa samana päivänä. / Pikapassi valmistuu kolmessa päivässä. / Ei sekään ole ilmainen.
En osaa sanoa tarkkaa aikaa. / Emme tiedä, milloin osat saapuvat. / Ei tehdas ole vahvistanut mitään.
Joo, ei mitään kiirettä. / Odotan linjalla. / Ei tässä ole muita jonossa.
Asunto vapautuu elokuun alussa. / Ei siihen saa ottaa lemmikkejä. / Eivät naapurit ole valittaneet.
Eija hoitaa nämä palautukset. / Ei hän ole vielä ehtinyt lukea viestiänne. / Pyydän häntä soittamaan.
Ei ikävä kyllä. / Meiltä ovat nekin loppuneet. / Tukussa niitä saattaa vielä olla.
Ei siitä tarvitse huolestua. / Varaus on voimassa. / Eipä ole tällaista ennen sattunut.
Heikki Salo vastaa tästä alueesta. / Ei häntä tavoita puhelimitse. / Laitan hänelle viestin.
Teidän tilillänne ei ole katetta. / Ei ostoa siksi voitu hyväksyä. / Ette ole tehnyt mitään väärää.
Ei jäteauto pääse pihaan. / Kulku on nyt lumen peitossa. / Ettekö voisi siirtää autoa?
Itse asiassa eräpäivä on jo mennyt. / Ei muistutusta silti lähetetty. / Maksakaa se tämän viikon aikana.
Ei lääkäri ole paikalla perjantaisin. / Torstaille löytyy kaksi aikaa. / Eilen niitä oli vielä enemmän.
Että pääsette alkuun, tarvitaan tunnukset. / Ei niitä voi lähettää sähköpostilla. / Ne tulevat kirjeenä kotiin.
Jaa, ei taida löytyä. / Kirjoitin nimen ehkä väärin. / Voisitteko tavata sen?
Ei tämä lasku kuulu teille. / Se on mennyt väärään osoitteeseen. / Pahoittelen sekaannusta.
Takuu kattaa moottorin. / Ei se kata akkua. / Ei liioin lasia tai renkaita.
Einari on meidän uusi työntekijä. / Hän ei vielä tunne kaikkia tuotteita. / Ei hänellä ole oikeuksia järjestelmään.
Ei matkaa voi enää perua. / Lähtö on jo huomenna. / Nimenvaihto kuitenkin onnistuu.
Eivät ne tule samassa paketissa. / Ei kuljetus niin toimi. / Saatte kaksi eri ilmoitusta.
Lehti tulee teille joka torstai. / Ei viikonloppuisin jaeta mitään. / Näköislehden voi lukea heti aamulla.
Ei siinä kaikki. / Saatte myös lahjakortin. / Ehtona on vuoden tilaus.
Eihän tässä näin pitänyt käydä. / Tilaan uuden taksin. / Ei siitä veloiteta teitä.
Ei maanantaina ole palvelua lainkaan. / Toimisto on remontissa. / Etäyhteydellä voimme kuitenkin auttaa.
Niin, niin. / Ei pidä paikkaansa. / Tarkistin sen juuri.
Ei koskaan. / Sellaista emme pyydä asiakkailta. / Sulkekaa puhelin, jos joku kysyy salasanaa.
Hei vaan ja kiitos. / Ei tässä muuta. / Kuulemiin!
Ei yksittäistä osaa myydä erikseen. / Ette kuitenkaan tarvitse koko sarjaa. / Etsin teille sopivan tarvikkeen.
Ja ilman muuta autamme. / Ei kysyminen maksa mitään. / Olkaa yhteydessä milloin vain.
Avustus myönnetään hakemuksesta. / Ei päätöstä tarvitse odottaa pitkään. / Lähetän teille linkin.
Emme peri siitä maksua. / Ei opiskelijoilla ole vuosimaksua. / Kortin saa kahdessa viikossa.
Hoitaja soittaa teille takaisin. / Hän ei osaa sanoa kellonaikaa. / Ei puhelua silti tarvitse jäädä vahtimaan.
"""


def _turns(written: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split(" / ")) for row in written.strip().splitlines())


TURNS: dict[str, tuple[tuple[str, ...], ...]] = {"dev": _turns(_DEV), "test": _turns(_TEST)}
"""Turns of each split, each a tuple of sentences."""


def opens_with_ei(sentence: str) -> bool:
    """Whether the sentence's first word is exactly *ei*."""
    return sentence.split()[0].strip(".,!?").lower() == "ei"
