"""The written dialogues of the sample calls; `samples.call` says what the signs ``[öö]``, ``~`` and ``*`` mean."""

# ruff: noqa: E501 - a turn is one line, as in a transcript

from __future__ import annotations

from samples.call import Spot


def _spots(script: str) -> list[Spot]:
    """Turns of a script: one a line, ``A`` agent or ``C`` customer, with an optional ``@seconds`` after the other's end."""
    spots = []
    for row in script.strip().splitlines():
        head, text = row.split(": ", 1)
        role, _, after = head.partition("@")
        spots.append(Spot({"A": "agent", "C": "customer"}[role], text, float(after) if after else None))
    return spots


GOOD = _spots("""
A: Hyvää huomenta, Lehto Energian asiakaspalvelu, Maria puhelimessa. Miten voin auttaa?
C: No huomenta. Sain eilen laskun, ja se on paljon suurempi kuin yleensä. Mistä se voi johtua?
A: Kiitos, että soitit. Katsotaan sitä yhdessä. Saisinko ensin osoitteesi?
C: Koivukuja seitsemän, Tampere.
A: Kiitos, löysin tietosi. Lasku on kahdelta kuukaudelta, ja siksi se näyttää isolta. Kulutuksesi on pysynyt samana kuin ennenkin.
C: Ai jaa. Miksi se tuli kahdelta kuukaudelta?
A: Tammikuun mittarilukema jäi saamatta, joten molemmat kuukaudet tulivat samalle laskulle. Voin jakaa summan kahteen erään. Sopiiko, että ensimmäinen on maaliskuussa ja toinen huhtikuussa?
C: Se sopii hyvin. Tuleeko siitä lisämaksua?
A: Jako on sinulle maksuton. Lähetän uudet laskut tänään sähköpostiisi.
C: Hienoa. Sitten minulla ei ole muuta.
A: Mukava kuulla. Kertaan vielä lyhyesti. Saat kaksi laskua, ja ensimmäisen eräpäivä on maaliskuun lopussa. Kiitos soitosta, ja oikein hyvää päivänjatkoa!
C: Kiitos samoin, hei hei.
""")

RUSHED = _spots("""
A: Pohjolan Kuljetus, asiakaspalvelu, Timo, mitä asiaa.
C: Hei, minulle piti tulla paketti eilen, mutta sitä ei näy missään.
A: Onko sulla lähetystunnusta siitä, se on siinä viestissä minkä me laitettiin kun paketti lähti varastolta.
C: Hetki, minä katson. Se on kolme viisi kaksi yhdeksän.
A@0.05: Joo se on lajittelussa Vantaalla ja sen pitäis lähteä sieltä tänään iltapäivällä, eli se tulee sulle varmaan huomenna tai sitte viimeistään ylihuomenna.
C: Huomenna en ole kotona. Voiko sen jättää naapurille?
A@-0.25: *Ei voi jättää, siihen tarvitaan sun kuittaus, mutta mä voin ohjata sen noutopisteeseen niin saat hakea sen sieltä milloin vaan, kauppa on auki yhteentoista asti.
C: No, laitetaan sitten niin. Mikä noutopiste se olisi?
A@0.05: Se on se kauppa siinä Asemakadulla, saat tekstiviestin kun se on siellä [0.45] ja sitte sulla on seitsemän päivää aikaa hakea se.
C: Selvä. Maksaako se jotain?
A@-0.2: Maksuton on, oliko muuta.
C: Ei ollut muuta, kiitos.
A@0.05: Kiitti hei.
""")

