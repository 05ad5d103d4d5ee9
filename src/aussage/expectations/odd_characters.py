"""Characters that no article and no name has, as a pattern of Python's."""

from __future__ import annotations

_NEVER_ASSIGNED = "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(17))
_SINGLE = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed
    r"\ufffd\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"  # replacement, private use
    rf"\ufdd0-\ufdef{_NEVER_ASSIGNED}"  # never to be assigned
    r"\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\u2028\u2029"  # directions, no width, separators
)
# UTF-8 that was read as Windows-1252; what a word in capitals that ends in Ã or Â can have after it is left out.
_MISREAD = r"Ã[¡-º¼-¿€‚ƒ„†‡ˆ‰Š‹ŒŽ‘“•–˜™š›œžŸ]|Â[\xa0-º¼-¿]|â€|ï»¿"
ODD = f"[{_SINGLE}]|{_MISREAD}"
ODD_IN_NAME = rf"[{_SINGLE}\t\n\xad]|{_MISREAD}"
