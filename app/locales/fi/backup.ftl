error-backup-there = Kansio { $folder } on jo olemassa: varmuuskopio tehdään uuteen kansioon.
error-backup-none = Kansiossa { $folder } ei ole kokonaista varmuuskopiota.
error-backup-version = Varmuuskopion versio on { $version }, mutta tämä palvelu lukee versiota { $known }.
error-backup-kind = Varmuuskopion tietokanta on { $has }, mutta palvelun asetuksissa on { $wanted }.
error-backup-damaged = Varmuuskopion tiedosto { $key } ei ole enää yhtä pitkä kuin se oli.
error-backup-program = Ohjelmaa { $program } ei ole tällä koneella: se kuuluu PostgreSQL:n asiakasohjelmiin.
error-backup-failed = { $program } ei päässyt loppuun: { $detail }
