# Tuloskortin sivu, pääte ja mittariluettelo.

page-product = Puhepeili
page-title = { $name } – Puhepeili
page-unnamed = Puhelu
page-skip = Siirry mittauksiin
page-agent-left = asiakaspalvelija vasemmalla kanavalla
page-agent-right = asiakaspalvelija oikealla kanavalla
page-agent-mono = yksi kanava
page-facts-language = puheen kieli { $language ->
        [fi] suomi
        [en] englanti
        [sv] ruotsi
       *[other] { $language }
    }
page-facts-snr = kohinaväli { $db } dB

page-warnings = Huomaa tallenteesta
page-strengths = Tämä sujuu
page-strengths-none = Tässä puhelussa yksikään mittari ei noussut esiin vahvuutena. Valitse alta itse yksi, jota haluat vahvistaa.
page-focus = Seuraavaksi yksi asia
page-focus-none = Kaikki mitattu on suosituksissa tai lähellä niitä. Jatka samaan malliin.
page-focus-none-try = Valitse jokin vahvuuksistasi ja vahvista sitä: kuuntele siitä hyvä kohta, toista se ääneen ja vie se seuraavaan puheluun.
page-nothing-measured = Tästä tallenteesta ei voitu mitata mitään. Syy on kunkin mittarin kohdalla.
page-try = Kokeile
page-listen = Kuuntele
page-measures = Mittaukset
page-timeline = Puhelun aikajana
page-transcript = Puhelun teksti
page-about = Näin luet tätä

group-tempo = Tempo ja rytmi
group-pauses = Tauotus
group-pitch = Sävelkorkeus
group-loudness = Voimakkuus
group-fillers = Täytesanat ja täyteäänteet
group-openings = Virkkeiden alut

verdict-below = alle suosituksen
verdict-within = suosituksessa
verdict-above = yli suosituksen
verdict-info = ei suositusta
verdict-not-measured = ei mitattu

confidence-good = mittaus on luotettava
confidence-fair = mittaus on suuntaa antava
confidence-poor = mittaus on epävarma

page-norm-between = Suositus { $band } { $unit }
page-norm-least = Suositus vähintään { $low } { $unit }
page-norm-most = Suositus enintään { $high } { $unit }
page-norm-source = Lähde: { $source }
page-norm-applies = ({ $whom })
page-house-rule = organisaation linjaus
page-baseline = oma perustaso { $value } { $unit }
page-how = Mittaustapa
page-evidence = { $count ->
        [one] Yksi kohta
       *[other] { $count } kohtaa
    }
page-evidence-more = Sivulla on näistä { $shown } ensimmäistä; kaikki { $count } ovat JSON-muotoisessa kortissa.
page-check = tarkista kuuntelemalla
page-instead = Toinen tapa sanoa:
page-no-time = ei aikaa
page-play-from = Toista kohdasta { $time }
page-show-at = Näytä aikajanalla kohta { $time }

page-bar-label = { $value } { $unit }, { $verdict }
page-legend-value = arvo ja tyypillinen virhe
page-legend-norm = suositus
page-legend-baseline = oma perustaso

page-lane-agent = Asiakaspalvelija puhuu
page-lane-customer = Asiakas puhuu
page-lane-waveform = Aaltomuoto
page-lane-pitch = Sävelkorkeus, Hz
page-lane-level = Voimakkuus, dB
page-lane-tempo = Tempo, tavua/s
page-lane-pauses = Tauot
page-lane-tempo-marks = Tempon kohdat
page-lane-pitch-marks = Sävelen kohdat
page-lane-loudness-marks = Voimakkuuden kohdat
page-lane-fillers-marks = Täytesanat ja täyteäänteet
page-lane-openings-marks = Ei-alut ja muut kielteiset alut
page-timeline-help = Napsauta aikajanaa, niin kohta siirtyy siihen. Näppäimillä: välilyönti toistaa ja pysäyttää, nuolet siirtävät.
page-timeline-help-silent = Napsauta aikajanaa tai löydöksen aikaa, niin kohta korostuu. Ääntä ei ole liitetty tähän tiedostoon.
page-timeline-thinned = Pitkässä puhelussa käyrät on harvennettu: yksi piste on noin { $seconds } s.
page-timeline-label = Aikajana. Nuolinäppäimet siirtävät kohtaa.
page-zoom-in = Lähennä
page-zoom-out = Loitonna
page-zoom-fit = Koko puhelu
page-play = Toista
page-pause = Tauko
page-position = Kohta
page-speed = Nopeus
page-no-timeline = Aikajanaa ei ole, koska puhetta ei löytynyt.

page-agent = Asiakaspalvelija
page-customer = Asiakas
page-no-transcript = Puhelusta ei ole tekstiä.
page-mark-ei = ei-aloitus
page-mark-negative = muu kielteinen aloitus
page-mark-filler = täytesana tai täyteäänne
page-mark-check = tarkista kuuntelemalla
page-transcript-source-asr = Puheentunnistuksen tekemä teksti.
page-transcript-source-supplied = Puhelun mukana annettu teksti.

page-about-learning = Tämä kortti on oppimista varten. Se kuvaa äänenkäyttöä yhdessä puhelussa, ei ihmistä, eikä sitä saa käyttää henkilöstöpäätöksiin.
page-about-norms = Suositus on tavoitealue, jonka lähde lukee mittarin kohdalla. Linjaus on Puhepeilin tai organisaation itse valitsema tavoite, ei tutkimustulos. Oma perustaso tulee omista aiemmista puheluistasi.
page-about-errors = Jokaisessa luvussa on virhettä. Merkki ± kertoo tyypillisen virheen; jos arvo on suosituksen ulkopuolella sitä vähemmän, pidä sitä rajatapauksena.
page-about-listen = Kuuntele aina kohta ennen kuin uskot lukua. Pisteviivalla merkityt kohdat ovat epävarmoja.
page-about-made = Millä tämä mitattiin
page-about-version = Versio
page-about-standard = Suositukset
page-about-asr = Puheentunnistus
page-about-asr-none = ei käytetty
page-about-recording = Tallenne
page-about-bandwidth = kaista { $hz } Hz
page-about-clipped = leikkautuneita näytteitä { $percent } %
page-about-sources = Lähteet ja virheet
page-about-measure = Mittari
page-about-norm = Suositus
page-about-source = Lähde
page-about-error = Tyypillinen virhe
page-about-none = ei tiedossa
page-made-by = Puhepeili { $version }

text-listen = Kuuntele: { $times }
text-table-measure = Mittari
text-table-value = Arvo
text-table-norm = Suositus
text-table-verdict = Tulos
text-bar-legend = ● arvo   ━ suositus   ◇ oma perustaso
text-pauses = Taukoja { $count }, yhteensä { $total } s. Pisin { $longest } s kohdassa { $at }.
text-pauses-none = Taukoja ei löytynyt.
text-not-measured = Ei mitattu

measures-title = Mittarit
measures-unit = Yksikkö
measures-norm = Suositus
measures-norm-none = ei suositusta; verrataan vain omaan perustasoon
measures-source = Lähde
measures-error = Tyypillinen virhe
measures-error-none = ei vielä tiedossa
measures-how = Mittaustapa
