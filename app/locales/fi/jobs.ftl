## Puhelun kulku työprosesseissa

error-job-crashed =
    Puhelua ei voitu pisteyttää, sillä käsittely keskeytyi useita kertoja. Vika on todennäköisesti tiedostossa tai tässä
    palvelussa, ei sinussa. Voit yrittää uudelleen. Jos käsittely keskeytyy taas, kerro siitä palvelun ylläpitäjälle.
error-job-no-audio = Puhelua ei voitu pisteyttää, sillä sen äänite ei ole enää tallessa. Lähetä äänite uudelleen.
