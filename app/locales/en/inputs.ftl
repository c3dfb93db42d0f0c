# Files that callers bring besides audio: transcripts, standards, baselines; and settings.

## Any file

error-supplied-missing = There is no file { $name }.
error-supplied-folder = { $name } is a folder; a file is needed.
error-supplied-unreadable = The file { $name } cannot be opened. Check that it is an ordinary file and that you may read it.
error-supplied-too-large = The file { $name } is too large; at most { NUMBER($limit, maximumFractionDigits: 0) } MB is allowed.

## Transcripts

error-transcript-empty = The transcript is empty.
error-transcript-binary = The transcript is not text. Allowed are plain text, WebVTT, SubRip and JSON, best saved as UTF-8.
error-transcript-unknown-text = The transcript is in a format that is not known (XML, HTML, RTF or TextGrid). Allowed are plain text, WebVTT, SubRip and JSON.
error-transcript-not-json = The transcript begins as JSON does but is not valid JSON: line { NUMBER($line, useGrouping: 0) }, column { NUMBER($column, useGrouping: 0) }.
error-transcript-unknown-json = The transcript is JSON of an unknown kind. Allowed are our own words list, Whisper, Deepgram, AssemblyAI, Amazon Transcribe and Azure.
error-transcript-nested = The transcript's JSON is nested too deeply to be read.
error-transcript-bad-shape = The transcript has something else than a list of objects in the field { $where }.
error-transcript-bad-cues =
    { $kind ->
        [subrip] The SubRip file has no caption that can be read; a time looks like 00:00:01,200 --> 00:00:03,400.
       *[webvtt] The WebVTT file has no caption that can be read; a time looks like 00:00:01.200 --> 00:00:03.400.
    }
error-transcript-bad-time = The transcript has a time that cannot be used: { $value }. A time is a number that is not below zero and not beyond reason.
error-transcript-backwards = The transcript's times run backwards: "{ $word }" begins at { NUMBER($start, maximumFractionDigits: 1) } s, though the same speaker was already at { NUMBER($before, maximumFractionDigits: 1) } s.
error-transcript-too-long = The transcript does not fit the recording: it ends at { NUMBER($end, maximumFractionDigits: 1) } s, and the recording lasts { NUMBER($duration, maximumFractionDigits: 1) } s. Check that it belongs to this recording and that its times are in seconds.
error-transcript-too-many-words = The transcript has { NUMBER($count, maximumFractionDigits: 0) } words; at most { NUMBER($limit, maximumFractionDigits: 0) } are allowed.
error-transcript-long-word = The transcript has a word of more than { $limit } characters: { $word }. Check that it is a transcript.
error-transcript-no-words = The transcript has no words.
error-transcript-no-agent = The transcript has no words of the agent. Check the speaker names (for example "Agent:" and "Asiakas:") or which channel is the agent's.

warning-transcript-encoding = The transcript is not UTF-8; it was read as Western European text (Windows-1252).
warning-transcript-roles-guessed = The transcript does not say who the agent is. The first speaker ({ $speaker }) was taken for the agent.
warning-transcript-others-left-out = The transcript has speakers without a known role ({ $speakers }). They were not counted as the agent.
warning-transcript-times-filled =
    { $count ->
        [one] One word had no time; it was placed between its neighbours.
       *[other] { $count } words had no time; they were placed between their neighbours.
    }
warning-transcript-times-fixed =
    { $count ->
        [one] One time in the transcript was out of order and was put right.
       *[other] { $count } times in the transcript were out of order and were put right.
    }
warning-transcript-word-times-partial = { $missing } of the transcript's { $count } words have no time, so word times were not used.
warning-transcript-cues-skipped =
    { $count ->
        [one] One caption could not be read and was left out.
       *[other] { $count } captions could not be read and were left out.
    }

## Standards

error-standard-not-text = The standard { $name } is not UTF-8 text.
error-standard-not-toml =
    { $line ->
        [0] The standard { $name } is not valid TOML.
       *[other] The standard { $name } is not valid TOML: line { NUMBER($line, useGrouping: 0) }, column { NUMBER($column, useGrouping: 0) }.
    }
error-standard-unknown-key = The standard has an unknown key, { $name }. Allowed are: { $allowed }.
error-standard-unknown-key-near = The standard has an unknown key, { $name }. Did you mean { $suggestion }? Allowed are: { $allowed }.
error-standard-unknown-measure = The standard has a norm for an unknown measure, { $name }. Allowed are: { $allowed }.
error-standard-unknown-measure-near = The standard has a norm for an unknown measure, { $name }. Did you mean { $suggestion }? Allowed are: { $allowed }.
error-standard-missing = The standard lacks the key { $key }.
error-standard-bad-value =
    { $expected ->
        [number] The standard's { $key } is { $value }; a number is needed.
        [whole] The standard's { $key } is { $value }; a whole number from 1 up is needed.
        [text] The standard's { $key } is { $value }; text in quotation marks is needed, not empty and not overlong.
        [truth] The standard's { $key } is { $value }; true or false is needed.
        [list] The standard's { $key } is { $value }; a list of at most a thousand words is needed, such as ["öö", "tota"].
        [table] The standard's { $key } is { $value }; a table is needed, such as [norms.pause_rate].
        [mode] The standard's { $key } is { $value }; "extend" or "replace" is needed.
       *[other] The standard's { $key } cannot be { $value }.
    }
