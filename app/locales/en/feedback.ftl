# Feedback: what goes well, what to take up next, and how to practise it.
# $value is the measured value, $bound the nearest bound of the norm.

strength-articulation_rate = Your tempo is good: { NUMBER($value, maximumFractionDigits: 1) } syllables per second. The pace leaves the listener time.
strength-speech_rate = With its pauses your speech moves at a good pace: { NUMBER($value, maximumFractionDigits: 1) } syllables per second.
strength-words_per_minute = You say { NUMBER($value, maximumFractionDigits: 0) } words per minute. The listener can keep up.
strength-tempo_variation = Your tempo lives: you slow down and speed up in good measure.
strength-pause_rate = You pause well: { NUMBER($value, maximumFractionDigits: 1) } pauses per minute. The listener gets a moment to take it in.
strength-mean_pause_duration = Your pauses are of a good length, { NUMBER($value, maximumFractionDigits: 2) } s on average.
strength-pause_ratio = Speech and pauses are in balance: { NUMBER($value, style: "percent", maximumFractionDigits: 0) } of your turns is pause.
strength-longest_pause = You did not leave the customer waiting: your longest pause was { NUMBER($value, maximumFractionDigits: 1) } s.
strength-f0_range = Your speech has melody: your pitch moves within { NUMBER($value, maximumFractionDigits: 1) } semitones.
strength-f0_sd = Your pitch varies in a lively way.
strength-f0_shift = You spoke at your own natural pitch.
strength-creak_share = There is little creak in your voice: { NUMBER($value, maximumFractionDigits: 0) } % of your speech.
strength-speech_level = Your voice comes through at a good level.
strength-level_range = You stress: important words stand out by their loudness.
strength-phrase_end_drop = Your voice carries to the end, so endings are heard too.
strength-filled_pause_rate =
    { NUMBER($value, maximumFractionDigits: 1) ->
        [0] Your speech has no filled pauses. You let a pause be silent.
       *[other] You have few filled pauses: { NUMBER($value, maximumFractionDigits: 1) } per minute.
    }
strength-filler_word_rate =
    { NUMBER($value, maximumFractionDigits: 1) ->
        [0] Your speech has no filler words.
       *[other] You have few filler words: { NUMBER($value, maximumFractionDigits: 1) } per hundred words.
    }
strength-ei_openings =
    { NUMBER($value, maximumFractionDigits: 0) ->
        [0] Not one of your sentences opens with “ei”. Keep to this.
       *[other] You seldom open a sentence with “ei”.
    }
strength-negative_openings =
    { NUMBER($value, maximumFractionDigits: 0) ->
        [0] Not one of your sentences opens with a negative verb. Openings are your strength.
       *[other] You seldom open a sentence with a negative verb.
    }

focus-ei_openings-above = You opened { NUMBER($value, maximumFractionDigits: 0) ->
        [one] one sentence
       *[other] { NUMBER($value, maximumFractionDigits: 0) } sentences
    } with “ei”. The beginning is what the listener remembers.
