# Monen puhelun ajo: virheet, eteneminen ja koontisivu.

error-batch-source-missing = Polkua { $source } ei ole. Anna kansio tai puheluluettelo.
error-batch-source-kind = { $source } ei ole kansio eikä puheluluettelo. Anna kansio tai luettelo, jonka tarkenne on jokin näistä: { $allowed }.
error-batch-no-calls = Kohteesta { $source } ei löytynyt yhtään äänitettä.
error-batch-workers = Rinnakkaisten puheluiden määrä ei voi olla { NUMBER($workers) }. Anna 1 tai enemmän, tai 0, jolloin käytetään kaikkia ytimiä.
error-batch-manifest-unread = Puheluluetteloa { $file } ei voi lukea: { $why }.
error-batch-manifest-encoding = Puheluluettelon { $file } merkistöä ei tunnistettu. Tallenna se UTF-8-muodossa.
error-batch-manifest-columns = Puheluluettelon { $file } sarakkeet ovat { $found }. Sarake path on pakollinen, kukin sarake saa esiintyä kerran, ja sallittuja ovat { $allowed }.
error-batch-manifest-line = Puheluluettelon { $file } riviä { NUMBER($line, useGrouping: 0) } ei voi lukea. CSV:ssä rivillä saa olla enintään yhtä monta kenttää kuin otsikossa, JSON Lines -muodossa yksi objekti.
error-batch-row-without-path = Luettelon rivillä { NUMBER($line, useGrouping: 0) } ei ole äänitteen polkua sarakkeessa path.
error-batch-row-agent = Sarakkeen agent arvo { $agent } ei käy. Sallittuja ovat { $allowed }.
error-batch-file-missing = Tiedostoa { $file } ei ole.
error-batch-out-not-folder = Tuloskansioksi annettu { $out } on tiedosto. Anna kansio.
error-batch-out-not-empty = Tuloskansio { $out } ei ole tyhjä. Jatka aiempaa ajoa valitsimella --resume tai anna toinen kansio.
error-batch-out-foreign = Kansiossa { $out } on tiedostoja, mutta ei aiempaa ajoa, jota jatkaa. Anna toinen kansio.
error-batch-out-unwritable = Tuloskansiota { $out } ei voi luoda: { $why }.
error-batch-out-busy = Toinen ajo kirjoittaa parhaillaan kansioon { $out }. Odota sen päättymistä tai anna toinen kansio.
error-batch-unwritten = Tuloksia ei voi kirjoittaa kansioon { $out }: { $why }. Valmiit puhelut ovat tallessa; jatka valitsimella --resume.
error-batch-interrupted = Ajo keskeytettiin. Valmiit puhelut ovat tallessa kansiossa { $out }; jatka valitsimella --resume.
error-batch-worker-start = Laskentaprosessi ei käynnistynyt (paluukoodi { NUMBER($code, useGrouping: 0) }). Tarkista, että muistia on vapaana, tai vähennä rinnakkaisia puheluita valitsimella --workers.
error-batch-crashed = Äänitteen käsittely kaatui kahdesti (paluukoodi { NUMBER($code, useGrouping: 0) }). Tiedosto on todennäköisesti vioittunut tai muisti loppui.
error-batch-unexpected = Äänitteen käsittelyssä tapahtui odottamaton virhe: { $type } { $why }

batch-progress-unit = puhelu
batch-progress = { NUMBER($hours, maximumFractionDigits: 1) } h ääntä, { NUMBER($failed) } virhettä
batch-transcript-left-out = Tekstiä { $file } ei käytetty: { $why }

batch-title = Puheluiden koonti
batch-lead = Miten ääntä käytettiin: mittarit kaikista puheluista ja tie kunkin puhelun tuloskorttiin.
batch-purpose = Luvut on tarkoitettu oppimiseen. Niiden perusteella ei tehdä henkilöstöpäätöksiä.
batch-calls = { $n ->
    [one] puhelu pisteytetty
   *[other] puhelua pisteytetty
 }
batch-hours = tuntia ääntä
batch-failures = { $n ->
    [one] puhelu jäi pisteyttämättä
   *[other] puhelua jäi pisteyttämättä
 }
batch-number = { NUMBER($n) }
batch-focus-heading = Yleisimmät harjoiteltavat asiat
batch-focus-line = { $n ->
    [one] 1 puhelu
   *[other] { NUMBER($n) } puhelua
 } ({ NUMBER($share) } %)
batch-measures-heading = Mittarit
batch-group-tempo = Tempo
batch-group-pauses = Tauot
batch-group-pitch = Sävelkorkeus
batch-group-loudness = Voimakkuus
batch-group-fillers = Täyteäänteet ja täytesanat
batch-group-openings = Aloitukset
batch-legend-band = viitealue
batch-legend-median = mediaani
batch-legend-values = puheluita (enintään 40 puhelua piirretään pisteinä, sitä useammat pylväinä)
batch-median = mediaani
batch-share = { NUMBER($share) } % puheluista viitealueella
batch-verdicts = alle { NUMBER($below) } · viitealueella { NUMBER($within) } · yli { NUMBER($above) }
batch-no-band = ei viitealuetta
batch-measured-in = mitattu { $n ->
    [one] 1 puhelusta
   *[other] { NUMBER($n) } puhelusta
 }
batch-band = viitealue { $band } { $unit }
batch-bands-vary = Viitealue vaihtelee puheluittain; kuvassa on yleisin.
batch-band-at-most = enintään { $high }
batch-band-at-least = vähintään { $low }
batch-chart-title = Jakauma: { $n ->
    [one] 1 puhelu
   *[other] { NUMBER($n) } puhelua
 }, mediaani { $median }
batch-unmeasured = Ei voitu mitata yhdestäkään puhelusta: { $names }.
batch-calls-heading = Puhelut
batch-calls-hint = Järjestä napsauttamalla otsikkoa. ▼ alle viitealueen, ▲ yli viitealueen, – ei mitattu.
batch-find = Etsi puhelua tai asiakaspalvelijaa:
batch-show-all = Näytä kaikki { NUMBER($n) } puhelua
batch-column-call = Puhelu
batch-column-agent = Asiakaspalvelija
batch-column-duration = Kesto
batch-column-within = Viitealueella
batch-column-focus = Harjoiteltava asia
batch-errors-heading = Pisteyttämättä jääneet
batch-column-error = Syy
batch-none-scored = Yhtään puhelua ei saatu pisteytettyä.
