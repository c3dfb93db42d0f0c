## Mitä palvelu säilyttää: avaimet, luettelot, tiedostot

error-principal-role = Roolia { $value } ei ole. Roolit ovat agent, trainer, platform ja admin.
error-principal-agent = Asiakaspalvelijan tunnus kuuluu vain rooliin agent, ja siinä se on pakollinen. Annettu rooli on { $role }.
error-principal-team = Tiimi kuuluu vain rooliin trainer, ja siinä se on pakollinen. Annettu rooli on { $role }.
error-page-limit = Sivulla ei voi olla { $value } riviä: sallittu määrä on 1–{ $most }.
error-page-cursor = Kohdistin { $value } ei ole tämän palvelun tekemä. Käytä edellisen sivun next_cursor-arvoa sellaisenaan.
error-upload-too-large = Tiedosto on liian suuri: enintään { NUMBER($most, maximumFractionDigits: 0) } tavua sallitaan.
error-retry-late = Puhelua ei voi enää yrittää uudelleen: lähetetty aineisto säilyy { $days } päivää epäonnistumisen jälkeen. Lähetä tallenne uudelleen.
