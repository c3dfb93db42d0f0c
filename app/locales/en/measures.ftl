# Measures: name, meaning, unit and method. The ids are the names in analysis/catalogue.py.

measure-articulation_rate = Speech tempo
    .meaning = How fast you speak while you are speaking: pauses are left out.
    .unit = syllables/s
    .how = Syllables divided by speaking time. Syllables are counted from the text by the rules of Finnish; without a reliable text they are estimated from the sound.

measure-speech_rate = Speech tempo with pauses
    .meaning = How fast the message moves for the listener, with your own pauses counted in.
    .unit = syllables/s
    .how = Syllables divided by the length of your turns: speech and the pauses inside them.

measure-words_per_minute = Words per minute
    .meaning = How many words you say in a minute, pauses included.
    .unit = words/min
    .how = Words divided by the length of your turns. Finnish words are long, so the number is lower than in English.

measure-tempo_variation = Tempo variation
    .meaning = How much your tempo lives: slower where it matters, faster where it is familiar.
    .unit = %
    .how = Standard deviation of the tempo of stretches of speech, relative to the mean tempo, long stretches weighing more.

measure-phonation_time = Speaking time
    .meaning = How long you spoke during the call, pauses left out.
    .unit = s
    .how = Sum of the stretches of speech on the agent's channel.

measure-pause_rate = Pause frequency
    .meaning = How often you pause so that the listener can follow.
    .unit = pauses/min
    .how = Silent pauses inside your turns (a quarter of a second or more), per minute of your own turns. Silences between turns are not counted.

measure-mean_pause_duration = Mean pause length
    .meaning = How long your pauses are on average.
    .unit = s
    .how = Mean length of the silent pauses inside your turns.

measure-pause_ratio = Share of pauses
    .meaning = How much of your turns is silent pause.
    .unit = %
    .how = Total pause time divided by the time of speech and pauses together.

measure-longest_pause = Longest pause
    .meaning = The longest silence inside one of your own turns.
    .unit = s
    .how = The longest of the pauses inside turns. A silence that the customer ends by speaking is not counted.

measure-f0_median = Pitch
    .meaning = The height at which your voice mostly moves. Everyone has a natural pitch of their own, and it is not compared with others.
    .unit = Hz
    .how = Median fundamental frequency of voiced speech, creak left out.

measure-f0_range = Pitch range
    .meaning = How wide an area your pitch moves in: how much melody your speech has.
    .unit = semitones
    .how = Distance from the 5th to the 95th percentile of fundamental frequency, in semitones.

measure-f0_sd = Pitch variation
    .meaning = How lively your pitch rises and falls as you speak.
    .unit = semitones
    .how = Standard deviation of fundamental frequency, in semitones.

measure-f0_shift = Shift from own baseline
    .meaning = How much higher or lower you speak than you usually do.
    .unit = semitones
    .how = Pitch of this call against the level of your own earlier calls, in semitones.

measure-creak_share = Creak
    .meaning = In how much of your speech the voice creaks.
    .unit = %
    .how = Share of creaky stretches in voiced speech. A lower bound: some creak goes unfound.

measure-speech_level = Loudness
    .meaning = How strong your voice is in the recording. The microphone and its distance matter too.
    .unit = dBFS
    .how = Mean level during speech, relative to the top of the recording's scale (0 dBFS). People cannot be compared by it, since equipment matters.

measure-level_range = Loudness variation
    .meaning = How much your loudness lives: whether stressed words stand out.
    .unit = dB
    .how = Distance from the 10th to the 90th percentile of the level of speech, read over stretches of a syllable.

measure-phrase_end_drop = Fading endings
    .meaning = How much your voice fades at the end of a stretch of speech. A large number means that endings may go unheard.
    .unit = dB
    .how = How much softer the end of a stretch of speech (0.4 s) is than the rest of it; median of all stretches.

measure-filled_pause_rate = Filled pauses
    .meaning = How often there is an er, um or mm where a silent pause could be.
    .unit = times/min
    .how = Hesitation sounds found in the text and in the audio, per minute of your own turns.

measure-filler_word_rate = Filler words
    .meaning = How often you use filler words, such as the Finnish niinku, tota and tavallaan.
    .unit = / 100 words
    .how = Filler words found in the text, per hundred words.

measure-ei_openings = Openings with “ei”
    .meaning = How many times you open a sentence with the word ei (no). Say first what can be done.
    .unit = times
    .how = Sentences whose first word is exactly ei. A hesitation sound before it is passed over; every place is listed.

measure-negative_openings = Negative openings
    .meaning = How many times you open a sentence with a negative verb, such as ei, en, et or emme.
    .unit = times
    .how = Sentences whose first word is a form of the negative verb, clitics included. Questions (eikö, etkö) are not counted.
