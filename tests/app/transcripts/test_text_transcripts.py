"""Plain text, WebVTT and SubRip; encodings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from supplied import read, said, spans, times, warned

from app.errors import InputError
from app.transcripts import read_transcript

# --- known answer -----------------------------------------------------------------------------------------------------


def test_plain_text_one_turn_a_line(tmp_path: Path) -> None:
    found = read(
        tmp_path, "Agent: Hyvää päivää.\n\nAsiakas: Ei toimi.\nASIAKASPALVELIJA: Ei hätää!\nAgent: Ei kestä.\n"
    )
    assert said(found) == [
        ("agent", "Hyvää päivää."),
        ("customer", "Ei toimi."),
        ("agent", "Ei hätää!"),
        ("agent", "Ei kestä."),
    ]
    assert (found.kind, found.has_word_times, found.has_turn_times, found.warnings) == ("text", False, False, ())


@pytest.mark.parametrize("name", ["Agent", "agentti", "Asiakaspalvelija", "Myyjä", "AGENT 1", "[Agent]", "- Agent"])
@pytest.mark.parametrize("customer", ["Asiakas", "Customer", "caller", "SOITTAJA", "Asiakas 2"])
def test_role_names(tmp_path: Path, name: str, customer: str) -> None:
    found = read(tmp_path, f"{customer}: Moi.\n{name}: Hei.\n")
    assert said(found) == [("customer", "Moi."), ("agent", "Hei.")]
    assert found.warnings == ()


def test_lines_without_any_name_are_all_the_agents(tmp_path: Path) -> None:
    found = read(tmp_path, "Hyvää päivää.\r\nEi se haittaa: asia hoituu.\r\nSumma: 30 euroa\r\n")
    assert said(found) == [
        ("agent", "Hyvää päivää."),
        ("agent", "Ei se haittaa: asia hoituu."),
        ("agent", "Summa: 30 euroa"),
    ]


def test_a_line_without_a_name_goes_on_with_the_last_speaker(tmp_path: Path) -> None:
    assert said(read(tmp_path, "Agent: Hei.\nAsiakas: Moi.\nminulla on lasku\n")) == [
        ("agent", "Hei."),
        ("customer", "Moi."),
        ("customer", "minulla on lasku"),
    ]


def test_clock_times_time_the_turns(tmp_path: Path) -> None:
    text = "[00:01] Agent: Hei.\n[00:04.5] Asiakas: Moi.\n(1:02) Agent: Ei hätää.\n"
    found = read(tmp_path, text, duration_s=70.0)
    assert said(found) == [("agent", "Hei."), ("customer", "Moi."), ("agent", "Ei hätää.")]
    assert spans(found) == [(1.0, 4.5), (4.5, 62.0), (62.0, 70.0)]
    assert (found.has_turn_times, found.has_word_times) == (True, False)


def test_a_clock_time_that_is_said_stays_in_the_text(tmp_path: Path) -> None:
    found = read(tmp_path, "Agent: Hei.\n12:30 sopii hyvin.\n")
    assert said(found)[1] == ("agent", "12:30 sopii hyvin.")


def test_two_other_names_are_two_speakers(tmp_path: Path) -> None:
    found = read(tmp_path, "Maija: Hei.\nPekka: Moi.\nMaija: Ei hätää.\n")
    assert said(found) == [("agent", "Hei."), ("customer", "Moi."), ("agent", "Ei hätää.")]
    assert (warned(found), found.warnings[0].args) == (["warning-transcript-roles-guessed"], {"speaker": "Maija"})


def test_remarks_in_brackets_are_no_words_but_masks_are(tmp_path: Path) -> None:
    assert said(read(tmp_path, "Agent: [huokaa] Ei käy [PII].")) == [("agent", "Ei käy [PII].")]


WEBVTT = """WEBVTT - puhelu

NOTE tehty käsin

STYLE
::cue { color: red }

