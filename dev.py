# -*- coding: utf-8 -*-  # noqa: UP009 -- old interpreters must read this file
"""The one door to this checkout: ``python dev.py demo | test [--fast] | check | docs | bench``.

Standard library only. It makes ``.venv``, installs ``requirements.lock`` into it and runs the
command there. This file holds to old syntax, so that an old interpreter gets one
clear line and not a syntax error; the rest stands in ``tools/``.
"""

import sys

_OLDEST = (3, 11)


def main():  # type: () -> int
    """Run one command and return its exit code; 2 when this Python is too old."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console set to code page 936 must show the same text as any other.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    if sys.version_info < _OLDEST:
        sys.stderr.write(
            "需要 Python 3.11 或更新版本，当前是 {0}.{1}；请安装后用它运行 dev.py。 / "
            "Python 3.11 or newer is needed, this is {0}.{1}.\n".format(*sys.version_info[:2])
        )
        return 2
    from tools.commands import run  # noqa: PLC0415 -- the interpreter is checked first

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
