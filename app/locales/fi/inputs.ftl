# Muut tiedostot kuin äänet: litteraatit, suositukset ja perustasot; lisäksi asetukset.

## Mikä tahansa tiedosto

error-supplied-missing = Tiedostoa { $name } ei löydy.
error-supplied-folder = { $name } on kansio, mutta tähän tarvitaan tiedosto.
error-supplied-unreadable = Tiedostoa { $name } ei voi avata. Tarkista, että se on tavallinen tiedosto ja että sinulla on oikeus lukea se.
error-supplied-too-large = Tiedosto { $name } on liian suuri: enintään { NUMBER($limit, maximumFractionDigits: 0) } Mt sallitaan.

## Litteraatit

error-transcript-empty = Litteraatti on tyhjä.
error-transcript-binary = Litteraatti ei ole tekstiä. Käytä pelkkää tekstiä tai WebVTT-, SubRip- tai JSON-tiedostoa, mieluiten UTF-8-muodossa.
error-transcript-unknown-text = Litteraatin muotoa ei tunneta (XML, HTML, RTF tai TextGrid). Käytä pelkkää tekstiä tai WebVTT-, SubRip- tai JSON-tiedostoa.
error-transcript-not-json = Litteraatti alkaa kuin JSON, mutta se ei ole kelvollista JSONia: rivi { NUMBER($line, useGrouping: 0) }, sarake { NUMBER($column, useGrouping: 0) }.
error-transcript-unknown-json = Litteraatin JSON-rakennetta ei tunneta. Sallittuja ovat oma words-luettelomme sekä Whisperin, Deepgramin, AssemblyAI:n, Amazon Transcriben ja Azuren tulosteet.
error-transcript-nested = Litteraatin JSONissa on niin monta sisäkkäistä tasoa, ettei sitä voi lukea.
error-transcript-bad-shape = Litteraatin kentässä { $where } pitäisi olla luettelo olioita, mutta siinä on jotain muuta.
error-transcript-bad-cues =
    { $kind ->
        [subrip] SubRip-tiedostossa ei ole yhtään luettavaa tekstitystä. Aika kirjoitetaan näin: 00:00:01,200 --> 00:00:03,400.
       *[webvtt] WebVTT-tiedostossa ei ole yhtään luettavaa tekstitystä. Aika kirjoitetaan näin: 00:00:01.200 --> 00:00:03.400.
    }
error-transcript-bad-time = Litteraatissa on aika, jota ei voi käyttää: { $value }. Ajan pitää olla luku, joka on vähintään nolla eikä ole kohtuuttoman suuri.
error-transcript-backwards = Litteraatin ajat kulkevat taaksepäin: ”{ $word }” alkaa kohdasta { NUMBER($start, maximumFractionDigits: 1) } s, vaikka sama puhuja oli jo kohdassa { NUMBER($before, maximumFractionDigits: 1) } s.
error-transcript-too-long = Litteraatti ei sovi tallenteeseen: se päättyy kohtaan { NUMBER($end, maximumFractionDigits: 1) } s, mutta tallenteen kesto on { NUMBER($duration, maximumFractionDigits: 1) } s. Tarkista, että litteraatti on samasta puhelusta ja että ajat ovat sekunteina.
error-transcript-too-many-words = Litteraatissa on { NUMBER($count, maximumFractionDigits: 0) } sanaa; enintään { NUMBER($limit, maximumFractionDigits: 0) } sallitaan.
error-transcript-long-word = Litteraatissa on yli { $limit } merkin pituinen sana: { $word }. Tarkista, että tiedosto on litteraatti.
error-transcript-no-words = Litteraatissa ei ole yhtään sanaa.
error-transcript-no-agent = Litteraatissa ei ole yhtään asiakaspalvelijan sanaa. Tarkista puhujien nimet (esimerkiksi ”Agent:” ja ”Asiakas:”) tai se, kumpi kanava on asiakaspalvelijan.

