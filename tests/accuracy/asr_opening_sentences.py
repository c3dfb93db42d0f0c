"""More customer-service turns for the openings bench, in the form of `asr_sentences`.

D was written to tune the second look at misheard openings on, E to test it on: E was written before that code was, its
speech was made once the code and its thresholds stood, and no change since has moved a figure. Both hold more look-alikes
than the older sets (eli, eri, ensi, esimies, etu, Elina) and an *ei* after a hesitation sound ("öö, ei"), which counts.
"""

from __future__ import annotations

D = """
Öö, ei tätä näy meidän puolella. / Kysyn asiaa laskutuksesta. / Eli soitan teille takaisin iltapäivällä.
Eri osasto hoitaa nuo palautukset. / Ei niistä tule kuluja. / Hei, löysinkin sen saman tien.
Eli sopimus jatkuu normaalisti. / Ei siihen tarvitse koskea. / Eikös teillä ollut se isompi paketti?
En tiedä tarkkaa päivää. / Ei varasto anna ennakkotietoja. / Eivät ne yleensä kestä viikkoa kauempaa.
Eiköhän tämä tästä. / Ei hätää. / Etsin sen kuitin.
Joo ei, kyllä se on kunnossa. / Ei näytä olevan vikaa. / Ensin käynnistetään laite uudelleen.
Ei tuosta summasta saa alennusta. / Esimies voi kuitenkin harkita. / Eilen se onnistui toisella asiakkaalla.
Ääh, ei tämä ohjelma nyt vastaa. / Emme ole ehtineet päivittää sitä. / Se johtuu meistä.
Ensi viikolla tulee lisää. / Ei kuitenkaan samaa väriä. / Erikoistilaus vie kuukauden.
Ei palvelu maksa teille mitään. / Ettehän te ole sitä vielä peruneet? / Ei ainakaan täällä lue niin.
Selvä, ei siinä sitten muuta. / Hyvä, että soititte. / Ei nyt ihan joka päivä käy näin.
Ei noin isoa pakettia oteta vastaan. / Ellei se mahdu lokeroon, se palautuu. / Erä on jo maksettu.
Jäitä on vielä pihalla. / Ei tie ole auki ennen lauantaita. / Enää ei tarvitse hiekoittaa.
Ei pankki tuollaista kysy. / Elisa hoitaa teidän liittymänne. / Eevan numero on tuossa kortissa.
Itse hoidan tämän loppuun. / Ei asiakkaan kuulu selvittää sitä. / Ei se teidän vikanne ollut.
Ei. / Valitettavasti näin on sovittu. / Ei sille voi enää mitään.
Eiku hetkinen, katson uudestaan. / Ei olekaan maksettu. / Eräpäivä oli perjantaina.
Ette voi käyttää sitä koodia. / Ei ole enää voimassa. / Jos haluatte, annan uuden.
Ihan hyvä kysymys. / Ei minulla ole siihen vastausta. / Eemeli osaa kertoa siitä enemmän.
Ei siinä mitään, odotan kyllä. / Älkää sulkeko puhelinta. / Ei kauan enää.
Hän ei päässyt tulemaan. / Ei onneksi ollut kiireellinen käynti. / Etenkin talvella sattuu viivästyksiä.
Tuo ei ole meidän laskumme. / Ei logo täsmää. / Eihän siinä ollut edes osoitetta?
"""

