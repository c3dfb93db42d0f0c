# Miksi mittaria ei voitu mitata.

reason-no-transcript = Puhelusta ei ole tekstiä, ja tämä mittari lasketaan sanoista.
reason-syllables-unheard = Tavuja ei voitu laskea pelkästä äänestä, koska puheesta liian pieni osa on soinnillista.
reason-no-word-times = Tekstissä ei ole sanojen aikoja, joita tämä mittari tarvitsee.
reason-too-little-speech = Puhetta on vain { NUMBER($seconds, maximumFractionDigits: 1) } s; luotettavaan tulokseen tarvitaan vähintään { NUMBER($needed, maximumFractionDigits: 1) } s.
reason-too-few-words = Sanoja on vain { NUMBER($words, maximumFractionDigits: 0) }; luotettavaan tulokseen tarvitaan vähintään { NUMBER($needed, maximumFractionDigits: 0) }.
reason-no-words = Asiakaspalvelijan sanoja ei löytynyt.
reason-too-noisy = Taustakohinaa on liikaa: puhe on vain { NUMBER($snr_db, maximumFractionDigits: 0) } dB kohinan yläpuolella.
reason-clipped = Tallenne on säröytynyt: { NUMBER($percent, maximumFractionDigits: 1) } % näytteistä on leikkautunut.
reason-no-speech = Asiakaspalvelijan kanavalta ei löytynyt puhetta.
reason-no-pauses = Puheenvuorojen sisältä ei löytynyt yhtään taukoa.
reason-too-little-voice = Soinnillista ääntä on vain { NUMBER($seconds, maximumFractionDigits: 1) } s; luotettavaan tulokseen tarvitaan vähintään { NUMBER($needed, maximumFractionDigits: 1) } s.
reason-no-baseline = Omaa perustasoa ei ole vielä. Se syntyy aiemmista puheluista.
reason-baseline-lacks-it = Omasta perustasosta puuttuu tämä mittari.
reason-too-few-runs = Puhejaksoja on vain { NUMBER($runs, maximumFractionDigits: 0) }; luotettavaan tulokseen tarvitaan vähintään { NUMBER($needed, maximumFractionDigits: 0) }.
reason-both-voices = Asiakaspalvelijan ja asiakkaan äänet ovat samalla kanavalla, eikä tätä voi mitata vain asiakaspalvelijasta.
reason-rate-too-low = Tallenteen näytetaajuus on liian matala tähän mittariin.
reason-language =
    Tämä mitataan vain suomenkielisestä puheesta. Puhelun kieli on { $language ->
        [en] englanti
        [sv] ruotsi
        [et] viro
        [ru] venäjä
        [und] jokin muu kuin suomi
       *[other] { $language }
    }.
reason-unreliable-transcript = Puheentunnistuksen teksti on tässä puhelussa liian epäluotettava tähän mittariin.
