# Palvelun sivut selaimessa: kirjautuminen, puhelun lähetys, omat puhelut ja tuloskortti.

## Kehys

pages-title = { $page } – Puhepeili
pages-skip = Siirry sisältöön
pages-other-language = In English
pages-sign-out = Kirjaudu ulos
pages-signed-in-trainer = Valmentaja
pages-signed-in-platform = Järjestelmä
pages-signed-in-admin = Ylläpitäjä
pages-learning = Luvut on tarkoitettu oppimiseen, ei henkilöstöpäätöksiin.
pages-no-script = Tämä sivu tarvitsee JavaScriptin. Ota se käyttöön selaimen asetuksista ja lataa sivu uudelleen.
pages-home = Omat puhelut
pages-home-team = Tiimin puhelut
pages-home-all = Lähetetyt puhelut
pages-to-home = Etusivulle
pages-version = Puhepeili { $version }

## Ennen kirjautumista

pages-welcome = Kuule, miten puhut
pages-welcome-what = Puhepeili mittaa puhelun äänitteestä, miten käytät ääntäsi: tempoa, taukoja, sävelkorkeutta, voimakkuutta, täytesanoja ja virkkeiden alkuja. Tuloskortti näyttää, mikä sujuu ja mitä kannattaa kokeilla seuraavaksi. Jokaisen havainnon voit kuunnella itse.
pages-welcome-in = Näin pääset sisään
pages-welcome-link = Avaa henkilökohtainen kirjautumislinkkisi. Jos sinulla ei ole linkkiä tai se ei enää toimi, pyydä uusi palvelun ylläpitäjältä.
pages-welcome-own = Käynnistitkö palvelun itse? Linkki näkyy siinä ikkunassa, jossa annoit käynnistyskomennon (esimerkiksi make run).

## Kirjautumislinkki

pages-sign-in = Kirjaudu sisään
pages-sign-in-lead = Linkkisi on valmis. Paina painiketta, niin pääset puheluihisi.
pages-sign-in-once = Linkki toimii kerran.
pages-sign-in-broken = Linkki on vajaa. Avaa se kokonaan sellaisena kuin sait sen, tai pyydä uusi.
pages-sign-in-already = Olet jo kirjautunut.
pages-sign-in-go-on = Jatka puheluihin

## Ylläpitäjä

pages-admin = Puhelut eivät näy ylläpitäjälle
pages-admin-why = Ylläpitäjä hoitaa avaimet, tiimit, suositukset ja säilytysajat, mutta ei näe puheluita eikä tuloskortteja.
pages-admin-how = Tee kirjautumislinkki sille, jonka puheluista on kyse:
pages-admin-keys = Avaimet, tiimit ja säilytysajat hoituvat rajapinnassa ja komennolla puhepeili keys.

## Puhelun lähetys

pages-send = Lähetä puhelu
pages-drop = Pudota puhelun äänite tähän
pages-choose = Valitse tiedosto
pages-drop-now = Päästä irti, niin lähetys alkaa
pages-formats = WAV, MP3, M4A, OGG, Opus, FLAC, WebM, AMR ja muut tavalliset äänimuodot.
pages-limits = Enintään { NUMBER($length, maximumFractionDigits: 1) } { $span ->
        [h] tuntia
       *[min] minuuttia
    } ja { NUMBER($size, maximumFractionDigits: 1) } { $unit ->
        [gb] Gt
       *[mb] Mt
    } kerralla.
pages-agent = Kenen puhelu?
pages-agent-choose = Valitse
pages-channel = Mistä äänesi kuuluu?
pages-channel-team = Mistä asiakaspalvelijan ääni kuuluu?
pages-channel-guess = Palvelu päättelee
pages-channel-left = Vasemmalta
pages-channel-right = Oikealta
pages-channel-mono = Vain minä puhun
pages-channel-mono-team = Vain hän puhuu

## Luettelo

pages-list-more = Näytä lisää
pages-list-empty = Ei vielä puheluita
pages-list-empty-how = Pudota ensimmäinen äänite yllä olevaan ruutuun, niin tuloskorttisi ilmestyy tähän.
pages-list-empty-team = Tiimin puhelut ilmestyvät tähän, kun ensimmäinen on lähetetty.
pages-list-loading = Haetaan puheluita…

## Poisto

pages-erase-title = Poistetaanko puhelu?
pages-erase-what = Äänite, puhelun teksti ja kaikki luvut poistetaan pysyvästi. Poistoa ei voi perua.
pages-erase-yes = Poista pysyvästi
pages-erase-no = Älä poista

## Kuka on katsonut

pages-looks = Kuka on katsonut puheluitani?
pages-looks-why = Tässä näkyy jokainen kerta, kun joku muu on avannut puhelusi tai tuloskorttisi.
pages-looks-more = Näytä vanhempia

## Tuloskortti

