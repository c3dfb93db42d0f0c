# Huomiot puhelun kohdista, varoitukset tallenteesta ja tekstin luotettavuus.

note-pause = Tauko, { NUMBER($seconds, maximumFractionDigits: 2) } s.
note-longest-pause = Puheenvuorojesi pisin tauko, { NUMBER($seconds, maximumFractionDigits: 1) } s.
note-filler-certain = Täytesana tai täyteäänne.
note-filler-check = Mahdollinen täytesana. Kuuntele ja päätä itse.
note-filler-from-audio = Löytyi äänestä, ei tekstistä. Kuuntele ja päätä itse.
note-fast-stretch = Puhelun nopein puhejakso: { NUMBER($rate, maximumFractionDigits: 1) } tavua/s.
note-slow-stretch = Puhelun hitain puhejakso: { NUMBER($rate, maximumFractionDigits: 1) } tavua/s.
note-quiet-end = Ääni hiljenee loppua kohti { NUMBER($drop, maximumFractionDigits: 0) } dB.
note-creak = Ääni narisee tässä.
note-high-pitch = Sävelkorkeus on tässä selvästi tavallista ylempänä.
note-low-pitch = Sävelkorkeus on tässä selvästi tavallista alempana.
note-flat-stretch = Puhelun tasaisin kohta: sävelkorkeus vaihtelee { NUMBER($sd, maximumFractionDigits: 1) } puolisävelaskelta.
note-loud-stretch = Puhelun voimakkain kohta.
note-quiet-stretch = Puhelun hiljaisin kohta puheessa.

warning-agent-guessed =
    Asiakaspalvelijan kanavaa ei kerrottu. Se pääteltiin: { $channel ->
        [left] vasen
        [right] oikea
       *[mono] ainoa kanava
    }. Tarkista, että mittaukset koskevat oikeaa puhujaa.
warning-both-voices = Asiakaspalvelija ja asiakas ovat samalla kanavalla. Luvut voivat koskea molempien puhetta.
warning-fake-stereo = Tallenteessa on kaksi kanavaa, mutta niissä on sama ääni.
warning-dead-channel =
    { $channel ->
        [left] Vasemmalla kanavalla
        [right] Oikealla kanavalla
       *[mono] Kanavalla
    } ei ole ääntä.
warning-noisy = Taustakohinaa on paljon: puhe on vain { NUMBER($snr_db, maximumFractionDigits: 0) } dB kohinan yläpuolella. Tulokset ovat tavallista epätarkempia.
warning-music = Tallenteessa on musiikkia, esimerkiksi odotusmusiikkia. Se on pyritty jättämään mittausten ulkopuolelle.
warning-tones = Tallenteessa on merkkiääniä, esimerkiksi valinta- tai varattuääniä. Ne on pyritty jättämään mittausten ulkopuolelle.
warning-detectors-disagree = Kaksi puheen etsintätapaa on eri mieltä { NUMBER($percent, maximumFractionDigits: 0) } prosentissa tallenteesta. Tauot ja puheaika ovat tavallista epävarmempia.
warning-clipped = Tallenne on säröytynyt: { NUMBER($percent, maximumFractionDigits: 1) } % näytteistä on leikkautunut. Laske mikrofonin tasoa.
warning-crosstalk = Toinen puhuja kuuluu asiakaspalvelijan kanavalla { NUMBER($level_db, maximumFractionDigits: 0) } dB:n tasolla asiakaspalvelijaan nähden. Osa kohdista voi olla hänen puhettaan.
warning-narrow-band = Tallenne on puhelinkaistainen. Äänen sävystä ja narinasta saa siitä vain karkean kuvan.
warning-not-finnish =
    Puhelun kieli näyttää olevan { $language ->
        [en] englanti
        [sv] ruotsi
        [et] viro
        [ru] venäjä
        [und] jokin muu kuin suomi
       *[other] { $language }
    }. Sanoihin perustuvat mittarit on tehty suomelle.
warning-transcript-does-not-fit = Annettu teksti ja ääni eivät näytä kuuluvan yhteen. Tarkista, että teksti on tästä puhelusta.
warning-very-quiet = Asiakaspalvelijan ääni on tallenteessa hyvin hiljainen. Tulokset ovat tavallista epätarkempia.
warning-nuclei-used = Tavut arvioitiin suoraan äänestä, koska luotettavaa tekstiä ei ole. Tempo on siksi tavallista karkeampi.

reliability-good = Teksti on luotettava. Yksittäinen virhe on silti mahdollinen.
reliability-fair = Teksti on enimmäkseen oikein, mutta siinä on virheitä. Kuuntele kohta ennen kuin uskot sitä.
reliability-poor = Tekstissä on paljon virheitä. Kuuntele kohta ennen kuin uskot sitä.
reliability-poor-asr-base = Teksti on pienen puheentunnistusmallin tekemä, ja suomeksi se on heikkoa tai enintään kohtalaista: sanoja on väärin ja osa puuttuu. Täyteäänteitä se jättää usein pois. Kuuntele jokainen kohta ennen kuin uskot sitä.
reliability-fair-asr-base = Teksti on pienen puheentunnistusmallin tekemä, ja suomeksi se on enintään kohtalaista: sanoja on väärin ja osa puuttuu. Täyteäänteitä se jättää usein pois. Kuuntele kohta ennen kuin uskot sitä.
reliability-asr-base = Teksti on pienen puheentunnistusmallin tekemä, ja suomeksi se on heikkoa tai enintään kohtalaista: sanoja on väärin ja osa puuttuu. Kuuntele kohta ennen kuin uskot sitä.
reliability-asr-large = Teksti on suuren puheentunnistusmallin tekemä. Se on enimmäkseen oikein, mutta siistii puhekieltä ja jättää täyteäänteitä pois.
reliability-supplied = Teksti annettiin puhelun mukana. Sen sisältöä ei ole muutettu.
reliability-good-asr-base = Teksti on pienen puheentunnistusmallin tekemä. Malli on itse varma sanoistaan, mutta suomessa se erehtyy varmanakin. Kuuntele kohta ennen kuin uskot sitä.