warning-transcript-encoding = Litteraatti ei ole UTF-8-muodossa. Se luettiin länsieurooppalaisena tekstinä (Windows-1252).
warning-transcript-roles-guessed = Litteraatti ei kerro, kuka on asiakaspalvelija. Asiakaspalvelijaksi tulkittiin ensimmäinen puhuja ({ $speaker }).
warning-transcript-others-left-out = Litteraatissa on puhujia, joiden roolia ei tunneta ({ $speakers }). Heidän puhettaan ei laskettu asiakaspalvelijan puheeksi.
warning-transcript-times-filled =
    { $count ->
        [one] Yhdeltä sanalta puuttui aika. Sana sijoitettiin naapurisanojensa väliin.
       *[other] { $count } sanalta puuttui aika. Sanat sijoitettiin naapurisanojensa väliin.
    }
warning-transcript-times-fixed =
    { $count ->
        [one] Yksi litteraatin aika oli väärässä järjestyksessä, ja se korjattiin.
       *[other] { $count } litteraatin aikaa oli väärässä järjestyksessä, ja ne korjattiin.
    }
warning-transcript-word-times-partial = Litteraatin { $count } sanasta { $missing } on ilman aikaa, joten sanojen aikoja ei käytetty.
warning-transcript-cues-skipped =
    { $count ->
        [one] Yhtä tekstitystä ei voitu lukea, ja se jätettiin pois.
       *[other] { $count } tekstitystä ei voitu lukea, ja ne jätettiin pois.
    }

## Suositukset

error-standard-not-text = Suositustiedosto { $name } ei ole UTF-8-tekstiä.
error-standard-not-toml =
    { $line ->
        [0] Suositustiedosto { $name } ei ole kelvollista TOMLia.
       *[other] Suositustiedosto { $name } ei ole kelvollista TOMLia: rivi { NUMBER($line, useGrouping: 0) }, sarake { NUMBER($column, useGrouping: 0) }.
    }
error-standard-unknown-key = Suositustiedostossa on tuntematon avain { $name }. Sallitut avaimet: { $allowed }.
error-standard-unknown-key-near = Suositustiedostossa on tuntematon avain { $name }. Tarkoititko avainta { $suggestion }? Sallitut avaimet: { $allowed }.
error-standard-unknown-measure = Suositustiedostossa on suositus tuntemattomalle mittarille { $name }. Sallitut mittarit: { $allowed }.
error-standard-unknown-measure-near = Suositustiedostossa on suositus tuntemattomalle mittarille { $name }. Tarkoititko mittaria { $suggestion }? Sallitut mittarit: { $allowed }.
error-standard-missing = Suositustiedostosta puuttuu avain { $key }.
error-standard-bad-value =
    { $expected ->
        [number] Suositustiedostossa avaimen { $key } arvo on { $value }, mutta sen pitää olla luku.
        [whole] Suositustiedostossa avaimen { $key } arvo on { $value }, mutta sen pitää olla kokonaisluku, vähintään 1.
        [text] Suositustiedostossa avaimen { $key } arvo on { $value }, mutta sen pitää olla lainausmerkeissä olevaa tekstiä, ei tyhjä eikä ylipitkä.
        [truth] Suositustiedostossa avaimen { $key } arvo on { $value }, mutta sen pitää olla true tai false.
        [list] Suositustiedostossa avaimen { $key } arvo on { $value }, mutta sen pitää olla enintään tuhannen sanan luettelo, esimerkiksi ["öö", "tota"].
        [table] Suositustiedostossa avaimen { $key } arvo on { $value }, mutta sen pitää olla taulukko, esimerkiksi [norms.pause_rate].
        [mode] Suositustiedostossa avaimen { $key } arvo on { $value }, mutta sen pitää olla "extend" tai "replace".
       *[other] Suositustiedostossa avaimen { $key } arvo ei voi olla { $value }.
    }