pages-card = Tuloskortti
pages-card-frame = Tuloskortti: { $name }
pages-card-unnamed = Puhelu
pages-card-print = Tulosta
pages-card-download = Lataa
pages-card-csv = Mittaukset taulukkona (CSV)
pages-card-textgrid = Puhelun teksti aikoineen (TextGrid)
pages-card-erase = Poista
pages-back = Puhelut
pages-waiting = Tuloskortti ei ole vielä valmis
pages-waiting-lead = Tuloskortti avautuu tähän itsestään, kun se on valmis.
pages-waiting-ended = Tästä puhelusta ei ole tuloskorttia

## Skriptin tekstit

pages-js-today = tänään klo { $time }
pages-js-yesterday = eilen klo { $time }
pages-js-day = { $day } klo { $time }
pages-js-unnamed = Nimetön puhelu
pages-js-waits-to-send = Odottaa lähetysvuoroa
pages-js-sending = Lähetetään { $percent } %
pages-js-storing = Tallennetaan
pages-js-queued = Jonossa
pages-js-stage-fetch = Haetaan äänitettä
pages-js-stage-decode = Luetaan äänitettä
pages-js-stage-detect = Etsitään puhetta
pages-js-stage-transcribe = Kirjoitetaan puhetta tekstiksi
pages-js-stage-measure = Mitataan
pages-js-stage-begun = Aloitetaan
pages-js-working = { $stage } · { $percent } %
pages-js-succeeded = Tuloskortti on valmis
pages-js-failed = Ei onnistunut
pages-js-cancelled = Keskeytetty
pages-js-progress-of = Eteneminen: { $name }
pages-js-cancel = Keskeytä
pages-js-cancel-of = Keskeytä: { $name }
pages-js-retry = Yritä uudelleen
pages-js-retry-of = Yritä uudelleen: { $name }
pages-js-resend = Lähetä uudelleen
pages-js-resend-of = Lähetä uudelleen: { $name }
pages-js-erase = Poista
pages-js-erase-of = Poista: { $name }
pages-js-dismiss = Sulje
pages-js-dismiss-of = Poista luettelosta: { $name }
pages-js-erase-question = Poistetaanko { $name }?
pages-js-said-sending = Lähetetään: { $name }
pages-js-said-queued = Lähetetty ja jonossa: { $name }
pages-js-said-working = Käsittely alkoi: { $name }
pages-js-said-succeeded = Tuloskortti on valmis: { $name }
pages-js-said-failed = Ei onnistunut: { $name }. { $reason }
pages-js-said-cancelled = Keskeytetty: { $name }
pages-js-said-erased = Poistettu: { $name }
pages-js-error-network = Yhteys palveluun katkesi. Sivu jatkaa itsestään, kun yhteys palaa.
pages-js-error-upload = Lähetys katkesi. Tarkista verkkoyhteys ja lähetä uudelleen.
pages-js-error-session = Istuntosi on päättynyt. Pyydä uusi kirjautumislinkki ja avaa se.
pages-js-error-unknown = Palvelu ei osannut vastata. Yritä hetken päästä uudelleen.
pages-js-error-empty = Tiedosto on tyhjä tai se on kansio. Valitse puhelun äänite.
pages-js-error-kind = Tiedosto ei ole äänite. Valitse äänitiedosto, esimerkiksi WAV, MP3 tai M4A.
pages-js-error-size = Tiedosto on liian suuri. Lähetä lyhyempi tai tiiviimmin pakattu äänite.
pages-js-error-agent = Valitse ensin, kenen puhelu on.
pages-js-error-frame = Tuloskorttia ei voitu avata. Lataa sivu uudelleen.
pages-js-looks-none = Kukaan muu ei ole katsonut puheluitasi.
pages-js-look = { $who } { $what }
pages-js-role-trainer = Valmentaja
pages-js-role-platform = Lähettävä järjestelmä
pages-js-role-admin = Ylläpitäjä
pages-js-role-system = Palvelu itse
pages-js-action-call-read = avasi puhelun tiedot
pages-js-action-call-cancelled = keskeytti käsittelyn
pages-js-action-call-retried = pani puhelun uudelleen jonoon
pages-js-action-scorecard-read = luki tuloskortin
pages-js-action-audio-read = kuunteli äänitteen
pages-js-action-transcript-exported = latasi puhelun tekstin
pages-js-action-findings-read = luki kuuntelijoiden arviot
pages-js-action-finding-judged = arvioi havainnon
pages-js-action-events-read = seurasi käsittelyä
pages-js-action-trend-read = katsoi mittarin kehitystä
pages-js-action-batch-read = luki erän tulokset
pages-js-action-scorecard-rescored = laski tuloskortin uudelleen
pages-js-action-agent-exported = vei kaikki tietosi tiedostoon
pages-js-action-call-erased = poisti puhelun
pages-js-signing-in = Kirjaudutaan…
