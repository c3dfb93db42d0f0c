export-about =
    This file holds all that the service keeps on the agent { $agent }: { NUMBER($calls, useGrouping: 0) } { $calls ->
        [one] call
       *[other] calls
    }.

    agent.json: the agent's row. calls.json: each call and how long it is kept. scorecards: each call's scorecard with
    its transcript. verdicts.json: what listeners said about the findings. log.json: { $asker ->
        [agent] who saw or did what, and when
       *[other] what you saw or did yourself, and when
    }.
    audio: the recordings that are kept; the customer may be heard on them too.