1
00:00:00.500 --> 00:00:01.700 align:start
<v Agent>Hyvää päivää,

2
00:00:01.700 --> 00:00:03.000
<v Agent>miten voin &amp; saan auttaa?</v>

00:00:03.200 --> 00:00:04.000
<v Asiakas>Lasku tuli väärin.

01:00:04.100 --> 01:00:05.000
<v.loud Agent>Ei hätää.
"""


def test_webvtt_voices(tmp_path: Path) -> None:
    found = read(tmp_path, WEBVTT)
    assert said(found) == [
        ("agent", "Hyvää päivää, miten voin& saan auttaa?"),
        ("customer", "Lasku tuli väärin."),
        ("agent", "Ei hätää."),
    ]
    assert spans(found) == [(0.5, 3.0), (3.2, 4.0), (3604.1, 3605.0)]
    assert (found.kind, found.has_turn_times, found.has_word_times, found.warnings) == ("webvtt", True, False, ())


def test_webvtt_names_in_the_text_and_two_voices_in_one_cue(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:00.000 --> 00:04.000\nAgent: Kiva.\n<b>Asiakas:</b> Joo.\n"
    text += "\n00:05.000 --> 00:06.000\nAgent: ei hätää\n"
    found = read(tmp_path, text)
    assert said(found) == [("agent", "Kiva."), ("customer", "Joo."), ("agent", "ei hätää")]
    assert [span[0] for span in spans(found) if span] == [0.0, pytest.approx(2.222, abs=0.001), 5.0]


def test_webvtt_times_inside_cues_are_word_times(tmp_path: Path) -> None:
    text = (
        "WEBVTT\n\n00:00:00.800 --> 00:00:02.500\n<v Agent>Ei <00:00:01.200><c>mitään</c> <00:00:01.900><c>hätää.</c>\n"
    )
    found = read(tmp_path, text)
    assert said(found) == [("agent", "Ei mitään hätää.")]
    assert times(found) == [[(0.8, 1.2), (1.2, 1.9), (1.9, 2.5)]]
    assert found.has_word_times


def test_a_cue_that_goes_on_with_a_small_letter_opens_no_turn(tmp_path: Path) -> None:
    cues = ["se lasku", "ei mennyt perille", "Ei hätää", "ei hätää."]
    stamps = [(0, 1), (1, 2), (2, 3), (5, 6)]
    text = "\n\n".join(
        f"{i}\n00:00:0{a},000 --> 00:00:0{b},000\n{cue}"
        for i, (cue, (a, b)) in enumerate(zip(cues, stamps, strict=True), 1)
    )
    assert said(read(tmp_path, text)) == [
        ("agent", "se lasku ei mennyt perille"),
        ("agent", "Ei hätää"),
        ("agent", "ei hätää."),
    ]


def test_subrip(tmp_path: Path) -> None:
    text = (
        "1\r\n00:00:01,200 --> 00:00:03,400\r\nAgentti: <i>Hyvää päivää.</i>\r\n\r\n"
        "2\r\n00:00:04,000 --> 00:00:05,000\r\nAsiakas: Moi.\r\n"
    )
    found = read(tmp_path, text)
    assert said(found) == [("agent", "Hyvää päivää."), ("customer", "Moi.")]
    assert spans(found) == [(1.2, 3.4), (4.0, 5.0)]
    assert (found.kind, found.has_turn_times, found.has_word_times) == ("subrip", True, False)


def test_subrip_without_numbers(tmp_path: Path) -> None:
    found = read(tmp_path, "00:00:01,200 --> 00:00:03,400\nHei, sinä.\n")
    assert (said(found), spans(found)) == ([("agent", "Hei, sinä.")], [(1.2, 3.4)])


def test_a_broken_cue_is_left_out_with_a_warning(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nHei.\n\n00:99.000 --> 01:02.000\nMoi.\n"
    found = read(tmp_path, text)
    assert (said(found), warned(found)) == ([("agent", "Hei.")], ["warning-transcript-cues-skipped"])


@pytest.mark.parametrize(
    ("encoding", "warnings"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("cp1252", ["warning-transcript-encoding"]),
        ("latin-1", ["warning-transcript-encoding"]),
    ],
)
def test_finnish_letters_come_through_every_encoding(tmp_path: Path, encoding: str, warnings: list[str]) -> None:
    found = read(tmp_path, "Agent: Päivää, Åke! Öö, ei hätää.\n".encode(encoding))
    assert said(found) == [("agent", "Päivää, Åke! Öö, ei hätää.")]
    assert warned(found) == warnings


def test_utf16_big_endian_with_its_mark(tmp_path: Path) -> None:
    assert said(read(tmp_path, b"\xfe\xff" + "Ei hätää".encode("utf-16-be"))) == [("agent", "Ei hätää")]


def test_letters_made_of_two_marks_are_composed(tmp_path: Path) -> None:
    assert said(read(tmp_path, "pa\u0308iva\u0308a\u0308")) == [("agent", "päivää")]


def test_a_lone_dash_or_mark_is_no_word(tmp_path: Path) -> None:
    assert said(read(tmp_path, "- Joo - ei se käy , kiitos !")) == [("agent", "Joo- ei se käy, kiitos!")]


# --- what cannot be used ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "error-transcript-empty"),
        (b" \n\t\r\n", "error-transcript-empty"),
        (b"\xef\xbb\xbf", "error-transcript-empty"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "error-transcript-binary"),
        (b"PK\x03\x04\x14\x00\x06\x00", "error-transcript-binary"),
        (b"\xff\xfea", "error-transcript-binary"),
        (bytes(range(1, 255)), "error-transcript-binary"),
        (b"<?xml version='1.0'?><tt/>", "error-transcript-unknown-text"),
        (b'File type = "ooTextFile"\nObject class = "TextGrid"\n', "error-transcript-unknown-text"),
        (b"WEBVTT\n", "error-transcript-no-words"),
        (b"WEBVTT\n\n00:aa --> 00:bb\nHei.\n", "error-transcript-bad-cues"),
        (b"1\n00:00:aa,000 --> 00:01:00,000\nHei.\n", "error-transcript-bad-cues"),
        (b"Asiakas: Moi.\n", "error-transcript-no-agent"),
        (b"... !!\n", "error-transcript-no-words"),
        (b"a" * 501, "error-transcript-long-word"),
        (b"ei " * 300_001, "error-transcript-too-many-words"),
    ],
)
def test_text_that_cannot_be_used_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, content)
    assert caught.value.message.id == problem
    assert str(caught.value).endswith((".", ".3.400."))


def test_clock_times_that_run_backwards_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'"Moi\." begins at 4 s, though the same speaker was already at 9 s'):
        read(tmp_path, "[00:09] Agent: Hei.\n[00:04] Asiakas: Moi.\n", duration_s=20.0)


def test_a_missing_file_a_folder_and_a_large_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file nowhere\.txt\."):
        read_transcript(tmp_path / "nowhere.txt")
    with pytest.raises(InputError, match="is a folder; a file is needed"):
        read_transcript(tmp_path)
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    with pytest.raises(InputError, match=r"The file large\.txt is too large; at most 20 MB is allowed\."):
        read_transcript(large)


def test_a_pipe_or_a_device_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(InputError, match=f"The file {path.name} cannot be opened"):
            read_transcript(path)


def test_a_text_with_far_too_many_words_is_refused_before_its_lines_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.transcripts.reading.read_plain", None)
    with pytest.raises(InputError, match=r"The transcript has 700,000 words; at most 300,000 are allowed\."):
        read(tmp_path, "joo\n" * 700_000)


def test_marks_without_letters_are_not_counted_as_words(tmp_path: Path) -> None:
    assert said(read(tmp_path, "Agent: ei" + " -" * 700_000))[0][1].startswith("ei--")
