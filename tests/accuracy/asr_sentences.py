"""Customer-service turns for the openings bench: about a third of the sentences open with *ei*, the rest set traps.

One turn a line, its sentences parted by `` / ``. An opening is a sentence whose first word is exactly *ei*. Traps are
other forms of the negation (en, emme, ette, eivät, eikä, eikö, eipä), names (Eija, Eikka, Eino), words that begin or
sound alike (eilen, eihän, ehkä, hei, heidän, että, ja itse, eilinen), an *ei* after another word ("no ei", "joo, ei")
and an *ei* inside a sentence. The three sets were written apart and share no sentence. The rules for openings were tuned
on A, looked at once on B, where a loop of the recogniser showed up, and settled on A and B together; C was written
after that and is their test; the guards against "ja ivät" and for a lone "i" came after C had been seen.
"""

from __future__ import annotations

from tests.accuracy.asr_opening_sentences import D, E

_A = """
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

_B = """
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


_C = """
Soitan teille huomisesta ajasta. / Ei hammaslääkäri pääse tulemaan töihin. / Kävisikö teille keskiviikko?
Ei sille valitettavasti voi mitään. / Tuote on poistunut valikoimasta. / Enkä löydä vastaavaa muualta.
Einolan toimisto on muuttanut. / Ei siellä enää palvella asiakkaita. / Uusi osoite on Kauppakatu kahdeksan.
Ei tarvitse pahoitella. / Meidän ohjeemme oli epäselvä. / Ette ole ensimmäinen, joka sitä kysyy.
Eilen illalla lähti viimeinen. / Ei uutta erää ole vielä tilattu. / Emme ehkä ota sitä enää myyntiin.
Hei taas, löysin sen sopimuksen. / Ei siinä ole päättymispäivää. / Se on siis voimassa toistaiseksi.
Joo, ei siitä ole haittaa. / Pitäkää se vain. / Ei palautus maksaisi kuitenkaan vaivaa.
Ei puhelin ole vielä korjattu. / Varaosa puuttuu edelleen. / Eivät he osanneet luvata mitään.
Meidän autot ovat nyt kaikki ajossa. / Ei yhtään ole vapaana ennen neljää. / Ehtisittekö odottaa sinne asti?
No ei, kyllä maksu on tullut. / Ei vain näy vielä tilillä. / Pankki käsittelee sen yön aikana.
En näe täältä teidän varaustanne. / Ei päivämäärä voi olla oikein. / Eihän silloin ollut edes aukiolopäivä.
Ei hissi toimi. / Huolto on jo matkalla. / Portaat ovat rakennuksen toisella puolella.
Eikö teille tullut viestiä? / Ei se sitten ole lähtenyt. / Lähetän sen uudestaan.
Ei lainkaan. / Siitä on meille vain hyötyä. / Että kiitos, kun kerroitte.
Eija Lehtonen on lomalla. / Ei häneltä saa vastausta ennen elokuuta. / Ja ihan rauhassa voitte odottaa.
Tiskin hana vuotaa teillä siis vielä. / Ei putkimies ole päässyt sisään. / Eilisellä käynnillä ovi oli lukossa.
Ei kortti mene rikki pesussa. / Kuivatkaa se hyvin. / Ette tarvitse uutta.
Eipä kestä. / Ei tästä mitään laskuteta. / Heipä hei!
Sovittu hinta pitää. / Ei se nouse kesken kauden. / Ei edes silloin, kun veroja korotetaan.
Ei verkossa ole mitään vikaa. / Reititin pitää käynnistää uudelleen. / Ehkä virtajohto on löysällä.
Itse tilaus ei näy täällä. / Ei numero siis ole oikea. / Etsitään se nimellä.
Emme me voi siihen vaikuttaa. / Ei asia kuulu meidän osastolle. / Yhdistän teidät eteenpäin.
Ei vuokraan sisälly sähköä. / Vesi kuuluu hintaan. / Eikä autopaikka maksa erikseen.
Ei jonossa ole nyt ketään. / Tulkaa heti, jos ehditte. / Heti aulassa oikealla on tiski.
Eivätkö he soittaneetkaan? / Ei tuollainen käy päinsä. / Selvitän, mitä on tapahtunut.
Ei ennen maanantaita. / Myymälä tekee inventaariota. / Lauantai on siksi suljettu.
"""


def _turns(written: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split(" / ")) for row in written.strip().splitlines())


SETS: dict[str, tuple[tuple[str, ...], ...]] = {
    name: _turns(written) for name, written in {"A": _A, "B": _B, "C": _C, "D": D, "E": E}.items()
}
"""Turns of each set, each a tuple of sentences."""

HESITATIONS = frozenset(("öö", "ääh", "äh", "mm"))


def opens_with_ei(sentence: str) -> bool:
    """Whether the sentence's first word is exactly *ei*, hesitation sounds apart."""
    said = [word.strip(".,!?").lower() for word in sentence.split()]
    return next((word for word in said if word not in HESITATIONS), "") == "ei"
