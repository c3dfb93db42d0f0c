# Many calls as one run: errors, progress and the overview page.

error-batch-source-missing = There is no { $source }. Give a folder or a list of calls.
error-batch-source-kind = { $source } is neither a folder nor a list of calls. Give a folder, or a list that ends with one of { $allowed }.
error-batch-no-calls = No recording was found in { $source }.
error-batch-workers = { NUMBER($workers) } calls at a time is not possible. Give 1 or more, or 0 for all cores.
error-batch-manifest-unread = The list of calls { $file } cannot be read: { $why }.
error-batch-manifest-encoding = The character encoding of the list of calls { $file } is not known. Save it as UTF-8.
error-batch-manifest-columns = The list of calls { $file } has the columns { $found }. The column path is needed, each may stand once, and allowed are { $allowed }.
error-batch-manifest-line = Line { NUMBER($line, useGrouping: 0) } of the list of calls { $file } cannot be read. In CSV a line has no more fields than the header; in JSON Lines it is one object.
error-batch-row-without-path = Line { NUMBER($line, useGrouping: 0) } of the list has no recording in the column path.
error-batch-row-agent = { $agent } is not possible in the column agent. Allowed are { $allowed }.
error-batch-file-missing = There is no file { $file }.
error-batch-out-not-folder = The folder for results, { $out }, is a file. Give a folder.
error-batch-out-not-empty = The folder for results, { $out }, is not empty. Go on with the earlier run with --resume, or give another folder.
error-batch-out-foreign = { $out } has files but no earlier run to go on with. Give another folder.
error-batch-out-unwritable = The folder for results, { $out }, cannot be made: { $why }.
error-batch-out-busy = Another run is writing to { $out }. Wait for it to end, or give another folder.
error-batch-unwritten = The results cannot be written to { $out }: { $why }. Calls that are done are kept; go on with --resume.
error-batch-interrupted = The run was stopped. Calls that are done are kept in { $out }; go on with --resume.
error-batch-worker-start = A worker process did not start (exit code { NUMBER($code, useGrouping: 0) }). See that there is free memory, or score fewer calls at a time with --workers.
error-batch-crashed = The program crashed twice on this recording (exit code { NUMBER($code, useGrouping: 0) }). The file is probably damaged, or memory ran out.
error-batch-unexpected = An unexpected error came up with this recording: { $type } { $why }

batch-progress-unit = call
batch-progress = { NUMBER($hours, maximumFractionDigits: 1) } h of audio, { NUMBER($failed) } failed
batch-transcript-left-out = The transcript { $file } was not used: { $why }

batch-title = Calls at a glance
batch-lead = How the voice was used: every measure over all calls, and the way to each call's scorecard.
batch-purpose = These figures are for learning. They are not a basis for personnel decisions.
batch-calls = { $n ->
    [one] call scored
   *[other] calls scored
 }
batch-hours = hours of audio
batch-failures = { $n ->
    [one] call could not be scored
   *[other] calls could not be scored
 }
batch-number = { NUMBER($n) }
batch-focus-heading = Most common things to practise
batch-focus-line = { $n ->
    [one] 1 call
   *[other] { NUMBER($n) } calls
 } ({ NUMBER($share) }%)
batch-measures-heading = Measures
batch-group-tempo = Tempo
batch-group-pauses = Pauses
batch-group-pitch = Pitch
batch-group-loudness = Loudness
batch-group-fillers = Fillers and filler words
batch-group-openings = Openings
batch-legend-band = recommended range
batch-legend-median = median
batch-legend-values = calls (up to 40 calls are drawn as dots, more as columns)
batch-median = median
batch-share = { NUMBER($share) }% of calls within range
batch-verdicts = below { NUMBER($below) } · within { NUMBER($within) } · above { NUMBER($above) }
batch-no-band = no recommended range
batch-measured-in = measured in { $n ->
    [one] 1 call
   *[other] { NUMBER($n) } calls
 }
batch-band = range { $band } { $unit }
batch-bands-vary = The range differs from call to call; the most common one is drawn.
batch-band-at-most = at most { $high }
batch-band-at-least = at least { $low }
batch-chart-title = Distribution: { $n ->
    [one] 1 call
   *[other] { NUMBER($n) } calls
 }, median { $median }
batch-unmeasured = Could not be measured in any call: { $names }.
batch-calls-heading = Calls
batch-calls-hint = Sort by clicking a heading. ▼ below the range, ▲ above the range, – not measured.
batch-find = Find a call or an agent:
batch-show-all = Show all { NUMBER($n) } calls
batch-column-call = Call
batch-column-agent = Agent
batch-column-duration = Duration
batch-column-within = Within range
batch-column-focus = To practise
batch-errors-heading = Calls without a scorecard
batch-column-error = Why
batch-none-scored = No call could be scored.
