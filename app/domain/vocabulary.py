"""Names of things, their languages, and what the words around them do; no search in here."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Language(enum.StrEnum):
    """Language of a name; `ANY` for designations that are the same everywhere."""

    ANY = "any"
    ENGLISH = "en"
    GERMAN = "de"
    JAPANESE = "ja"
    CHINESE = "zh"
    TRADITIONAL_CHINESE = "zh_hant"
    KOREAN = "ko"
    FRENCH = "fr"
    SPANISH = "es"
    ITALIAN = "it"
    POLISH = "pl"
    PORTUGUESE = "pt"
    DUTCH = "nl"
    VIETNAMESE = "vi"
    RUSSIAN = "ru"


class Topic(enum.StrEnum):
    """What kind of thing a part is, so that a statement about the kind can cancel a default.

    A line that says "induction motor" cancels the rare-earth default of every machine in that
    line, but not that of a lamp. `MOTOR` is a motor of which nothing more is said; `DEVICE` is
    a whole product, whose name often only tells what a part is meant for.
    """

    MACHINE = "machine"
    MOTOR = "motor"
    MAGNET = "magnet"
    SOUND = "sound"
    STORAGE = "storage"
    BATTERY = "battery"
    CAPACITOR = "capacitor"
    LAMP = "lamp"
    DISPLAY = "display"
    OPTICS = "optics"
    DETECTOR = "detector"
    GENERATOR = "generator"
    CERAMIC = "ceramic"
    CATALYST = "catalyst"
    DEVICE = "device"
    OTHER = "other"


class Strength(enum.StrEnum):
    """What a name is good for, strongest first.

    Attributes:
        STRONG: States the thing on its own.
        INDICATIVE: Suggests it; raises a question only.
        WEAK: Counts only with a second hint in the same line, then like a strong one.
    """

    STRONG = "strong"
    INDICATIVE = "indicative"
    WEAK = "weak"


class WordRole(enum.StrEnum):
    """What a word of the vocabulary does to the words around it.

    Attributes:
        NEUTRAL: Looks like a name of ours and is none (`magnet wire`).
        INCLUSIVE: Says that what follows is part of it (`with`), against ACCESSORY and PURPOSE.
        INCLUSIVE_AFTER: The same, standing behind (`付き`).
        ACCESSORY: The part that serves another one; its owner is not in the line (`bracket`).
        ACCESSORY_FIRST: An accessory that stands before what it serves, as in German and the
            Romance and Slavic languages (`support moteur`).
        PURPOSE: Says that what follows is what the part serves (`for`).
        PURPOSE_AFTER: The same, standing behind (Japanese and Chinese `用`).
        NEGATION_BEFORE: Denies what follows (`free of`).
        NEGATION_AFTER: Denies what stands before (`-free`).
        OWNER: Marks a company, brand, person or place (`GmbH`).
        INGREDIENT_AFTER: Says that what stands before it is only a part of the goods (`coated`).
        MAGNET: Names a magnet, so that grades and metals next to it can be read.
        MATTER: Marks matter in bulk (`oxide`, `powder`, `purity`).
        COMPOUND: Chemistry in which an ambiguous name is an element (`酸化`).
        COATING: Coating of a magnet; says nothing about its inside.
        SHAPE: Shape of a bare magnet (`disc`, `ring`).
        ALTERNATIVE: Says that a list of alternatives is meant (`or`).
        RARE_EARTH: Says that some rare earth is there, without naming it.
        HEAVY_RARE_EARTH: Names the heavy ones, which a negation removes alone.
    """

    NEUTRAL = "neutral"
    INCLUSIVE = "inclusive"
    INCLUSIVE_AFTER = "inclusive_after"
    ACCESSORY = "accessory"
    ACCESSORY_FIRST = "accessory_first"
    PURPOSE = "purpose"
    PURPOSE_AFTER = "purpose_after"
    NEGATION_BEFORE = "negation_before"
    NEGATION_AFTER = "negation_after"
    OWNER = "owner"
    INGREDIENT_AFTER = "ingredient_after"
    MAGNET = "magnet"
    MATTER = "matter"
    COMPOUND = "compound"
    COATING = "coating"
    SHAPE = "shape"
    ALTERNATIVE = "alternative"
    RARE_EARTH = "rare_earth"
    HEAVY_RARE_EARTH = "heavy_rare_earth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name in one language.

    Attributes:
        exact: Upper and lower case must agree with the text.
    """

    text: str
    language: Language = Language.ANY
    strength: Strength = Strength.STRONG
    exact: bool = False