error-standard-name = Suositusten nimi ei voi olla ”{ $value }”. Nimessä on 1–64 kirjainta, numeroa, pistettä, yhdysmerkkiä tai alaviivaa, ja se alkaa kirjaimella tai numerolla.
error-standard-reserved-name = Suositusten nimi ei voi olla { $name }, koska se on valmiiden suositusten nimi.
error-standard-off-with-bounds = Mittarin { $measure } suositus on poistettu käytöstä (off = true), mutta sille on annettu myös raja. Jätä vain toinen.
error-standard-no-bound = Mittarin { $measure } suosituksella ei ole rajaa. Anna low, high tai molemmat, tai poista suositus käytöstä: off = true.
error-standard-low-above-high = Mittarin { $measure } suosituksessa alaraja low { NUMBER($low, maximumFractionDigits: 3) } on suurempi kuin yläraja high { NUMBER($high, maximumFractionDigits: 3) }.
error-standard-ratio = Mittarin { $measure } suosituksessa on raja { NUMBER($value, maximumFractionDigits: 3) }. Mittari on osuus, joten rajan pitää olla välillä 0–1 (0,4 tarkoittaa 40:tä prosenttia).

## Perustasot

error-baseline-not-scorecard = { $name } ei ole Puhepeilin tuloskortti (JSON).
error-baseline-none =
    { $skipped ->
        [0] Kansiossa { $name } ei ole tuloskortteja (.json-tiedostoja).
        [one] Kansiossa { $name } ei ole tuloskortteja; siinä on yksi muu .json-tiedosto.
       *[other] Kansiossa { $name } ei ole tuloskortteja; siinä on { $skipped } muuta .json-tiedostoa.
    }
error-baseline-unit = Tuloskortissa { $name } mittarin { $measure } yksikkö on { $unit }, mutta sen pitää olla { $expected }.

## Asetukset

