# Palaute: mikä sujuu, mihin kannattaa tarttua seuraavaksi ja miten sitä harjoitellaan.
# $value on mitattu arvo, $bound lähin suosituksen raja.

strength-articulation_rate = Puheesi tempo on hyvä: { NUMBER($value, maximumFractionDigits: 1) } tavua sekunnissa. Tahti jättää kuulijalle aikaa.
strength-speech_rate = Puheesi etenee sopivaa vauhtia taukoineen: { NUMBER($value, maximumFractionDigits: 1) } tavua sekunnissa.
strength-words_per_minute = Sanot { NUMBER($value, maximumFractionDigits: 0) } sanaa minuutissa. Kuulija ehtii mukaan.
strength-tempo_variation = Temposi elää: hidastat ja joudutat sopivasti.
strength-pause_rate = Tauotat hyvin: { NUMBER($value, maximumFractionDigits: 1) } taukoa minuutissa. Kuulija saa hetken aikaa ymmärtää.
strength-mean_pause_duration = Taukosi ovat sopivan mittaisia, keskimäärin { NUMBER($value, maximumFractionDigits: 2) } s.
strength-pause_ratio = Puheen ja taukojen suhde on kohdallaan: taukoja on { NUMBER($value, style: "percent", maximumFractionDigits: 0) }.
strength-longest_pause = Et jättänyt asiakasta odottamaan: pisin taukosi oli { NUMBER($value, maximumFractionDigits: 1) } s.
strength-f0_range = Puheessasi on säveltä: sävelkorkeus liikkuu { NUMBER($value, maximumFractionDigits: 1) } puolisävelaskeleen alueella.
strength-f0_sd = Sävelkorkeutesi vaihtelee elävästi.
strength-f0_shift = Puhuit omalla luonnollisella äänenkorkeudellasi.
strength-creak_share = Äänessäsi on vähän narinaa: { NUMBER($value, maximumFractionDigits: 0) } % puheesta.
strength-speech_level = Äänesi kuuluu sopivan voimakkaana.
strength-level_range = Painotat: tärkeät sanat erottuvat voimakkuudella.
strength-phrase_end_drop = Äänesi kantaa loppuun asti, joten loputkin kuuluvat.
strength-filled_pause_rate =
    { NUMBER($value, maximumFractionDigits: 1) ->
        [0] Puheessasi ei ole täyteäänteitä. Maltat olla tauolla hiljaa.
       *[other] Täyteäänteitä on vähän: { NUMBER($value, maximumFractionDigits: 1) } minuutissa.
    }
strength-filler_word_rate =
    { NUMBER($value, maximumFractionDigits: 1) ->
        [0] Puheessasi ei ole täytesanoja.
       *[other] Täytesanoja on vähän: { NUMBER($value, maximumFractionDigits: 1) } sataa sanaa kohti.
    }
strength-ei_openings =
    { NUMBER($value, maximumFractionDigits: 0) ->
        [0] Yksikään virkkeesi ei ala sanalla ei. Pidä tästä kiinni.
       *[other] Aloitat virkkeen harvoin sanalla ei.
    }
strength-negative_openings =
    { NUMBER($value, maximumFractionDigits: 0) ->
        [0] Yksikään virkkeesi ei ala kieltosanalla. Alut ovat sinun vahvuutesi.
       *[other] Aloitat virkkeen harvoin kieltosanalla.
    }

focus-ei_openings-above = Aloitit { NUMBER($value, maximumFractionDigits: 0) ->
        [one] yhden virkkeen
       *[other] { NUMBER($value, maximumFractionDigits: 0) } virkettä
    } sanalla ei. Alku jää kuulijan mieleen.
try-ei_openings-above = Kuuntele kohdat ja kirjoita jokaiselle uusi alku, joka kertoo ensin, mitä voidaan tehdä: ”Katsotaan, miten voin auttaa.” Sano uudet alut ääneen kolme kertaa ja käytä niitä seuraavassa puhelussa. Mittaa sitten uudelleen.
focus-negative_openings-above = Aloitit kieltosanalla { NUMBER($value, maximumFractionDigits: 0) ->
        [one] kerran
       *[other] { NUMBER($value, maximumFractionDigits: 0) } kertaa
    }. Usein saman asian voi kertoa niin, että tehtävissä oleva tulee ensin.
