# Mallit: luettelo, haku ja tarkistus

models-task-transcription = puheentunnistus
models-task-speech-detection = puheen ja tauon erottelu
models-task-pitch = äänenkorkeus
models-size = { NUMBER($mb, maximumFractionDigits: 1) } Mt
models-size-unknown = kokoa ei ole julkaistu
models-place-here = Paikallaan: { $path }
models-place-embedded = Tuli asennuksen mukana; kootaan ensimmäisellä käyttökerralla.
models-place-none = Ei ole tällä koneella.
models-sha256-unknown = ei julkaistu; kirjataan muistiin ensimmäisellä haulla
models-verify-good = { $name }: kunnossa ({ $path })
models-verify-bad = { $name }: EI KUNNOSSA. { $problem }
models-fetched = Malli { $name } on paikallaan: { $path }

weights-note-base = Tulee ohjelman mukana, ei tarvitse verkkoa. Kuulee suomea kohtalaisesti ja tekee puhelinäänestä paljon kirjoitusvirheitä: sanoihin perustuvat havainnot kannattaa aina tarkistaa kuuntelemalla.
weights-note-small = Yli kolme kertaa basen kokoinen, joten hitaampi ja tarkempi. Suomen tarkkuutta ei ole mitattu tässä ohjelmassa.
weights-note-medium = Kymmenen kertaa basen kokoinen; ilman näytönohjainta hidas. Suomen tarkkuutta ei ole mitattu tässä ohjelmassa.
weights-note-large-v3 = Tarkin yleismalli, käytännössä näytönohjaimelle. Julkaistuja sanavirheosuuksia suomesta: 7,7–12 % (FLEURS, aineiston käsittelyn mukaan).
weights-note-large-v3-turbo = Karsittu large-v3, joka vie vain osan sen laskenta-ajasta. Suomen tarkkuutta ei ole mitattu tässä ohjelmassa.
weights-note-finnish-large-v3 = Suomeen opetettu large-v3 (Finnish-NLP), käytännössä näytönohjaimelle. Julkaistu sanavirheosuus 8,2 % (FLEURS ja Common Voice 11). Puhelinäänestä ei ole julkaistua lukua.
weights-note-silero-vad = Erottaa puheen hiljaisuudesta ja melusta kielestä riippumatta. Tulee faster-whisper-paketin mukana.
weights-note-swift-f0 = Mittaa äänenkorkeuden kielestä riippumatta. Tulee swift-f0-paketin mukana.

weights-unknown = Mallia { $name } ei tunneta. Käy jokin näistä: { $known }; mallin kansion polku (polussa on kauttaviiva); tai mallipankin nimi muodossa tekijä/malli.
weights-folder-incomplete = Mallin kansiosta { $folder } puuttuu: { $missing }. Kansiossa pitää olla faster-whisperille muunnettu malli kokonaan.
weights-not-here = Mallia { $name } ei ole tällä koneella (haettiin kansiosta { $folder }). Salli mallipankki asetuksissa ja anna ”puhepeili models fetch { $name }”, tai tuo mallin kansio itse. Malli base toimii ilman verkkoa.
weights-parts-missing = Mallia { $name } ei voi koota, koska asennuksesta puuttuu: { $packages }. Asenna puuttuvat paketit, esimerkiksi komennolla ”make setup”.
weights-wrong = Tiedosto { $file } ei ole se, mikä sen pitäisi olla: SHA-256 on { $found }, kuuluisi olla { $expected }. Poista mallin kansio ja hae malli uudelleen komennolla ”puhepeili models fetch”.
weights-no-space = Levytila loppui kansiossa { $folder }. Malli tarvitsee { NUMBER($needed_mb, maximumFractionDigits: 0) } Mt. Keskeneräistä ei jätetty käyttöön.
weights-cache-unusable = Mallien kansiota { $folder } ei voi käyttää: { $problem }. Anna kansio, johon saa kirjoittaa, tai kansio, jossa malli on jo valmiina.
weights-busy = Toinen ohjelma on asettanut mallia { $name } paikalleen jo { NUMBER($seconds, maximumFractionDigits: 0) } sekuntia. Yritä myöhemmin uudelleen.
weights-fetch-failed = Mallin { $name } haku mallipankista ({ $repository }) ei onnistunut: { $problem }. Malli base toimii ilman verkkoa.
