error-webhook-unknown-host = Palvelinta { $host } ei ole, joten tapahtumia ei voi lähettää sinne.
webhook-error-status = Vastaanottaja vastasi virheellä.
webhook-error-gone = Vastaanottaja ei halua enää tapahtumia (410), joten lähetys sinne on lopetettu.
webhook-error-timeout = Vastaanottaja ei vastannut 15 sekunnissa.
webhook-error-unreachable = Vastaanottajaan ei saatu yhteyttä.
webhook-error-broken = Yhteys vastaanottajaan katkesi.
webhook-error-refused = Vastaanottajan osoite ei ole avoimessa internetissä.
webhook-error-disabled = Lähetys tälle vastaanottajalle on pois käytöstä.
