warning-rescored-fillers = This call was held against the standard { $standard } afterwards. Its filler words were not looked for anew; filler counts are by the standard of the first scoring.
reason-stored = It was not measured when the call was scored.
