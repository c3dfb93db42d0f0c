## Rajapinnan vastaukset, kun pyyntöä ei voi täyttää

problem-title-bad-request = Pyyntöä ei voi lukea
problem-title-not-signed-in = Kirjaudu sisään
problem-title-forbidden = Ei käyttöoikeutta
problem-title-not-found = Ei löydy
problem-title-method-not-allowed = Tätä ei voi tehdä tällä tavalla
problem-title-too-slow = Lähetys kesti liian kauan
problem-title-conflict = Ei onnistu juuri nyt
problem-title-too-large = Liian suuri
problem-title-unsupported-media-type = Tätä muotoa ei oteta vastaan
problem-title-range-not-satisfiable = Pyydettyä kohtaa ei ole
problem-title-unusable-input = Sisältöä ei voi käyttää
problem-title-too-many-requests = Liian monta pyyntöä
problem-title-internal-error = Palvelussa on vika
problem-title-unavailable = Palvelu ei ole nyt käytettävissä

## Kuka pyytää

problem-not-signed-in = Tämä vaatii kirjautumisen. Lähetä avain otsakkeessa Authorization: Bearer pp_… tai avaa kirjautumislinkki.
problem-wrong-key = Avain ei kelpaa: se on väärä, vanhentunut tai peruttu.
problem-link = Kirjautumislinkki ei kelpaa: se on väärä, vanhentunut tai jo käytetty. Pyydä uusi.
problem-forbidden-role = Roolillasi ei ole oikeutta tähän.
problem-forged = Pyyntö ei tullut tämän palvelun sivulta. Lataa sivu uudelleen ja yritä sitten.
problem-agent-not-own = Voit lähettää vain omia puheluitasi. Jätä agent_id pois tai anna oma tunnuksesi.
problem-agent-not-in-team = Voit lähettää vain oman tiimisi asiakaspalvelijoiden puheluita. Kentässä agent_id on oltava jonkun tiimiläisen tunnus.
problem-not-submitter = Voit keskeyttää ja poistaa vain itse lähettämiäsi puheluita.
problem-too-many = Pyyntöjä on tullut liikaa. Yritä uudelleen { NUMBER($seconds) } sekunnin kuluttua.
problem-too-many-failures = Tästä osoitteesta on tullut liian monta väärää avainta. Yritä uudelleen { NUMBER($seconds) } sekunnin kuluttua.

## Mitä ei ole

problem-no-such-path = Tätä osoitetta ei ole.
problem-no-call = Tällaista puhelua ei ole, tai sinulla ei ole oikeutta siihen.
problem-no-batch = Tällaista erää ei ole, tai sinulla ei ole oikeutta siihen.
problem-no-agent = Tällaista asiakaspalvelijaa ei ole, tai sinulla ei ole oikeutta hänen tietoihinsa.
problem-no-team = Tällaista tiimiä ei ole.
problem-no-key = Tällaista käytössä olevaa avainta ei ole.
problem-no-session = Tällä tunnuksella ei ole ketään, joka olisi kirjautuneena tai jolla olisi käyttämätön kirjautumislinkki.
problem-no-webhook = Tällaista webhookia ei ole, tai sinulla ei ole oikeutta siihen.
problem-no-delivery = Tällaista lähetystä ei ole.
problem-no-standard = Suosituksia nimeltä { $name } ei ole.
problem-no-standard-version = Suosituksilla { $name } ei ole versiota { NUMBER($version, useGrouping: 0) }.
problem-no-finding = Mittarilla { $measure } ei ole tässä puhelussa kohtaa { NUMBER($n, useGrouping: 0) }. Kohdat numeroidaan nollasta alkaen.
problem-audio-gone = Puhelun äänite ei ole enää tallessa.
problem-range = Äänitteessä on { NUMBER($size, useGrouping: 0) } tavua; pyydetty kohta on sen ulkopuolella.

## Mitä ei voi tehdä juuri nyt

