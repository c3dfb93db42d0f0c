error-one-channel-only = Äänitteessä on vain yksi kanava, joten asiakaspalvelija ei voi olla { $asked ->
    [right] oikealla
   *[left] vasemmalla
 }.
error-agent-channel-silent = { $channel ->
    [left] Vasemmalla
   *[right] Oikealla
 } kanavalla ei kuulu mitään, vaikka sen pitäisi olla asiakaspalvelijan kanava. Kokeile toista.
error-embed-audio-needs-html = Valinta --embed-audio toimii vain muodossa html, ei muodossa { $form }.
error-out-is-folder = Valinnan --out on oltava tiedosto, mutta { $path } on kansio.
error-out-no-folder = Kansiota, johon { $path } kuuluisi, ei ole. Tee se ensin.
error-out-not-written = Tiedostoa { $path } ei voitu kirjoittaa: { $why }.
error-model-missing = Puheentunnistusmallia { $name } ei voi käyttää: { $why }
warning-no-speech = Mitatulta kanavalta ei löytynyt puhetta.
error-model-broken = Puheentunnistusmallin { $name } tiedostot ovat paikallaan, mutta mallia ei voi ladata. Tarkista ne komennolla: puhepeili models verify.
error-language-unknown = Kieltä { $language } ei ole. Anna kielen ISO 639-1 -koodi, esimerkiksi fi, sv tai en.
error-transcript-does-not-fit = Teksti ei sovi tallenteeseen: puhetta olisi { NUMBER($rate, maximumFractionDigits: 1) } tavua sekunnissa, ja ihminen ehtii sanoa enintään { NUMBER($limit, maximumFractionDigits: 0) }.
error-system = Kone kieltäytyi: { $why }.
error-unexpected = Jokin meni vikaan, eikä sen olisi pitänyt ({ $kind }: { $why }). Mitään ei kirjoitettu.