try-ei_openings-above = Listen to the places and write each a new opening that says first what can be done: “Katsotaan, miten voin auttaa” (let me see how I can help). Say the new openings aloud three times and use them in your next call. Then measure again.
focus-negative_openings-above = Openings with a negative verb: { NUMBER($value, maximumFractionDigits: 0) }. Often the same thing can be told so that what can be done comes first.
try-negative_openings-above = Pick one of the places and turn it round: “I cannot do it today” → “I can do it tomorrow.” Practise three familiar situations with a colleague and measure your next call.
focus-filled_pause_rate-above = There are { NUMBER($value, maximumFractionDigits: 1) } filled pauses (er, um, mm) per minute. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 1) }.
try-filled_pause_rate-above = When you notice yourself searching for a word, stop and breathe silently. A short silence is enough. Explain something familiar aloud for a minute and count the filled pauses. Repeat three times and compare.
focus-filler_word_rate-above = There are { NUMBER($value, maximumFractionDigits: 1) } filler words per hundred words. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 1) }.
try-filler_word_rate-above = Pick your most common filler word, just one. Put a note of it on the edge of your screen and leave a small pause in its place. When it has thinned out, take the next one.
focus-articulation_rate-above = Your tempo is fast: { NUMBER($value, maximumFractionDigits: 1) } syllables per second. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 1) }.
try-articulation_rate-above = Calm the rhythm. Choose the most important part of the call, such as a sum or a date, and say it so slowly that you could write it down yourself. Read one paragraph aloud twice and measure which one stays within the recommendation.
focus-articulation_rate-below = Your tempo is slow: { NUMBER($value, maximumFractionDigits: 1) } syllables per second. The recommendation is at least { NUMBER($bound, maximumFractionDigits: 1) }.
try-articulation_rate-below = Speed up the familiar parts and keep slowness for what matters. Read one paragraph aloud at your own pace and then a little faster, and measure both.
focus-speech_rate-above = Even with its pauses your speech moves fast: { NUMBER($value, maximumFractionDigits: 1) } syllables per second. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 1) }.
try-speech_rate-above = After each point, pause for one breath. Tell the solution of the call aloud in three parts and breathe between them.
focus-speech_rate-below = With its pauses your speech moves slowly: { NUMBER($value, maximumFractionDigits: 1) } syllables per second. The recommendation is at least { NUMBER($bound, maximumFractionDigits: 1) }.
try-speech_rate-below = Have the first sentence of your next point ready before you start. Tell the same thing aloud twice, the second time thought through, and measure both.
focus-words_per_minute-above = There are many words: { NUMBER($value, maximumFractionDigits: 0) } per minute. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 0) }.
try-words_per_minute-above = Cut one clause from each explanation. Tell something familiar aloud in half a minute and leave two proper pauses in it.
focus-words_per_minute-below = There are few words: { NUMBER($value, maximumFractionDigits: 0) } per minute. The recommendation is at least { NUMBER($bound, maximumFractionDigits: 0) }.
try-words_per_minute-below = Listen whether the slowness comes from pauses or from words. Practise one familiar explanation aloud until it flows, and measure again.
focus-pause_rate-below = There are few pauses: { NUMBER($value, maximumFractionDigits: 1) } per minute. The recommendation is at least { NUMBER($bound, maximumFractionDigits: 1) }. A pause lets the listener take it in.
try-pause_rate-below = Put a slash after each point in a practice text and breathe at the slash. Read it aloud, then try the same in the opening of your next call.
focus-pause_rate-above = Pauses come often: { NUMBER($value, maximumFractionDigits: 1) } per minute. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 1) }.
try-pause_rate-above = Take a thought to its end and pause only then. Read one sentence on one breath, the next on another. Try the same in the main explanation of a call.
focus-mean_pause_duration-above = Your pauses are long, { NUMBER($value, maximumFractionDigits: 2) } s on average. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 2) } s.
try-mean_pause_duration-above = Listen to the longest pauses: were you looking for information or for a word? When it is information, say so: “Let me look for a moment.” When it is a word, prepare familiar explanations and practise them aloud.
focus-mean_pause_duration-below = Your pauses are short, { NUMBER($value, maximumFractionDigits: 2) } s on average. The recommendation is at least { NUMBER($bound, maximumFractionDigits: 2) } s.
try-mean_pause_duration-below = Breathe in calmly through your nose in a pause, and it finds its own length. Read a paragraph aloud like this three times and measure the last one.
focus-pause_ratio-above = The share of pauses is large: { NUMBER($value, style: "percent", maximumFractionDigits: 0) }. The recommendation is at most { NUMBER($bound, style: "percent", maximumFractionDigits: 0) }.
try-pause_ratio-above = Listen where the longest pauses arise. Prepare that very explanation, practise it aloud, and measure your next call.
focus-pause_ratio-below = The share of pauses is small: { NUMBER($value, style: "percent", maximumFractionDigits: 0) }. The recommendation is at least { NUMBER($bound, style: "percent", maximumFractionDigits: 0) }.
try-pause_ratio-below = Tell it in three parts and breathe between them. Practise one familiar explanation this way and measure whether the share of pauses grows.
focus-longest_pause-above = Your longest pause was { NUMBER($value, maximumFractionDigits: 1) } s. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 1) } s. On the phone a long silence leaves the customer guessing.
try-longest_pause-above = Say what you are doing before you go quiet: “I am opening your details, it takes a moment.” Prepare three such sentences and use one in your next call.
focus-f0_range-below = Your pitch moves little: { NUMBER($value, maximumFractionDigits: 1) } semitones. The recommendation is at least { NUMBER($bound, maximumFractionDigits: 1) }. A flat melody hides what you stress.
try-f0_range-below = Choose the one most important word of each sentence and lift it with your pitch. Read a practice text first exaggerated, then naturally, and measure the latter.
focus-f0_range-above = Your pitch moves widely: { NUMBER($value, maximumFractionDigits: 1) } semitones. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 1) }.
try-f0_range-above = Breathe out calmly before you start, and bring the end of the sentence all the way down. Read a paragraph aloud three times and measure the last one.
focus-f0_sd-below = Your pitch stays rather level: it varies by { NUMBER($value, maximumFractionDigits: 1) } semitones. The recommendation is at least { NUMBER($bound, maximumFractionDigits: 1) }.
try-f0_sd-below = Read one sentence three times and stress a different word each time. Then choose a sentence from your call, say it with a new stress, and measure.
focus-f0_sd-above = Your pitch varies a lot: { NUMBER($value, maximumFractionDigits: 1) } semitones. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 1) }.
try-f0_sd-above = Stress only one word of a sentence and let the rest flow more evenly. Practise with three sentences and measure again.
focus-f0_shift-above = You spoke { NUMBER($value, maximumFractionDigits: 1) } semitones higher than your own usual level.
try-f0_shift-above = Compare your telephone voice with your talking voice. Relax your shoulders, breathe out, hum for a moment at a comfortable height, and say your opening at that height. Record three openings and measure.
focus-f0_shift-below = You spoke lower than your own usual level ({ NUMBER($value, maximumFractionDigits: 1) } semitones).
try-f0_shift-below = Your own natural pitch carries best. Lift your posture, hum for a moment at a comfortable height, and say your opening at that height. Record three openings and measure.
focus-creak_share-above = The voice creaks in { NUMBER($value, maximumFractionDigits: 0) } % of your speech. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 0) } %.
try-creak_share-above = Creak often comes at the end of a sentence when the air runs out. Take a small breath before the last thought and carry the voice to the end. Read five sentences like this and listen to their endings.
focus-speech_level-below = Your voice is quiet in the recording: { NUMBER($value, maximumFractionDigits: 0) } dBFS. The recommendation is at least { NUMBER($bound, maximumFractionDigits: 0) } dBFS.
try-speech_level-below = First check the place and level of your microphone. Then sit upright and speak as if the listener were across the table. Record the same opening twice and measure.
focus-speech_level-above = Your voice is very loud in the recording: { NUMBER($value, maximumFractionDigits: 0) } dBFS. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 0) } dBFS.
try-speech_level-above = First check the distance and level of your microphone. Then try speaking as if the listener sat next to you. Record the same opening twice and measure.
focus-level_range-below = Your loudness varies little: { NUMBER($value, maximumFractionDigits: 1) } dB. The recommendation is at least { NUMBER($bound, maximumFractionDigits: 1) } dB. What you stress goes unnoticed.
try-level_range-below = Underline one word in each sentence of a practice text and give it more strength. Read aloud twice, without and with the stress, and compare.
focus-level_range-above = Your loudness varies a lot: { NUMBER($value, maximumFractionDigits: 1) } dB. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 1) } dB. Quiet places may go unheard.
try-level_range-above = Keep the same distance to the microphone and carry the quiet words with the same strength. Read a paragraph aloud and listen whether every word is heard.
focus-phrase_end_drop-above = The ends of your stretches of speech fade by { NUMBER($value, maximumFractionDigits: 0) } dB. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 0) } dB. The most important thing is often at the end.
try-phrase_end_drop-above = Think of the last word of a sentence as the one that the customer writes down. Say five sentences so that the last word is as clear as the first, and measure.
focus-tempo_variation-below = Your tempo stays even: it varies by { NUMBER($value, maximumFractionDigits: 0) } %. The recommendation is at least { NUMBER($bound, maximumFractionDigits: 0) } %. An even rhythm can sound read from paper.
try-tempo_variation-below = Choose three places where you slow down on purpose: a name, a sum and the next step. Practise them aloud and measure your next call.
focus-tempo_variation-above = Your tempo varies a lot: { NUMBER($value, maximumFractionDigits: 0) } %. The recommendation is at most { NUMBER($bound, maximumFractionDigits: 0) } %.
try-tempo_variation-above = Listen to the fastest places and say them again aloud at the pace of the rest. Three repeats at a time are enough; then measure.