problem-not-ready =
    { $status ->
        [queued] Puhelu on vielä jonossa, joten tuloskorttia ei ole. Yritä hetken päästä uudelleen.
        [processing] Puhelun pisteytys on kesken. Yritä hetken päästä uudelleen.
        [failed] Puhelua ei voitu pisteyttää, joten tuloskorttia ei ole. Syy on puhelun tiedoissa.
        [cancelled] Puhelun pisteytys peruttiin, joten tuloskorttia ei ole.
       *[other] Puhelulla ei ole tuloskorttia.
    }
problem-audio-not-fetched = Puhelun äänitettä ei ole vielä haettu. Yritä hetken päästä uudelleen.
problem-already-ended =
    { $status ->
        [succeeded] Puhelu on jo pisteytetty, joten sitä ei voi enää keskeyttää.
       *[other] Puhelun käsittely on jo päättynyt, joten sitä ei voi enää keskeyttää.
    }
problem-not-failed = Uudelleen voi yrittää vain puhelua, jonka pisteytys epäonnistui. Tämän puhelun tila on { $status }.
problem-team-exists = Organisaatiossa on jo tiimi nimeltä { $name }. Anna toinen nimi.
problem-still-pending = Lähetys on vielä kesken. Sen voi lähettää uudelleen vasta, kun se on perillä tai siitä on luovuttu.
problem-disk-full = Levytila on lähes lopussa, joten uusia puheluita ei oteta vastaan. Yritä uudelleen { NUMBER($seconds) } sekunnin kuluttua.
problem-queue-full = Jono on täynnä. Yritä uudelleen { NUMBER($seconds) } sekunnin kuluttua.
problem-database = Tietokanta ei vastaa. Yritä uudelleen { NUMBER($seconds) } sekunnin kuluttua.
problem-storage = Äänitevarasto ei vastaa. Yritä uudelleen { NUMBER($seconds) } sekunnin kuluttua.
problem-not-working = Palvelu ei ole käyttövalmis. Kunnossa eivät ole: { $missing }.
problem-internal = Palvelussa tapahtui odottamaton virhe. Jos se toistuu, kerro ylläpidolle vastauksen request_id.
problem-unknown = Syytä ei osata kertoa tällä palvelun versiolla.

## Mitä pyynnössä on vialla

problem-method = Tässä osoitteessa ei ole tätä toimintoa. Sallitut luetellaan otsakkeessa Allow.
problem-unreadable = Pyyntöä ei voi lukea.
problem-not-json = Sisältö ei ole kelvollista JSONia.
problem-multipart = Lomakkeen osia ei voi lukea. Muodon on oltava multipart/form-data, ja lähetyksen on tultava perille kokonaan.
problem-media-type = Sisällön muoto { $given } ei käy. Sallittuja ovat { $allowed }.
problem-body-too-large = Sisältö on liian suuri: enintään { NUMBER($most, useGrouping: 0) } tavua sallitaan.
problem-too-slow = Sisältö ei tullut perille: sitä odotettiin { NUMBER($seconds) } sekuntia. Lähetä se uudelleen.
problem-json-parts = Sisällössä on liikaa luetteloita ja objekteja: enintään { NUMBER($most, useGrouping: 0) } sallitaan. Lähetä pitkä litteraatti lomakkeen osana transcript.
problem-part-missing = Lomakkeesta puuttuu osa { $name }.
problem-part-twice = Lomakkeessa on osa { $name } kahdesti. Lähetä se vain kerran.
problem-part-unknown = Lomakkeessa on tuntematon osa { $name }. Sallittuja ovat audio, metadata ja transcript.
problem-unknown-parameter = Osoitteessa on tuntematon valinta { $name }. Sallittuja ovat: { $allowed }.
problem-parameter-twice = Osoitteessa on valinta { $name } kahdesti. Anna se vain kerran.
problem-idempotency-conflict = Samalla Idempotency-Key-avaimella on jo lähetetty toisenlainen pyyntö. Käytä uutta avainta.
problem-retain-days = Puhelua ei voi säilyttää { $value } päivää: organisaatio säilyttää puheluita enintään { $most } päivää. Anna pienempi retain_days tai jätä se pois.
problem-no-such-standard = Organisaatiolla ei ole suosituksia nimeltä { $name }. Tallenna ne ensin tai jätä kenttä standard pois.
problem-name-differs = Suositusten nimi on osoitteessa { $path } mutta sisällössä { $body }. Nimien on oltava samat.
problem-unknown-measure = Mittaria { $name } ei ole. Sallittuja ovat: { $allowed }.
problem-expired = Voimassaolon päättymishetki { $value } on jo ohi. Anna myöhempi hetki.
problem-fields =
    { $count ->
        [one] Yhtä kenttää ei voi käyttää; kohta errors kertoo sen.
       *[other] { NUMBER($count) } kenttää ei voi käyttää; kohta errors luettelee ne.
    }
