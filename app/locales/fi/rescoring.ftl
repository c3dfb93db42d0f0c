warning-rescored-fillers = Puhelua on verrattu suosituksiin { $standard } jälkikäteen. Niiden täytesanoja ei ole etsitty uudelleen, joten täytesanojen määrät ovat ensimmäisen arvion mukaiset.
reason-stored = Tätä ei mitattu, kun puhelu arvioitiin.
