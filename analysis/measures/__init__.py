"""One file, one measure, one pure function of the same name. Parameters come from a fixed vocabulary.

=============  ===========================================================================================
parameter      what it is
=============  ===========================================================================================
speech         the agent's speech, tuple of Segment
pauses         gaps of 250 ms or more inside the agent's own turns, tuple of Segment
turns          the agent's own turns (speech and own pauses), tuple of Segment
syllables      tuple of SyllableCount, one for each run of speech; None without any way to count
words          the agent's words, tuple of Word; None without a transcript
sentences      tuple of Sentence; None without a transcript
recognised     whether the transcript comes from a speech recogniser
fillers        tuple of Filler; None without a transcript
f0             PitchContour of the agent
levels         FrameLevels of the agent's channel
active         ActiveLevel of the agent's channel
clipped_ratio  share of clipped samples in the agent's channel
baseline       the agent's own earlier values by measure name; None without a baseline
language       language spoken, as ISO 639-1
=============  ===========================================================================================
"""
