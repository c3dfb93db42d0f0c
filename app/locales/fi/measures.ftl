# Mittarit: nimi, merkitys, yksikkö ja mittaustapa. Tunnukset ovat tiedoston analysis/catalogue.py nimet.

measure-articulation_rate = Puheen tempo
    .meaning = Kuinka nopeasti äännät silloin, kun puhut: tauot on jätetty pois.
    .unit = tavua/s
    .how = Tavujen määrä jaettuna puheajalla. Tavut lasketaan tekstistä suomen tavutussäännöillä; ilman luotettavaa tekstiä ne arvioidaan suoraan äänestä.

measure-speech_rate = Puheen tempo tauot mukana
    .meaning = Kuinka nopeasti asia etenee kuulijan korvissa, kun omat taukosi lasketaan mukaan.
    .unit = tavua/s
    .how = Tavujen määrä jaettuna puheenvuorojesi kestolla, johon kuuluvat puhe ja vuoron sisäiset tauot.

measure-words_per_minute = Sanaa minuutissa
    .meaning = Kuinka monta sanaa sanot minuutissa, tauot mukana.
    .unit = sanaa/min
    .how = Sanojen määrä jaettuna puheenvuorojesi kestolla. Suomen sanat ovat pitkiä, joten luku on pienempi kuin englannissa.

measure-tempo_variation = Tempon vaihtelu
    .meaning = Kuinka paljon tempo elää: hidastatko tärkeässä kohdassa ja joudutatko tutussa.
    .unit = %
    .how = Puhejaksojen tempon keskihajonta suhteessa keskitempoon, pitkät jaksot painavat enemmän.

measure-phonation_time = Puheaika
    .meaning = Kuinka kauan puhuit puhelun aikana, tauot pois luettuina.
    .unit = s
    .how = Asiakaspalvelijan kanavan puhejaksojen kestojen summa.

measure-pause_rate = Taukojen tiheys
    .meaning = Kuinka usein tauotat puhettasi niin, että kuulija ehtii mukaan.
    .unit = taukoa/min
    .how = Puheenvuorojesi sisäisten hiljaisten taukojen (vähintään neljännessekunti) määrä omien puheenvuorojesi minuuttia kohti. Vuorojen väliset hiljaisuudet eivät ole mukana.

measure-mean_pause_duration = Taukojen keskipituus
    .meaning = Kuinka pitkiä puheesi tauot ovat keskimäärin.
    .unit = s
    .how = Puheenvuoron sisäisten hiljaisten taukojen kestojen keskiarvo.

measure-pause_ratio = Taukojen osuus
    .meaning = Kuinka suuri osa puheenvuoroistasi on hiljaista taukoa.
    .unit = %
    .how = Taukojen yhteiskesto jaettuna puheen ja taukojen yhteiskestolla.

measure-longest_pause = Pisin tauko
    .meaning = Pisin hiljainen hetki oman puheenvuorosi sisällä.
    .unit = s
    .how = Puheenvuoron sisäisistä tauoista pisin. Hiljaisuus, jonka asiakas päättää puhumalla, ei ole mukana.

measure-f0_median = Sävelkorkeus
    .meaning = Korkeus, jolla äänesi tavallisimmin liikkuu. Jokaisella on oma luonnollinen äänenkorkeutensa, eikä sitä verrata muihin.
    .unit = Hz
    .how = Perustaajuuden mediaani soinnillisissa kohdissa, narina pois luettuna.

measure-f0_range = Sävelkorkeuden laajuus
    .meaning = Kuinka laajalla alueella sävelkorkeus liikkuu, eli kuinka paljon puheessasi on säveltä.
    .unit = puolisävelaskelta
    .how = Perustaajuuden 5. ja 95. prosenttipisteen väli puolisävelaskelina.

measure-f0_sd = Sävelkorkeuden vaihtelu
    .meaning = Kuinka vilkkaasti sävelkorkeus nousee ja laskee puheen aikana.
    .unit = puolisävelaskelta
    .how = Perustaajuuden keskihajonta puolisävelaskelina.

measure-f0_shift = Ero omaan perustasoon
    .meaning = Kuinka paljon korkeammalta tai matalammalta puhut kuin tavallisesti.
    .unit = puolisävelaskelta
    .how = Tämän puhelun sävelkorkeuden ero omien aiempien puheluidesi tasoon puolisävelaskelina.

measure-creak_share = Narina
    .meaning = Kuinka suuressa osassa puhetta ääni narisee.
    .unit = %
    .how = Narisevien kohtien osuus soinnillisesta puheesta. Luku on alaraja: osa narinasta jää löytymättä.

measure-speech_level = Voimakkuus
    .meaning = Kuinka voimakkaana äänesi tallentuu. Lukuun vaikuttavat myös mikrofoni ja sen etäisyys.
    .unit = dBFS
    .how = Puheen aikainen keskimääräinen taso suhteessa tallenteen ylärajaan (0 dBFS). Lukua ei voi verrata ihmisten välillä, koska laitteet vaikuttavat siihen.

measure-level_range = Voimakkuuden vaihtelu
    .meaning = Kuinka paljon voimakkuus elää: erottuvatko painotetut sanat muista.
    .unit = dB
    .how = Puheen tason 10. ja 90. prosenttipisteen ero, tavun mittaisista kohdista laskettuna.

measure-phrase_end_drop = Loppujen hiipuminen
    .meaning = Kuinka paljon ääni hiljenee puhejakson lopussa. Suuri luku kertoo, että loput voivat jäädä kuulematta.
    .unit = dB
    .how = Kuinka paljon hiljaisempi puhejakson loppu (0,4 s) on kuin jakson muu osa; kaikkien puhejaksojen mediaani.

measure-filled_pause_rate = Täyteäänteet
    .meaning = Kuinka usein puheessa on öö, ää tai mm hiljaisen tauon paikalla.
    .unit = kertaa/min
    .how = Tekstistä ja äänestä löydettyjen täyteäänteiden määrä omien puheenvuorojesi minuuttia kohti.

measure-filler_word_rate = Täytesanat
    .meaning = Kuinka usein puheessa on täytesanoja, kuten niinku, tota ja tavallaan.
    .unit = / 100 sanaa
    .how = Tekstistä löydettyjen täytesanojen määrä sataa sanaa kohti.

measure-ei_openings = Ei-aloitukset
    .meaning = Kuinka monta kertaa aloitat virkkeen sanalla ei. Kerro ensin, mitä voidaan tehdä.
    .unit = kpl
    .how = Virkkeet, joiden ensimmäinen sana on täsmälleen ei. Täyteäänne ennen sitä ohitetaan; kaikki kohdat on lueteltu.

measure-negative_openings = Kielteiset aloitukset
    .meaning = Kuinka monta kertaa aloitat virkkeen kieltosanalla, esimerkiksi ei, en, et tai emme.
    .unit = kpl
    .how = Virkkeet, joiden ensimmäinen sana on kieltoverbin muoto liitteineen. Kysymykset (eikö, etkö) eivät ole mukana.
