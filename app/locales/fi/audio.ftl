# Miksi tallennetta ei voi käyttää: mikä on vialla, mikä arvo on ja mikä kelpaisi.
error-audio-missing = Tiedostoa ei löydy. Anna tallenteen polku.
error-audio-unreadable = Tiedostoa ei voi avata. Sen on oltava tavallinen tiedosto, johon sinulla on lukuoikeus.
error-audio-empty = Tiedosto on tyhjä (0 tavua). Siinä pitäisi olla puhelun tallenne.
error-audio-too-large = Tiedoston koko on { NUMBER($size_mb, maximumFractionDigits: 0) } Mt, mutta suurin sallittu koko on { NUMBER($limit_mb, maximumFractionDigits: 0) } Mt.
error-audio-not-audio = { $kind ->
    [playlist] Tiedosto on soittolista tai osoiteluettelo eikä tallenne
    [page] Tiedosto on verkkosivu tai muu merkkauskielinen tiedosto eikä tallenne
    [picture] Tiedosto on kuva eikä tallenne
    [archive] Tiedosto on pakattu arkisto eikä tallenne
    [document] Tiedosto on asiakirja eikä tallenne
    [video] Tiedosto on video, jonka muotoa ei tueta
    [text] Tiedosto on tekstiä eikä tallenne
   *[unknown] Tiedosto ei ole mitään tuettua äänimuotoa, tai siitä puuttuu otsake
    }. Tuetut muodot ovat WAV, MP3, M4A/AAC, OGG (Opus, Vorbis), FLAC, WebM, AMR, GSM, AU, CAF ja AIFF.
error-audio-header = Tallenteen otsake on rikki tai katkennut, joten ääntä ei löydy. Tallenna tai vie puhelu uudelleen.
error-audio-no-track = Tiedostossa ei ole ääniraitaa. Siinä pitäisi olla puhelun tallenne.
error-audio-codec = Ääni on pakattu muotoon ”{ $codec }”, jota ei tueta. Tallenna se muotoon WAV, MP3, M4A, Opus tai FLAC.
error-audio-channels = Tallenteessa on { $channels } kanavaa. Kanavia saa olla 1 tai 2.
error-audio-rate-low = Näytteenottotaajuus { NUMBER($rate_hz, useGrouping: 0) } Hz on liian matala puheen mittaamiseen. Sen on oltava vähintään { NUMBER($limit_hz, useGrouping: 0) } Hz.
error-audio-rate-high = Näytteenottotaajuus { NUMBER($rate_hz, useGrouping: 0) } Hz on liian korkea puheen tallenteelle. Se saa olla enintään { NUMBER($limit_hz, useGrouping: 0) } Hz.
error-audio-too-long = Tallenne on liian pitkä. Se saa kestää enintään { $limit }.
error-audio-no-samples = Tallenteessa on otsake mutta ei lainkaan ääntä (0 s). Ääntä tarvitaan vähintään puoli sekuntia.
error-audio-too-short = Tallenne kestää { NUMBER($seconds, maximumFractionDigits: 4) } s. Sen on kestettävä vähintään { NUMBER($limit_s, maximumFractionDigits: 1) } s.
error-audio-damaged = Tallenne on vioittunut: siitä saatiin luettua vain { NUMBER($seconds, maximumFractionDigits: 2) } s, ja ääntä tarvitaan vähintään { NUMBER($limit_s, maximumFractionDigits: 1) } s.

# Mitä käytetystä tallenteesta on hyvä tietää.
warning-cut-short = Tiedosto katkeaa kesken: sen pitäisi kestää { NUMBER($stated_s, maximumFractionDigits: 1) } s, mutta siitä on tallella vain { NUMBER($seconds, maximumFractionDigits: 1) } s.
warning-damaged = Tiedosto on paikoin vioittunut: ääntä saatiin luettua { NUMBER($seconds, maximumFractionDigits: 1) } s, ja puuttuvat kohdat ovat hiljaisia.
warning-gaps = Tallenteesta puuttuu ääntä yhteensä { NUMBER($seconds, maximumFractionDigits: 1) } s. Nämä kohdat ovat hiljaisia.
warning-header-length = Otsakkeen mukaan tallenne kestää { NUMBER($stated_s, maximumFractionDigits: 1) } s, mutta tiedostossa on ääntä { NUMBER($seconds, maximumFractionDigits: 1) } s. Mittauksessa käytettiin todellista ääntä.
warning-not-finite = { $count ->
    [one] Yksi tallenteen näytteistä ei ole luku. Se tulkittiin hiljaisuudeksi.
   *[other] { $count } tallenteen näytettä ei ole lukuja. Ne tulkittiin hiljaisuudeksi.
    }
warning-over-full-scale = { $count ->
    [one] Yksi näyte ylittää täyden asteikon. Se rajattiin ja laskettiin leikkautuneeksi.
   *[other] { $count } näytettä ylittää täyden asteikon. Ne rajattiin ja laskettiin leikkautuneiksi.
    }
warning-dc-offset = Kanavassa { $channel } on vakiopoikkeama { NUMBER($offset, maximumFractionDigits: 2) } (täysi asteikko on 1). Vika voi olla tallentimessa tai linjassa.
warning-other-tracks = { $count ->
    [one] Tiedostossa on ensimmäisen lisäksi toinenkin ääniraita. Vain ensimmäistä käytettiin.
   *[other] Tiedostossa on ensimmäisen lisäksi { $count } muuta ääniraitaa. Vain ensimmäistä käytettiin.
    }
