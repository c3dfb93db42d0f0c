# Why a measure could not be measured.

reason-no-transcript = The call has no text, and this measure is counted from words.
reason-syllables-unheard = Syllables could not be counted from the sound alone, since too little of the speech is voiced.
reason-no-word-times = The text has no word times, and this measure needs them.
reason-too-little-speech = There is only { NUMBER($seconds, maximumFractionDigits: 1) } s of speech; a reliable result needs at least { NUMBER($needed, maximumFractionDigits: 1) } s.
reason-too-few-words = There are only { NUMBER($words, maximumFractionDigits: 0) } words; a reliable result needs at least { NUMBER($needed, maximumFractionDigits: 0) }.
reason-no-words = No words of the agent's were found.
reason-too-noisy = There is too much background noise: speech is only { NUMBER($snr_db, maximumFractionDigits: 0) } dB above it.
reason-clipped = The recording is distorted: { NUMBER($percent, maximumFractionDigits: 1) } % of its samples are clipped.
reason-no-speech = No speech was found on the agent's channel.
reason-no-pauses = No pause was found inside the turns.
reason-too-little-voice = There is only { NUMBER($seconds, maximumFractionDigits: 1) } s of voiced sound; a reliable result needs at least { NUMBER($needed, maximumFractionDigits: 1) } s.
reason-no-baseline = There is no baseline of your own yet. It is built from earlier calls.
reason-baseline-lacks-it = Your own baseline does not have this measure.
reason-too-few-runs = There are only { NUMBER($runs, maximumFractionDigits: 0) } stretches of speech; a reliable result needs at least { NUMBER($needed, maximumFractionDigits: 0) }.
reason-both-voices = The agent and the customer are on one channel, so this cannot be measured for the agent alone.
reason-rate-too-low = The sample rate of the recording is too low for this measure.
reason-language =
    This is measured for Finnish speech only. The language of the call is { $language ->
        [en] English
        [sv] Swedish
        [et] Estonian
        [ru] Russian
        [und] another than Finnish
       *[other] { $language }
    }.
reason-unreliable-transcript = The recognised text of this call is too unreliable for this measure.
