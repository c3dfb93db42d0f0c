"""Tells personal numbers by their check digits: identity codes, bank accounts, payment cards.

References
----------
.. [1] Digital and Population Data Services Agency, the personal identity code: remainder of the nine digits by 31,
       signs of the century since 2023.
.. [2] ISO 13616 and ISO 7064 MOD 97-10, account numbers. ISO/IEC 7812-1, annex B, card numbers.
"""

from __future__ import annotations

import re

_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
CENTURY_SIGNS = "+-ABCDEFUVWXY"
_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FINNISH_IBAN_DIGITS = 16


def is_birth_date(digits: str) -> bool:
    """Whether six digits are a day, a month and a year of two digits."""
    day, month = int(digits[:2]), int(digits[2:4])
    return 1 <= month <= 12 and 1 <= day <= _DAYS_IN[month - 1]


def identity_check(digits: str) -> str:
    """The check character of the nine digits of an identity code.

    Examples
    --------
    >>> identity_check("131052308")
    'T'
    """
    return _CHECK_CHARACTERS[int(digits) % 31]


def is_iban(text: str) -> bool:
    """Whether `text`, in capitals and without spaces, is an account number with a right check."""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{10,30}", text):
        return False
    return int("".join(str(int(character, 36)) for character in text[4:] + text[:4])) % 97 == 1


def is_card(digits: str) -> bool:
    """Whether `digits` are those of a payment card with a right check."""
    if not 13 <= len(digits) <= 19 or digits[0] not in "23456":
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0
