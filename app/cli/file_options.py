"""What a caller says about an odd file as options, the same for every command."""

from __future__ import annotations

from typing import Annotated

import typer

Columns = Annotated[
    str | None,
    typer.Option(
        metavar="FIELD:HEADER,...",
        help="Which column is what, such as description:Bezeichnung,quantity:Menge; the header "
        "may be a letter or a number, the field `ignore` drops a column.",
        show_default=False,
    ),
]
Encoding = Annotated[
    str | None, typer.Option(help="Encoding of a text file, such as cp932.", show_default="found")
]
Delimiter = Annotated[
    str | None,
    typer.Option(help="Sign between cells, or comma, semicolon, tab.", show_default="found"),
]
Sheet = Annotated[
    str | None, typer.Option(help="Name of the only sheet to read.", show_default="every table")
]
HeaderRow = Annotated[
    int | None,
    typer.Option(help="Row of the header; 0 says that there is none.", min=0, show_default="found"),
]