FILLED = _spots("""
A: Hammasklinikka Helmi, Sari puhelimessa, [öö] miten voin auttaa?
C: Hei, minulla on aika varattuna torstaille, ja haluaisin siirtää sen ensi viikolle.
A: Joo, [mm] ~tota katsotaan. [Öö] saisinko ~niinku sun syntymäajan?
C: Kolmas viidettä kahdeksankymmentäkaksi.
A: Kiitos. [Öö] ~tota sulla on siis ~niinku torstaina kello kymmenen. *Ei tässä ole ensi viikolle [öö] vapaita aikoja.
C: Ai, eikö mitään? Entä iltapäivällä?
A: *Ei ole iltapäivälläkään. [Mm] ~tota [öö] seuraava vapaa olis ~niinku vasta kuun lopussa.
C: Se on aika myöhään. Onko teillä peruutuspaikkoja?
A: [Öö,] *ei me oikein niitä [öm] pidetä. No ei mutta ~tota, mä voin laittaa sut ~niinku jonoon.
C: Laita vain. Kuinka nopeasti sieltä voi tulla aika?
A: *En osaa ~tota [öö] sanoa. *Ei niitä joka päivä tule, mutta [mm] ~niinku joskus tulee. Joo, ei se maksa mitään.
C: Hyvä. Pidetään kuitenkin se torstain aika, kunnes uusi löytyy.
A: Joo, [öö] ~tota se käy. *Emme poista sitä aikaa. Eikö laiteta [öö] vielä tekstiviesti, jos paikka tulee?
C: Kyllä, kiitos. Puhelinnumero on sama kuin ennen.
A: Hyvä, [mm] ~tota laitan sen ylös. [Öö] ~niinku kiitos soitosta, hei hei.
C: Kiitos, hei.
""")

