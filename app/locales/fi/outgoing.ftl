error-outgoing-no-url = Tämä ei ole verkko-osoite: osoitteen pitää olla esimerkiksi muotoa https://tallennin.example.com/puhelu.wav.
error-outgoing-long-url = Osoite on liian pitkä: enimmäispituus on { $most } merkkiä.
error-outgoing-scheme = Osoitetta, jonka alussa on { $scheme }:, ei voi hakea: osoitteen alussa pitää olla https:.
error-outgoing-credentials = Palvelimen { $host } osoitteessa on käyttäjätunnus tai salasana, joka jäisi talteen. Käytä allekirjoitettua linkkiä.
error-outgoing-not-https = Palvelimeen { $host } saa ottaa yhteyden vain https:llä. Http käy vain niille oman verkon palvelimille, jotka ylläpitäjä on sallinut.
error-outgoing-refused = Palvelimeen { $host } ei oteta yhteyttä: sen osoite tai portti ei ole avoimessa internetissä (https, portti 443 tai 8443). Ylläpitäjä voi sallia oman verkon palvelimia asetuksella PUHEPEILI_INTERNAL_HOSTS.