error-setting-unknown = Asetusta { $name } ei ole. Tarkoititko asetusta { $suggestion }?
error-setting-cache-dir = Asetuksen PUHEPEILI_CACHE_DIR arvo ei voi olla { $value }: arvon pitää olla kansio.
error-setting-model = Asetuksen PUHEPEILI_MODEL arvo ei voi olla { $value }: arvon pitää olla mallin nimi, esimerkiksi base.
error-setting-model-dir = Asetuksen PUHEPEILI_MODEL_DIR arvo ei voi olla { $value }: arvon pitää olla kansio.
error-setting-hub = Asetuksen PUHEPEILI_HUB arvo ei voi olla { $value }: arvon pitää olla 1 tai 0.
error-setting-max-duration-s = Asetuksen PUHEPEILI_MAX_DURATION_S arvo ei voi olla { $value }: arvon pitää olla nollaa suurempi luku (sekunteja).
error-setting-max-file-bytes = Asetuksen PUHEPEILI_MAX_FILE_BYTES arvo ei voi olla { $value }: arvon pitää olla nollaa suurempi kokonaisluku (tavuja).
error-setting-threads = Asetuksen PUHEPEILI_THREADS arvo ei voi olla { $value }: arvon pitää olla kokonaisluku 0–1024, ja 0 tarkoittaa kaikkia ytimiä.
error-setting-locale = Asetuksen PUHEPEILI_LOCALE arvo ei voi olla { $value }: arvon pitää olla fi tai en.
error-setting-data-dir = Asetuksen PUHEPEILI_DATA_DIR arvo ei voi olla { $value }: arvon pitää olla kansio.
error-setting-database-url = Asetuksen PUHEPEILI_DATABASE_URL arvo ei voi olla { $value }: arvon pitää olla tietokannan osoite, esimerkiksi sqlite:////srv/puhepeili.db tai postgresql://käyttäjä:salasana@palvelin/tietokanta.
error-setting-blobs-url = Asetuksen PUHEPEILI_BLOBS_URL arvo ei voi olla { $value }: arvon pitää olla paikka, esimerkiksi file:///srv/audio tai s3://bucket/prefix?endpoint=https://s3.example.com&region=eu-north-1.
error-setting-public-url = Asetuksen PUHEPEILI_PUBLIC_URL arvo ei voi olla { $value }: arvon pitää olla osoite ilman loppuvinoviivaa, esimerkiksi https://puhepeili.example.com.
error-setting-listen-host = Asetuksen PUHEPEILI_LISTEN_HOST arvo ei voi olla { $value }: arvon pitää olla tämän koneen osoite, esimerkiksi 127.0.0.1 tai 0.0.0.0.
error-setting-listen-port = Asetuksen PUHEPEILI_LISTEN_PORT arvo ei voi olla { $value }: arvon pitää olla kokonaisluku 1–65535.
error-setting-retain-days = Asetuksen PUHEPEILI_RETAIN_DAYS arvo ei voi olla { $value }: arvon pitää olla kokonaisluku 1–36500 (päiviä).
error-setting-requests-per-minute = Asetuksen PUHEPEILI_REQUESTS_PER_MINUTE arvo ei voi olla { $value }: arvon pitää olla nollaa suurempi kokonaisluku.
error-setting-session-hours = Asetuksen PUHEPEILI_SESSION_HOURS arvo ei voi olla { $value }: arvon pitää olla kokonaisluku 1–720 (tunteja).
error-setting-max-queued-calls = Asetuksen PUHEPEILI_MAX_QUEUED_CALLS arvo ei voi olla { $value }: arvon pitää olla nollaa suurempi kokonaisluku.
error-setting-min-free-bytes = Asetuksen PUHEPEILI_MIN_FREE_BYTES arvo ei voi olla { $value }: arvon pitää olla kokonaisluku, vähintään nolla (tavuja).
error-setting-internal-hosts = Asetuksen PUHEPEILI_INTERNAL_HOSTS arvo ei voi olla { $value }: arvon pitää olla palvelinten nimiä tai verkkoja pilkuilla erotettuina, esimerkiksi tallennin.local,10.1.0.0/16.
error-setting-lease-grace-s = Asetuksen PUHEPEILI_LEASE_GRACE_S arvo ei voi olla { $value }: arvon pitää olla luku 1–3600 (sekunteja).
error-setting-drain-s = Asetuksen PUHEPEILI_DRAIN_S arvo ei voi olla { $value }: arvon pitää olla luku 0–86400 (sekunteja).
error-setting-step-tries = Asetuksen PUHEPEILI_STEP_TRIES arvo ei voi olla { $value }: arvon pitää olla kokonaisluku 1–20.
error-setting-step-retry-s = Asetuksen PUHEPEILI_STEP_RETRY_S arvo ei voi olla { $value }: arvon pitää olla luku 0–3600 (sekunteja).
error-setting-step-timeout-s = Asetuksen PUHEPEILI_STEP_TIMEOUT_S arvo ei voi olla { $value }: arvon pitää olla nollaa suurempi luku, enintään 86400 (sekunteja).
error-setting-step-timeout-per-second = Asetuksen PUHEPEILI_STEP_TIMEOUT_PER_SECOND arvo ei voi olla { $value }: arvon pitää olla luku 0–1000.
error-setting-child-memory-bytes = Asetuksen PUHEPEILI_CHILD_MEMORY_BYTES arvo ei voi olla { $value }: arvon pitää olla kokonaisluku, vähintään nolla (tavuja).

## Mistä valmiit suositukset tulevat

norm-source-house = Puhepeilin linjaus
norm-source-f0_range = Puhepeilin linjaus: 3,29 kertaa mittarin f0_sd alaraja, kuin sävelkorkeus jakautuisi normaalisti; tuo raja on johdettu tutkimuksesta Laukkanen & Waaramaa, Puhe ja kieli, journal.fi/pk, artikkeli 119691
norm-source-f0_sd = johdettu tutkimuksesta Laukkanen & Waaramaa, Puhe ja kieli, journal.fi/pk, artikkeli 119691: yksi keskihajonta alle keskiarvon (2,7 puolisävelaskelta, keskihajonta 0,68)
norm-source-f0_shift = Puhepeilin linjaus: koulutus neuvoo pitämään oman luonnollisen äänenkorkeuden
norm-source-ei_openings = Puhepeilin linjaus: koulutus neuvoo olemaan aloittamatta lausetta sanalla ei
norm-applies-men-reading = suomalaisia miehiä lukemassa ääneen studiossa; naisista vastaavaa lukua ei löytynyt