LONG = _spots("""
A: Hyvää päivää, Saimaan Verkko, tekninen tuki, Antti puhelimessa. Kuinka voin auttaa?
C: Päivää. Meillä on netti pätkinyt koko viikon, ja nyt se on kokonaan poikki. Teen etätöitä, joten tämä on aika hankalaa.
A: Ymmärrän, se on ikävää kesken työpäivän. Selvitetään asia saman tien. Kertoisitko ensin nimesi ja osoitteen, jossa liittymä on?
C: Leena Virtanen, ja osoite on Rantatie neljätoista, Lappeenranta.
A: Kiitos, Leena. Näen liittymäsi tässä. Sinulla on sadan megan valokuituyhteys, ja se on ollut teillä kolme vuotta. Pitääkö tämä paikkansa?
C: Kyllä pitää. Ja tähän asti se on toiminut ihan hyvin.
A: Hyvä. Katson ensin, onko alueella vikoja. Pieni hetki vain. [2.0] Alueella on kaikki kunnossa, joten vika on joko reitittimessä tai talon sisällä. Oletko nyt reitittimen luona?
C: Olen, se on tässä eteisen kaapissa.
A: Mitä valoja siinä palaa?
C: Ylin valo on vihreä, ja sen alla vilkkuu punainen.
A: Kiitos, tuo auttaa paljon. Punainen valo kertoo, että reititin hakee yhteyttä, mutta vastausta tulee huonosti. Kokeillaan käynnistää se uudelleen. Irrota virtajohto seinästä, odota puoli minuuttia ja kytke johto takaisin.
C: Hyvä on, nyt irrotin sen. Voinko samalla kysyä yhdestä laskusta?
A: Totta kai, kysy pois.
C: Viime laskussa oli viiden euron lisämaksu, enkä tiedä, mistä se tulee.
A: Katsotaan. Tuo maksu on paperilaskusta. Tammikuun alusta paperilaskulle tuli hinta, ja siitä lähetettiin kirje joulukuussa. Sähköinen lasku on edelleen maksuton.
C: Sitä kirjettä en kyllä muista saaneeni.
A: Se on mahdollista, kirjeitä katoaa joskus. Voin vaihtaa laskun sähköiseksi nyt heti, ja hyvitän tämän yhden maksun. Sopiiko se sinulle?
C: Sopii oikein hyvin, kiitos. Nyt se puoli minuuttia taisi mennä.
A: Hienoa, kytke johto takaisin. Käynnistyminen kestää noin kaksi minuuttia. Sillä aikaa voin vaihtaa laskutuksen. Mihin sähköpostiin lasku lähetetään?
C: Leena piste virtanen, ja sitten se tavallinen osoite, joka teillä on jo.
A: Kyllä, se on täällä valmiina. Laskutus on nyt vaihdettu, ja viiden euron hyvitys näkyy seuraavassa laskussa. Miltä valot näyttävät?
C: Ne vilkkuvat kaikki. Odota vähän. Nyt ylin on vihreä ja toinenkin on vihreä.
A: Erinomaista. Kokeile avata jokin verkkosivu puhelimella, niin että puhelin on langattomassa verkossa.
C: Se aukeaa, mutta aika hitaasti.
A: Hyvä, yhteys siis palasi. Mittaan vielä nopeuden täältä. [1.6] Reitittimelle tulee täydet sata megaa, joten hitaus syntyy langattomassa verkossa. Onko reititin kaapin sisällä ovi kiinni?
C: On joo. Se on siellä metallisen sulakekaapin vieressä.
A: Siinä on luultavasti syy. Metalli ja suljettu ovi vaimentavat signaalia paljon. *Ei sitä tarvitse siirtää kauas. Jo se auttaa, että reititin on kaapin päällä tai hyllyllä, vähintään metrin päässä sulakkeista.
C: Ahaa. Sitä en tullut ajatelleeksi. Kyllä johto ulottuu hyllylle.
A: Mainiota. Nosta se siihen ja kokeile sitten samaa sivua uudelleen. Minä odotan.
C: Hetkinen. No niin, nyt se on hyllyllä. Hei, nyt sivu aukesi heti!
A: Hyvältä kuulostaa. Näen saman täällä, häiriöt vähenivät selvästi. Seuraan linjaa vielä tämän illan. Jos katkoja tulee, saat minulta tekstiviestin, ja varaamme asentajan.
C: Milloin asentaja pääsisi tulemaan, jos niin käy?
A: Ensimmäiset vapaat ajat ovat keskiviikkona aamupäivällä ja perjantaina iltapäivällä. Kumpi sopisi paremmin?
C: Perjantai olisi parempi. Keskiviikkona minulla on kokouksia koko päivän.
A: Merkitsen perjantain varalle, kello yhden ja kolmen väliin. Käynti on sinulle ilmainen, jos vika on meidän laitteessamme. *Ei siis huolta kuluista.
C: Hyvä tietää. Entä jos kaikki toimii, pitääkö minun perua se?
A: Siitä ei tarvitse huolehtia. Soitan sinulle torstaina ennen kahtatoista, ja perun ajan puolestasi, jos yhteys on pysynyt kunnossa.
C: Sehän on mukavaa palvelua. Vielä yksi asia. Äidilläni on teidän liittymä mökillä, ja hän haluaisi sen talveksi kiinni. Voinko hoitaa sen nyt?
A: Liittymän omistajan pitää tehdä se itse, tai hän voi antaa sinulle valtakirjan. Lomake on meidän sivuilla, ja siihen riittää yksi allekirjoitus. Taukoaika voi olla enintään kuusi kuukautta.
C: Selvä, kerron hänelle. Maksaako tauko jotakin?
A: Tauko maksaa kaksi euroa kuukaudessa. Numero ja sopimus säilyvät ennallaan, ja keväällä yhteys avataan pyynnöstä seuraavana päivänä.
C: Se kuulostaa kohtuulliselta.
A: Kertaan vielä, mitä sovimme. Reititin jää hyllylle, lasku tulee tästä lähtien sähköpostiin, ja viiden euron hyvitys näkyy seuraavassa laskussa. Soitan torstaina aamupäivällä. Asentaja tulee perjantaina vain, jos katkoja on vielä.
C: Juuri niin. Kiitos paljon avusta, Antti.
A: Kiitos sinulle, Leena, ja kiitos kärsivällisyydestä. Onko vielä jotain, missä voin auttaa?
C: Ei ole muuta tällä kertaa.
A: Hyvä niin. Mukavaa viikonloppua, kuulemiin!
C: Kuulemiin.
""")
