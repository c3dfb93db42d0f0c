# Notes on places in the call, warnings about the recording, and how far the text can be trusted.

note-pause = A pause of { NUMBER($seconds, maximumFractionDigits: 2) } s.
note-longest-pause = The longest pause of your turns, { NUMBER($seconds, maximumFractionDigits: 1) } s.
note-filler-certain = A filler word or hesitation sound.
note-filler-check = Possibly a filler. Listen and decide for yourself.
note-filler-from-audio = Found in the audio, not in the text. Listen and decide for yourself.
note-fast-stretch = The fastest stretch of speech in the call: { NUMBER($rate, maximumFractionDigits: 1) } syllables/s.
note-slow-stretch = The slowest stretch of speech in the call: { NUMBER($rate, maximumFractionDigits: 1) } syllables/s.
note-quiet-end = The voice fades by { NUMBER($drop, maximumFractionDigits: 0) } dB towards the end.
note-creak = The voice creaks here.
note-high-pitch = The pitch here is clearly higher than usual.
note-low-pitch = The pitch here is clearly lower than usual.
note-flat-stretch = The flattest place in the call: pitch varies by { NUMBER($sd, maximumFractionDigits: 1) } semitones.
note-loud-stretch = The loudest place in your speech.
note-quiet-stretch = The quietest place in your speech.

warning-agent-guessed =
    The agent's channel was not told. It was inferred: { $channel ->
        [left] left
        [right] right
       *[mono] the only channel
    }. Check that the measures describe the right speaker.
warning-both-voices = The agent and the customer are on one channel. The numbers may describe both.
warning-fake-stereo = The recording has two channels, but they carry the same sound.
warning-dead-channel =
    { $channel ->
        [left] The left channel
        [right] The right channel
       *[mono] The channel
    } is silent.
warning-noisy = There is much background noise: speech is only { NUMBER($snr_db, maximumFractionDigits: 0) } dB above it. Results are less exact than usual.
warning-music = There is music in the recording, such as music on hold. It has been kept out of the measures as far as possible.
warning-tones = There are signal tones in the recording, such as dialling or busy tones. They have been kept out of the measures as far as possible.
warning-detectors-disagree = Two ways of finding speech disagree on { NUMBER($percent, maximumFractionDigits: 0) } % of the recording. Pauses and speaking time are less certain than usual.
warning-clipped = The recording is distorted: { NUMBER($percent, maximumFractionDigits: 1) } % of its samples are clipped. Lower the microphone level.
warning-crosstalk = The other speaker is heard on the agent's channel at { NUMBER($level_db, maximumFractionDigits: 0) } dB relative to the agent. Some places may be their speech.
warning-narrow-band = The recording has telephone bandwidth. It gives only a rough picture of timbre and creak.
warning-not-finnish =
    The language of the call seems to be { $language ->
        [en] English
        [sv] Swedish
        [et] Estonian
        [ru] Russian
        [und] another than Finnish
       *[other] { $language }
    }. The measures that count words are made for Finnish.
warning-transcript-does-not-fit = The text and the audio do not seem to belong together. Check that the text is from this call.
warning-very-quiet = The agent's voice is very quiet in the recording. Results are less exact than usual.
warning-nuclei-used = Syllables were estimated from the sound, since there is no reliable text. The tempo is rougher than usual.

reliability-good = The text is reliable. A single error is still possible.
reliability-fair = The text is mostly right but has errors. Listen to a place before you believe it.
reliability-poor = The text has many errors. Listen to a place before you believe it.
reliability-poor-asr-base = The text was made by a small speech model, and in Finnish it is poor to fair at best: it misspells and drops words, and often leaves hesitation sounds out. Listen to every place before you believe it.
reliability-fair-asr-base = The text was made by a small speech model, and in Finnish it is fair at best: it misspells and drops words, and often leaves hesitation sounds out. Listen to a place before you believe it.
reliability-asr-base = The text was made by a small speech model, and in Finnish it is poor to fair at best: it misspells and drops words. Listen to a place before you believe it.
reliability-asr-large = The text was made by a large speech model. It is mostly right, but it tidies colloquial speech and leaves hesitation sounds out.
reliability-supplied = The text was supplied with the call. Its content has not been changed.
reliability-good-asr-base = The text was made by a small speech model. The model is sure of its words, but in Finnish it errs even when it is sure. Listen to a place before you believe it.
