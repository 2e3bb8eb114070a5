"""The Chinese font of pictures: the same on every machine, installed with the package.

A machine without any Chinese font would draw boxes; a missing font is an error, not a fallback.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import noto_cjk_sans_otc
import vl_convert

FAMILY = "Noto Sans CJK SC"


@cache
def register_font() -> str:
    """Make the font known to the picture writer once and return its family name.

    Raises
    ------
    FileNotFoundError
        If the font file is not in the installed package.
    """
    folder = Path(noto_cjk_sans_otc.__file__).parent
    if not any(folder.glob("*.ttc")):
        raise FileNotFoundError(f"no font file beside {noto_cjk_sans_otc.__name__}")
    vl_convert.register_font_directory(str(folder))
    return FAMILY