try-negative_openings-above = Valitse kuunneltavista kohdista yksi ja käännä se: ”En voi tehdä sitä tänään” → ”Voin tehdä sen huomenna.” Harjoittele kolmea tuttua tilannetta parin kanssa ja mittaa seuraava puhelu.
focus-filled_pause_rate-above = Täyteäänteitä (öö, ää, mm) on { NUMBER($value, maximumFractionDigits: 1) } minuutissa. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 1) }.
try-filled_pause_rate-above = Kun huomaat hakevasi sanaa, pysähdy ja hengitä hiljaa. Lyhyt hiljaisuus riittää. Kerro minuutin ajan tuttu asia ääneen ja laske täyteäänteet. Toista kolme kertaa ja vertaa.
focus-filler_word_rate-above = Täytesanoja on { NUMBER($value, maximumFractionDigits: 1) } sataa sanaa kohti. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 1) }.
try-filler_word_rate-above = Valitse yleisin täytesanasi, vain yksi. Laita siitä lappu näytön reunaan ja jätä sen paikalle pieni tauko. Kun se on harventunut, ota seuraava.
focus-articulation_rate-above = Puheesi tempo on nopea: { NUMBER($value, maximumFractionDigits: 1) } tavua sekunnissa. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 1) }.
try-articulation_rate-above = Rauhoita rytmi. Valitse puhelun tärkein kohta, esimerkiksi summa tai päivämäärä, ja sano se niin hitaasti, että ehdit itse kirjoittaa sen. Lue sama kappale ääneen kahdesti ja mittaa, kumpi pysyy suosituksessa.
focus-articulation_rate-below = Puheesi tempo on verkkainen: { NUMBER($value, maximumFractionDigits: 1) } tavua sekunnissa. Suositus on vähintään { NUMBER($bound, maximumFractionDigits: 1) }.
try-articulation_rate-below = Jouduta tuttuja kohtia ja säästä hitaus tärkeisiin. Lue ääneen sama kappale ensin omaan tahtiin, sitten hieman reippaammin, ja mittaa molemmat.
focus-speech_rate-above = Puhe etenee taukoineenkin nopeasti: { NUMBER($value, maximumFractionDigits: 1) } tavua sekunnissa. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 1) }.
try-speech_rate-above = Pidä jokaisen asian jälkeen yhden hengityksen mittainen tauko. Kerro puhelun ratkaisu ääneen kolmessa osassa ja hengitä osien välissä.
focus-speech_rate-below = Puhe etenee taukoineen hitaasti: { NUMBER($value, maximumFractionDigits: 1) } tavua sekunnissa. Suositus on vähintään { NUMBER($bound, maximumFractionDigits: 1) }.
try-speech_rate-below = Suunnittele seuraavan asian ensimmäinen virke valmiiksi ennen kuin aloitat. Kerro sama asia ääneen kahdesti, toisella kerralla valmiiksi mietittynä, ja mittaa molemmat.
focus-words_per_minute-above = Sanoja on paljon: { NUMBER($value, maximumFractionDigits: 0) } minuutissa. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 0) }.
try-words_per_minute-above = Karsi yksi lause jokaisesta selityksestä. Kerro tuttu asia ääneen puolessa minuutissa ja jätä väliin kaksi kunnon taukoa.
focus-words_per_minute-below = Sanoja on vähän: { NUMBER($value, maximumFractionDigits: 0) } minuutissa. Suositus on vähintään { NUMBER($bound, maximumFractionDigits: 0) }.
try-words_per_minute-below = Kuuntele, syntyykö hitaus tauoista vai sanoista. Harjoittele yhtä tuttua selitystä ääneen, kunnes se sujuu, ja mittaa uudelleen.
focus-pause_rate-below = Taukoja on vähän: { NUMBER($value, maximumFractionDigits: 1) } minuutissa. Suositus on vähintään { NUMBER($bound, maximumFractionDigits: 1) }. Tauko antaa kuulijan ymmärtää.
try-pause_rate-below = Merkitse harjoitustekstiin vinoviiva jokaisen asian jälkeen ja hengitä viivan kohdalla. Lue teksti ääneen ja kokeile samaa seuraavan puhelun avauksessa.
focus-pause_rate-above = Taukoja on tiheässä: { NUMBER($value, maximumFractionDigits: 1) } minuutissa. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 1) }.
try-pause_rate-above = Vie ajatus kerralla loppuun ja pidä tauko vasta sitten. Lue ääneen virke yhdellä hengityksellä, seuraava toisella. Kokeile samaa puhelun tärkeimmässä selityksessä.
focus-mean_pause_duration-above = Taukosi ovat pitkiä, keskimäärin { NUMBER($value, maximumFractionDigits: 2) } s. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 2) } s.
try-mean_pause_duration-above = Kuuntele pisimmät tauot: haitko tietoa vai sanaa? Kun haet tietoa, kerro se: ”Katson hetken.” Kun haet sanaa, valmistele tutut selitykset etukäteen ja harjoittele ne ääneen.
focus-mean_pause_duration-below = Taukosi ovat lyhyitä, keskimäärin { NUMBER($value, maximumFractionDigits: 2) } s. Suositus on vähintään { NUMBER($bound, maximumFractionDigits: 2) } s.
try-mean_pause_duration-below = Hengitä tauolla rauhassa sisään nenän kautta, niin tauko saa mittansa itsestään. Lue kappale ääneen näin kolme kertaa ja mittaa viimeinen.
focus-pause_ratio-above = Taukojen osuus on suuri: { NUMBER($value, style: "percent", maximumFractionDigits: 0) }. Suositus on enintään { NUMBER($bound, style: "percent", maximumFractionDigits: 0) }.
try-pause_ratio-above = Kuuntele, missä pisimmät tauot syntyvät. Valmistele juuri se selitys etukäteen, harjoittele se ääneen ja mittaa seuraava puhelu.
focus-pause_ratio-below = Taukojen osuus on pieni: { NUMBER($value, style: "percent", maximumFractionDigits: 0) }. Suositus on vähintään { NUMBER($bound, style: "percent", maximumFractionDigits: 0) }.
try-pause_ratio-below = Kerro asia kolmessa osassa ja hengitä osien välissä. Harjoittele yhtä tuttua selitystä näin ja mittaa, kasvaako taukojen osuus.
focus-longest_pause-above = Pisin taukosi oli { NUMBER($value, maximumFractionDigits: 1) } s. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 1) } s. Puhelimessa pitkä hiljaisuus jättää asiakkaan arvailemaan.
try-longest_pause-above = Kerro, mitä teet, ennen kuin hiljenet: ”Avaan tietosi, siinä menee hetki.” Harjoittele kolme tällaista virkettä valmiiksi ja käytä yhtä seuraavassa puhelussa.
focus-f0_range-below = Sävelkorkeus liikkuu suppeasti: { NUMBER($value, maximumFractionDigits: 1) } puolisävelaskelta. Suositus on vähintään { NUMBER($bound, maximumFractionDigits: 1) }. Tasainen sävel peittää painotukset.
try-f0_range-below = Valitse joka virkkeestä yksi tärkein sana ja nosta se sävelellä. Lue harjoitusteksti ensin liioitellen, sitten luonnollisesti, ja mittaa jälkimmäinen.
focus-f0_range-above = Sävelkorkeus liikkuu laajasti: { NUMBER($value, maximumFractionDigits: 1) } puolisävelaskelta. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 1) }.
try-f0_range-above = Hengitä rauhassa ulos ennen kuin aloitat ja vie virkkeen loppu alas asti. Lue kappale ääneen kolme kertaa ja mittaa viimeinen.
focus-f0_sd-below = Sävelkorkeus pysyy melko tasaisena: vaihtelu on { NUMBER($value, maximumFractionDigits: 1) } puolisävelaskelta. Suositus on vähintään { NUMBER($bound, maximumFractionDigits: 1) }.
try-f0_sd-below = Lue sama virke kolme kertaa ja painota joka kerralla eri sanaa. Valitse sitten puhelustasi yksi virke, sano se uudella painotuksella ja mittaa.
focus-f0_sd-above = Sävelkorkeus vaihtelee paljon: { NUMBER($value, maximumFractionDigits: 1) } puolisävelaskelta. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 1) }.
try-f0_sd-above = Painota virkkeestä vain yhtä sanaa ja anna muun virrata tasaisemmin. Harjoittele kolmella virkkeellä ja mittaa uudelleen.
focus-f0_shift-above = Puhuit { NUMBER($value, maximumFractionDigits: 1) } puolisävelaskelta omaa tavallista tasoasi korkeammalta.
try-f0_shift-above = Vertaa puhelinääntä keskusteluääneesi. Rentouta hartiat, hengitä ulos, hymise hetki mukavalta korkeudelta ja sano avauksesi siltä korkeudelta. Äänitä kolme avausta ja mittaa.
focus-f0_shift-below = Puhuit omaa tavallista tasoasi matalammalta (ero { NUMBER($value, maximumFractionDigits: 1) } puolisävelaskelta).
try-f0_shift-below = Oma luonnollinen äänenkorkeus kantaa parhaiten. Nosta ryhti, hymise hetki mukavalta korkeudelta ja sano avauksesi siltä korkeudelta. Äänitä kolme avausta ja mittaa.
focus-creak_share-above = Ääni narisee { NUMBER($value, maximumFractionDigits: 0) } prosentissa puheesta. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 0) } %.
try-creak_share-above = Narina syntyy usein virkkeen lopussa, kun ilma loppuu. Ota pieni hengitys ennen viimeistä ajatusta ja vie ääni loppuun asti. Lue viisi virkettä näin ja kuuntele loput.
focus-speech_level-below = Äänesi tallentuu hiljaisena: { NUMBER($value, maximumFractionDigits: 0) } dBFS. Suositus on vähintään { NUMBER($bound, maximumFractionDigits: 0) } dBFS.
try-speech_level-below = Tarkista ensin mikrofonin paikka ja taso. Istu sitten ryhdikkäästi ja puhu kuin kuulija olisi pöydän toisella puolella. Äänitä sama avaus kahdesti ja mittaa.
focus-speech_level-above = Äänesi tallentuu hyvin voimakkaana: { NUMBER($value, maximumFractionDigits: 0) } dBFS. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 0) } dBFS.
try-speech_level-above = Tarkista ensin mikrofonin etäisyys ja taso. Kokeile sitten puhua kuin kuulija istuisi vieressäsi. Äänitä sama avaus kahdesti ja mittaa.
focus-level_range-below = Voimakkuus vaihtelee vähän: { NUMBER($value, maximumFractionDigits: 1) } dB. Suositus on vähintään { NUMBER($bound, maximumFractionDigits: 1) } dB. Painotukset jäävät huomaamatta.
try-level_range-below = Alleviivaa harjoitustekstin joka virkkeestä yksi sana ja anna sille enemmän voimaa. Lue ääneen kahdesti, ilman ja painottaen, ja vertaa.
focus-level_range-above = Voimakkuus vaihtelee paljon: { NUMBER($value, maximumFractionDigits: 1) } dB. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 1) } dB. Hiljaiset kohdat voivat jäädä kuulematta.
try-level_range-above = Pidä etäisyys mikrofoniin samana ja vie hiljaiset sanat samalla voimalla loppuun. Lue kappale ääneen ja kuuntele, kuuluvatko kaikki sanat.
focus-phrase_end_drop-above = Puhejaksojesi loput hiljenevät { NUMBER($value, maximumFractionDigits: 0) } dB. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 0) } dB. Tärkein tieto on usein juuri lopussa.
try-phrase_end_drop-above = Ajattele, että virkkeen viimeinen sana on se, jonka asiakas kirjoittaa muistiin. Sano viisi virkettä niin, että viimeinen sana kuuluu yhtä selvästi kuin ensimmäinen, ja mittaa.
focus-tempo_variation-below = Tempo pysyy tasaisena: vaihtelua on { NUMBER($value, maximumFractionDigits: 0) } %. Suositus on vähintään { NUMBER($bound, maximumFractionDigits: 0) } %. Tasainen rytmi voi kuulostaa paperista luetulta.
try-tempo_variation-below = Valitse kolme kohtaa, joissa hidastat tarkoituksella: nimi, summa ja seuraava askel. Harjoittele ne ääneen ja mittaa seuraava puhelu.
focus-tempo_variation-above = Tempo vaihtelee paljon: { NUMBER($value, maximumFractionDigits: 0) } %. Suositus on enintään { NUMBER($bound, maximumFractionDigits: 0) } %.
try-tempo_variation-above = Kuuntele nopeimmat kohdat ja sano ne uudelleen ääneen samaa tahtia kuin muu puhe. Kolme toistoa riittää kerralla; mittaa sitten.
