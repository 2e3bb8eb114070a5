"""A command that shows how it is called, in its help and whenever it was called wrongly."""

from __future__ import annotations

from typing import Any

import click


class Verb(click.Command):
    """A command with an example of its use.

    Parameters
    ----------
    example : the arguments of one call, as they follow the command's own name
    """

    def __init__(self, *given: Any, example: str, **settings: Any) -> None:
        super().__init__(*given, **{"options_metavar": "[选项]", **settings})
        self.example = example

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example below the options."""
        formatter.write_paragraph()
        formatter.write(self._example(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; whatever is wrong with them is told with the example."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            told = click.UsageError(f"{error.format_message()}\n\n{self._example(ctx)}", ctx)
            raise told from error

    def _example(self, ctx: click.Context) -> str:
        return f"例：{ctx.command_path} {self.example}\n"