E = """
Kiitos, löysin asiakkuutenne. / Ei tässä näy avoimia laskuja. / Viimeisin suoritus kirjattiin kesäkuussa.
Ei huomiseksi ole enää aikoja. / Torstaina olisi kaksi vapaata. / Eli kävisikö puoli yhdeksän?
Eläkeläisille on oma hinnasto. / Ei sitä tosin voi yhdistää muihin etuihin. / Ero on noin kymmenen prosenttia.
Öö, ei tämä liity siihen tilaukseen. / Se on aivan eri asia. / Avaan molemmat rinnakkain.
Eikö kuittia löytynyt mistään? / Ei se haittaa. / Tiliote kelpaa todisteeksi.
Emännöitsijä vastaa juhlatiloista. / Ei häntä saa kiinni aamulla. / Kokeilkaa kahden jälkeen.
Ei meillä myydä irtolippuja. / Kioskista niitä saa. / En ole varma sen aukioloajoista.
Joo, ei se vaadi allekirjoitusta. / Riittää, että vastaatte viestiin. / Ei siihen mene minuuttiakaan.
Ei tuo koodi kelpaa. / Siinä pitäisi olla kuusi merkkiä. / Luenko sen teille uudelleen?
Eivät asentajat tee viikonloppuja. / Ei päivystys hoida tällaisia vikoja. / Varaan teille maanantain.
Eeva on tehnyt tästä merkinnän. / Ei siinä kerrota syytä. / Kysyn häneltä suoraan.
Ei rahoja ole vielä palautettu. / Käsittely kestää viisi arkipäivää. / Sen jälkeen saatte ilmoituksen.
Etukäteen maksettua ei palauteta. / Ei myöskään toimitusmaksua. / Siitä kerrotaan tilausehdoissa.
Ei minun tietääkseni. / Varmistan sen kuitenkin. / Hetki vain, olkaa hyvä.
Erikseen tilattuna se maksaa enemmän. / Ei kannata tilata vain yhtä. / Eikä postikulujakaan silloin tule.
Ei lämmitys kytkeydy päälle itsestään. / Painakaa vihreää nappia. / Ettekö näe siinä valoa?
Hei, kiitos kun jaksoitte odottaa. / Ei järjestelmä suostu avautumaan. / Yritän vielä kerran.
No ei todellakaan. / Sellaista me emme tekisi. / Ei kukaan ole pyytänyt sitä.
Ei vuokrasuhde pääty siihen. / Irtisanomisaika on kuukausi. / Esitteestä löytyy lisää tietoa.
Ensin tarvitsen asiakasnumeron. / Ei syntymäaika riitä. / Numero on laskun ylälaidassa.
Ei hän ole tavattavissa. / Jätänkö viestin? / Hän palaa kello kolmeksi.
Ehtoihin tuli muutoksia keväällä. / Ei niistä aiheudu teille kuluja. / Voitte lukea ne rauhassa.
Ei teillä ole mitään erääntynyttä. / Seuraava lasku tulee syyskuussa. / Enempää en täältä näe.
Elokuussa olemme suljettuna. / Ei silloin ole edes puhelinpalvelua. / Viesteihin vastataan syyskuussa.
Ei nettiyhteys katkea muutossa. / Siirrämme sen samalla päivällä. / Osoite pitää vain ilmoittaa ajoissa.
Mm, ei löydy tuolla nimellä. / Onko se tyttönimellä? / Ehkä kirjaus on kesken.
Ei ajanvarausta peruta puhelimitse. / Sovelluksessa se käy hetkessä. / Autanko siinä?
Ette kai maksanut sitä kahteen kertaan? / Ei sellaista näy. / Yksi suoritus on tullut.
Eteisessä on vielä kosteutta. / Ei lattiaa pidä avata. / Kartoittaja käy ensin paikalla.
Ei kirjeessä lukenut niin. / Siinä puhuttiin ensi vuodesta. / Einar luki sen minulle ääneen.
Toimitus on myöhässä. / Ei kuljetusliike kertonut uutta aikaa. / Eilen he lupasivat soittaa.
Ei tarvitse käydä konttorilla. / Tunnistaudutte pankkitunnuksilla. / Eipä siinä muuta.
Ei autoa ehditä huoltaa tänään. / Öljyt vaihdetaan samalla. / Saatte sijaisauton käyttöön.
Eiköhän se siitä selviä. / Ei ole ensimmäinen kerta. / Meillä on siihen ohje.
Ei siivous kuulu hintaan. / Sen saa lisäpalveluna. / Emmekä veloita siitä etukäteen.
Elina lupasi hoitaa sen. / Ei hän unohda tällaisia. / Soitan teille, kun asia on selvä.
Ei lapsi tarvitse omaa passia. / Henkilökortti kelpaa siellä. / Erityisesti talvella kannattaa tarkistaa.
Ei ole kiirettä. / Mietitään ihan rauhassa. / Entä jos siirrämme eräpäivää?
Olen pahoillani tapahtuneesta. / Ei noin saisi käydä. / Ilmoitan siitä esimiehelle.
Ei lentoa ole peruttu. / Se on tunnin myöhässä. / Portti vaihtui kuitenkin.
Ei pistorasiassa ole vikaa. / Sulake on palanut. / Enkä suosittele jatkojohtoa.
Eräs asiakas kysyi samaa. / Ei siihen löytynyt muuta ratkaisua. / Vaihdoimme koko laitteen.
Niin, ei se siihen aikaan ollut auki. / Ei meitä kyllä varoitettu. / Me emme saaneet mitään viestiä.
Ei takuu raukea siitä. / Kuitti kannattaa säilyttää. / Ei kuitenkaan alkuperäistä pakkausta.
Teemu tekee tarjouksen. / Ei se sido teitä mihinkään. / Vastausaikaa on kaksi viikkoa.
Ei hakemusta ole käsitelty. / Liite puuttuu yhä. / Etsittekö sen vielä esiin?
Eihän tuossa lue summaa. / Ei laskuri toimi selaimella. / Lasketaan se yhdessä.
Ei verottaja lähetä tuollaisia viestejä. / Älkää avatko linkkiä. / Se on huijaus.
Äh, ei tästä tule mitään. / Kone jumittaa. / Soitanko teille viiden minuutin päästä?
Ei sekään ole mahdotonta. / Meillä on joustava sopimus. / Eläinlääkäri täytyy vain varata erikseen.
Eikä unohdeta alennusta. / Ei sitä oltu vähennetty. / Hyvitän sen seuraavalla laskulla.
Ei postinumero täsmää. / Onko se nolla nolla viisi? / Enää puuttuu katuosoite.
Itse varaus on kunnossa. / Ei vahvistus vain lähtenyt. / Se jäi roskapostiin.
Ei tilaus ehdi jouluksi. / Noutaen sen saisi aiemmin. / Eli huomenna klo kymmenen jälkeen.
Ei siitä peritä korkoa. / Maksuaikaa on kuukausi. / En lisää siihen mitään.
Joo ei, en minä sitä tarkoittanut. / Ei teidän tarvitse pyytää anteeksi. / Minä puhuin epäselvästi.
Hei hei, palataan asiaan. / Ei se mitään. / Kiitos ymmärryksestä.
Ei avainta ole palautettu. / Edellinen asukas vei sen. / Lukko sarjoitetaan uudelleen.
Eino soittaa teille huomenna. / Ei hänen numeronsa ole julkinen. / Vastatkaa siis tuntemattomaan.
Ei sovellus tunnista kasvoja. / Tunnusluku toimii kyllä. / Ei sitä saa kertoa kenellekään.
Ei hinnasta voi tinkiä. / Toimitus sisältyy siihen. / Me emme peri lisiä.
Hetkinen, haen paperit. / Ei kestä kauan. / Ei täällä niitä ollutkaan.
Ei enempää. / Se oli viimeinen kysymys. / Etelän toimipiste vastaa loppuun.
Ei hoitaja ole kirjannut sitä. / Lääkäri näkee sen silti. / Emme luovuta tietoja muille.
Te ette ole velvollinen maksamaan. / Ei perintätoimisto ollut tietoinen tästä. / Hoidan sen heidän kanssaan.
Ei asuntoon pääse ennen kuin avain on haettu. / Toimisto on auki kuuteen. / Eksyessänne soittakaa minulle.
Ei oikeastaan. / Kumpikin malli sopii teille. / Ei väliä, kumman valitsette.
Ei vakuutus kata rikkoutumista. / Omavastuu on sata euroa. / Ettehän ole vielä korjauttanut sitä?
Ei tekstiviestiin voi vastata. / Soittakaa suoraan tähän numeroon. / Ehdottomasti paras aika on aamupäivä.
Eivätkö naapurit kuulleet mitään? / Ei hälytys mennyt päälle. / Patteri oli loppu.
Ei kumpikaan ole varastossa. / Ne tulevat tilauksesta. / Esimerkkikappale on näytteillä.
Ei tuolla summalla. / Lisätkää vielä toimitus. / Eroa jää viisi euroa.
Ei varmaankaan tänä vuonna. / Budjetti on jo käytetty. / Eduskunta päättää siitä syksyllä.
Ei uusi liittymä aktivoidu heti. / Se vie muutaman tunnin. / Entinen toimii siihen saakka.
Aivan, ei teidän nimeänne mainita. / Ei lomaketta lueta ulkopuolella. / Tiedot säilyvät meillä.
Ei laatikossa ollut ohjetta. / Se löytyy verkosta. / En muista tarkkaa osoitetta.
Ei tänne kannata jonottaa. / Varatkaa aika netistä. / Eteläinen ovi on auki.
Ei hyvitys näy samassa laskussa. / Se tulee erillisenä. / Ei siis tarvitse odottaa sitä.
"""
