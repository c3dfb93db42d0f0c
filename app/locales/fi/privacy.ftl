export-about =
    Tässä tiedostossa on kaikki, mitä palvelu säilyttää henkilöstä { $agent }: { NUMBER($calls, useGrouping: 0) } { $calls ->
        [one] puhelu
       *[other] puhelua
    }.

    agent.json: henkilön perustiedot. calls.json: puhelut ja niiden säilytysajat. scorecards: jokaisen puhelun
    tuloskortti ja teksti. verdicts.json: mitä kuuntelijat sanoivat havainnoista. log.json: { $asker ->
        [agent] kuka katsoi tai teki mitä ja milloin
       *[other] mitä itse katsoit tai teit ja milloin
    }. audio: säilytetyt tallenteet; niillä voi kuulua myös asiakas.