error-standard-name = The standard's name cannot be "{ $value }". A name has 1 to 64 letters, digits, dots, hyphens and underscores, and begins with a letter or digit.
error-standard-reserved-name = The standard cannot be called { $name }: that is the name of the built-in standard.
error-standard-off-with-bounds = The norm of { $measure } is switched off (off = true) but has a bound as well. Keep one of them.
error-standard-no-bound = The norm of { $measure } has no bound. Give low, high or both, or switch the norm off: off = true.
error-standard-low-above-high = The norm of { $measure } has low { NUMBER($low, maximumFractionDigits: 3) } above high { NUMBER($high, maximumFractionDigits: 3) }.
error-standard-ratio = The norm of { $measure } has the bound { NUMBER($value, maximumFractionDigits: 3) }; it is a ratio, so from 0 to 1 is allowed (0.4 means 40 %).

## Baselines

error-baseline-not-scorecard = { $name } is not a scorecard of Puhepeili (JSON).
error-baseline-none =
    { $skipped ->
        [0] The folder { $name } has no scorecards (.json files).
       *[other] The folder { $name } has no scorecards; it has { $skipped } other .json { $skipped ->
            [one] file
           *[other] files
        }.
    }
error-baseline-unit = The scorecard { $name } gives { $measure } in { $unit }; { $expected } is needed.

## Settings

error-setting-unknown = There is no setting { $name }. Did you mean { $suggestion }?
error-setting-cache-dir = PUHEPEILI_CACHE_DIR cannot be { $value }; a folder is needed.
error-setting-model = PUHEPEILI_MODEL cannot be { $value }; the name of a model is needed, such as base.
error-setting-model-dir = PUHEPEILI_MODEL_DIR cannot be { $value }; a folder is needed.
error-setting-hub = PUHEPEILI_HUB cannot be { $value }; 1 or 0 is needed.
error-setting-max-duration-s = PUHEPEILI_MAX_DURATION_S cannot be { $value }; a number of seconds above zero is needed.
error-setting-max-file-bytes = PUHEPEILI_MAX_FILE_BYTES cannot be { $value }; a whole number of bytes above zero is needed.
error-setting-threads = PUHEPEILI_THREADS cannot be { $value }; a whole number from 0 to 1024 is needed, and 0 means all cores.
error-setting-locale = PUHEPEILI_LOCALE cannot be { $value }; fi or en is needed.
error-setting-data-dir = PUHEPEILI_DATA_DIR cannot be { $value }; a folder is needed.
error-setting-database-url = PUHEPEILI_DATABASE_URL cannot be { $value }; a database such as sqlite:////srv/puhepeili.db or postgresql://user:password@host/database is needed.
error-setting-blobs-url = PUHEPEILI_BLOBS_URL cannot be { $value }; a place such as file:///srv/audio or s3://bucket/prefix?endpoint=https://s3.example.com&region=eu-north-1 is needed.
error-setting-public-url = PUHEPEILI_PUBLIC_URL cannot be { $value }; an address such as https://puhepeili.example.com is needed, without a slash at the end.
error-setting-listen-host = PUHEPEILI_LISTEN_HOST cannot be { $value }; an address of this machine is needed, such as 127.0.0.1 or 0.0.0.0.
error-setting-listen-port = PUHEPEILI_LISTEN_PORT cannot be { $value }; a whole number from 1 to 65535 is needed.
error-setting-retain-days = PUHEPEILI_RETAIN_DAYS cannot be { $value }; a whole number of days from 1 to 36500 is needed.
error-setting-requests-per-minute = PUHEPEILI_REQUESTS_PER_MINUTE cannot be { $value }; a whole number above zero is needed.
error-setting-session-hours = PUHEPEILI_SESSION_HOURS cannot be { $value }; a whole number of hours from 1 to 720 is needed.
error-setting-max-queued-calls = PUHEPEILI_MAX_QUEUED_CALLS cannot be { $value }; a whole number above zero is needed.
error-setting-min-free-bytes = PUHEPEILI_MIN_FREE_BYTES cannot be { $value }; a whole number of bytes, zero or more, is needed.
error-setting-internal-hosts = PUHEPEILI_INTERNAL_HOSTS cannot be { $value }; names of hosts or networks with commas between are needed, such as recorder.local,10.1.0.0/16.
error-setting-lease-grace-s = PUHEPEILI_LEASE_GRACE_S cannot be { $value }; a number of seconds from 1 to 3600 is needed.
error-setting-drain-s = PUHEPEILI_DRAIN_S cannot be { $value }; a number of seconds from 0 to 86400 is needed.
error-setting-step-tries = PUHEPEILI_STEP_TRIES cannot be { $value }; a whole number from 1 to 20 is needed.
error-setting-step-retry-s = PUHEPEILI_STEP_RETRY_S cannot be { $value }; a number of seconds from 0 to 3600 is needed.
error-setting-step-timeout-s = PUHEPEILI_STEP_TIMEOUT_S cannot be { $value }; a number of seconds above zero and at most 86400 is needed.
error-setting-step-timeout-per-second = PUHEPEILI_STEP_TIMEOUT_PER_SECOND cannot be { $value }; a number from 0 to 1000 is needed.
error-setting-child-memory-bytes = PUHEPEILI_CHILD_MEMORY_BYTES cannot be { $value }; a whole number of bytes is needed, zero or more.

## Where the default norms come from

norm-source-house = house rule
norm-source-f0_range = house rule: 3.29 times the low bound of f0_sd, as if pitch were normally distributed; that bound is derived from Laukkanen & Waaramaa, Puhe ja kieli, journal.fi/pk article 119691
norm-source-f0_sd = derived from Laukkanen & Waaramaa, Puhe ja kieli, journal.fi/pk article 119691: one standard deviation below the mean (2.7 st, SD 0.68)
norm-source-f0_shift = house rule: the training asks for one's own natural pitch
norm-source-ei_openings = house rule: the training asks not to open a sentence with the word ei
norm-applies-men-reading = Finnish men reading aloud in a studio; no such figure was found for women
