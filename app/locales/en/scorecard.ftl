# The scorecard's page, the terminal, and the list of measures.

page-product = Puhepeili
page-title = { $name } – Puhepeili
page-unnamed = Call
page-skip = Skip to the measures
page-agent-left = agent on the left channel
page-agent-right = agent on the right channel
page-agent-mono = one channel
page-facts-language = spoken language { $language ->
        [fi] Finnish
        [en] English
        [sv] Swedish
       *[other] { $language }
    }
page-facts-snr = signal to noise { $db } dB

page-warnings = About the recording
page-strengths = What goes well
page-strengths-none = No measure stood out as a strength in this call. Choose one below that you want to strengthen.
page-focus = One thing next
page-focus-none = Everything measured is within its norm or close to it. Keep it up.
page-focus-none-try = Choose one of your strengths and make it stronger: listen to a good place, say it aloud again, and take it into your next call.
page-nothing-measured = Nothing could be measured on this recording. The reason stands beside each measure.
page-try = Try this
page-listen = Listen
page-measures = Measures
page-timeline = Timeline of the call
page-transcript = Transcript
page-about = How to read this

group-tempo = Tempo and rhythm
group-pauses = Pauses
group-pitch = Pitch
group-loudness = Loudness
group-fillers = Filler words and filled pauses
group-openings = How sentences open

verdict-below = below the norm
verdict-within = within the norm
verdict-above = above the norm
verdict-info = no norm
verdict-not-measured = not measured

confidence-good = a reliable measurement
confidence-fair = a rough measurement
confidence-poor = an uncertain measurement

page-norm-between = Norm { $band } { $unit }
page-norm-least = Norm at least { $low } { $unit }
page-norm-most = Norm at most { $high } { $unit }
page-norm-source = Source: { $source }
page-norm-applies = ({ $whom })
page-house-rule = house rule
page-baseline = own baseline { $value } { $unit }
page-how = How it is measured
page-evidence = { $count ->
        [one] One place
       *[other] { $count } places
    }
page-evidence-more = The page has the first { $shown } of these; all { $count } are in the JSON scorecard.
page-check = listen and check
page-instead = Another way to say it:
page-no-time = no time
page-play-from = Play from { $time }
page-show-at = Show { $time } on the timeline

page-bar-label = { $value } { $unit }, { $verdict }
page-legend-value = value and typical error
page-legend-norm = norm
page-legend-baseline = own baseline

page-lane-agent = Agent speaks
page-lane-customer = Customer speaks
page-lane-waveform = Waveform
page-lane-pitch = Pitch, Hz
page-lane-level = Loudness, dB
page-lane-tempo = Tempo, syllables/s
page-lane-pauses = Pauses
page-lane-tempo-marks = Places of tempo
page-lane-pitch-marks = Places of pitch
page-lane-loudness-marks = Places of loudness
page-lane-fillers-marks = Filler words and filled pauses
page-lane-openings-marks = “Ei” and other negative openings
page-timeline-help = Click the timeline to move there. Keys: space plays and pauses, arrows move.
page-timeline-help-silent = Click the timeline or the time of a finding to highlight the place. This file has no audio in it.
page-timeline-thinned = In a long call the curves are thinned: one point is about { $seconds } s.
page-timeline-label = Timeline. Arrow keys move the position.
page-zoom-in = Zoom in
page-zoom-out = Zoom out
page-zoom-fit = Whole call
page-play = Play
page-pause = Pause
page-position = Position
page-speed = Speed
page-no-timeline = There is no timeline, since no speech was found.

page-agent = Agent
page-customer = Customer
page-no-transcript = The call has no text.
page-mark-ei = opening with “ei”
page-mark-negative = other negative opening
page-mark-filler = filler word or filled pause
page-mark-check = listen and check
page-transcript-source-asr = Text made by speech recognition.
page-transcript-source-supplied = Text supplied with the call.

page-about-learning = This card is for learning. It describes the use of the voice in one call, not the human being, and it may not be used for personnel decisions.
page-about-norms = A norm is a target band; its source stands beside the measure. A house rule is a target that Puhepeili or the organisation has chosen, not a research finding. Your own baseline comes from your own earlier calls.
page-about-errors = Every number has an error. The sign ± shows the typical error; when a value is outside its norm by less than that, take it as a borderline case.
page-about-listen = Always listen to a place before you believe a number. Places marked with a dotted line are uncertain.
page-about-made = What this was measured with
page-about-version = Version
page-about-standard = Norms
page-about-asr = Speech recognition
page-about-asr-none = not used
page-about-recording = Recording
page-about-bandwidth = bandwidth { $hz } Hz
page-about-clipped = clipped samples { $percent } %
page-about-sources = Sources and errors
page-about-measure = Measure
page-about-norm = Norm
page-about-source = Source
page-about-error = Typical error
page-about-none = not known
page-made-by = Puhepeili { $version }

text-listen = Listen: { $times }
text-table-measure = Measure
text-table-value = Value
text-table-norm = Norm
text-table-verdict = Result
text-bar-legend = ● value   ━ norm   ◇ own baseline
text-pauses = { $count } pauses, { $total } s in all. The longest is { $longest } s at { $at }.
text-pauses-none = No pauses were found.
text-not-measured = Not measured

measures-title = Measures
measures-unit = Unit
measures-norm = Norm
measures-norm-none = no norm; compared with your own baseline only
measures-source = Source
measures-error = Typical error
measures-error-none = not known yet
measures-how = How it is measured