problem-field-missing = Kenttä puuttuu.
problem-field-unknown = Kenttä on tuntematon. Tarkista nimi tai jätä kenttä pois.
problem-field-text = Tähän tarvitaan tekstiä.
problem-field-whole = Tähän tarvitaan kokonaisluku.
problem-field-number = Tähän tarvitaan luku.
problem-field-truth = Tähän tarvitaan true tai false.
problem-field-list = Tähän tarvitaan luettelo.
problem-field-object = Tähän tarvitaan objekti.
problem-field-form = Tekstissä on merkkejä, jotka eivät käy tähän, tai sen muoto on väärä.
problem-field-short = Teksti on liian lyhyt: vähintään { NUMBER($limit, maximumFractionDigits: 0) } merkkiä tarvitaan.
problem-field-long = Teksti on liian pitkä: enintään { NUMBER($limit, maximumFractionDigits: 0) } merkkiä sallitaan.
problem-field-many = Luettelo on liian pitkä: enintään { NUMBER($limit, maximumFractionDigits: 0) } sallitaan.
problem-field-keys = Objektissa on liikaa kenttiä: enintään { NUMBER($limit, maximumFractionDigits: 0) } sallitaan.
problem-field-few = Luettelo on liian lyhyt: vähintään { NUMBER($limit, maximumFractionDigits: 0) } tarvitaan.
problem-field-least = Luku on liian pieni: pienin sallittu on { NUMBER($limit, maximumFractionDigits: 2) }.
problem-field-most = Luku on liian suuri: suurin sallittu on { NUMBER($limit, maximumFractionDigits: 2) }.
problem-field-choice = Arvo ei käy. Sallittuja ovat: { $allowed }.
problem-field-time = Aikaa ei voi lukea. Muodon on oltava 2026-11-20T12:00:00+02:00.
problem-field-zone = Ajasta puuttuu aikavyöhyke. Muodon on oltava 2026-11-20T12:00:00+02:00.
problem-field-same-channel = Asiakaspalvelija ja asiakas eivät voi olla samalla kanavalla. Jos puhelussa on yksi kanava, anna "mono".
problem-field-other = Arvo { $value } ei käy tähän.

## Palvelun käynnistys ja avaimet komentoriviltä

serve-link = Avaa selaimessa: { $link }
    Linkki toimii kerran, { NUMBER($hours) } tunnin ajan. Uuden saat komennolla puhepeili keys link --role agent --agent agentti.
serve-several = Palvelu vastaa osoitteessa { $url }. Kirjautumislinkin saat komennolla puhepeili keys link.
error-queues = Jonoa { $value } ei ole. Jonot ovat { $allowed }.
error-no-key = Avainta { $value } ei ole, tai se on jo peruttu. Tunnukset näkee komennolla puhepeili keys list.
error-no-team = Tiimiä { $value } ei ole. Tiimit ovat: { $names }.
error-organisation-none = Organisaatioita ei ole vielä yhtään. Tee ensimmäinen komennolla puhepeili keys organisation NIMI.
error-organisation-which = Valitse organisaatio valitsimella --organisation. Organisaatiot ovat: { $names }.
