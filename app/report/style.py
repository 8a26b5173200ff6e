"""The style sheet of the HTML report, for screens from phone size up and for paper in A4."""

from __future__ import annotations

from app.report.palette import ACCENT, BAND, BAND_TINT, INK, MUTED, PAPER, RULE

_SCREEN = f"""
.report {{ color-scheme: light; background: {PAPER}; color: {INK}; max-width: 62rem; margin: 0 auto;
  padding: 1.5rem 1.25rem 3rem; font: 15px/1.5 system-ui, "Noto Sans", "Noto Sans CJK JP",
  sans-serif; overflow-wrap: break-word; }}
.report *, .report *::before {{ box-sizing: border-box; }}
.report h1 {{ font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; }}
.report h2 {{ font-size: 1.25rem; line-height: 1.3; margin: 2.25rem 0 .25rem; padding-top: .75rem;
  border-top: 2px solid {INK}; }}
.report h3 {{ font-size: 1rem; margin: 1.25rem 0 .35rem; }}
.report p {{ margin: .35rem 0 .75rem; }}
.report a {{ color: {ACCENT}; }}
.report a:focus-visible, .report [tabindex]:focus-visible {{ outline: 3px solid {ACCENT};
  outline-offset: 2px; }}
.report small {{ font-size: .82em; color: {MUTED}; }}
.report code {{ font-family: ui-monospace, "Noto Sans Mono", monospace; font-size: .88em; }}
.report ul.notes, .report ol.sources {{ padding-left: 1.4rem; margin: .35rem 0 .75rem; }}
.report ol.sources {{ font-size: .87em; }}
.report ol.sources li {{ margin-bottom: .3rem; break-inside: avoid; }}
.report .kicker {{ color: {MUTED}; margin: 0 0 .25rem; font-size: .9rem; letter-spacing: .04em; }}
.report .intro {{ color: {MUTED}; max-width: 48rem; }}
.report .note {{ color: {MUTED}; font-size: .9em; }}
.report .cite {{ font-size: .78em; color: {MUTED}; white-space: nowrap; }}
.report .cite a {{ text-decoration: none; padding: 2px; }}
.report dl {{ margin: 0; }}
.report dt {{ color: {MUTED}; font-size: .82em; }}
.report dd {{ margin: 0; }}
.report dl.question, .report dl.about {{ display: flex; flex-wrap: wrap; gap: .5rem 1.75rem; }}
.report dl.question {{ padding: .6rem 0; border-top: 1px solid {RULE};
  border-bottom: 1px solid {RULE}; }}
.report dl.question dd {{ font-weight: 600; }}
.report .verdict {{ display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: center;
  margin-top: 1rem; }}
.report .gauge {{ flex: 1 1 17rem; max-width: 22rem; }}
.report .verdict > div:last-child {{ flex: 2 1 24rem; }}
.report .answer {{ font-size: 1.14rem; line-height: 1.5; }}
.report .facts {{ list-style: none; padding: 0; margin: 0; }}
.report .facts li {{ border-top: 1px solid {RULE}; padding: .3rem 0; }}
.report svg {{ display: block; width: 100%; height: auto; }}
.report svg.bar {{ min-width: 7rem; max-width: 20rem; }}
.report svg.timeline {{ min-width: 40rem; }}
.report .wide {{ overflow-x: auto; }}
.report table {{ border-collapse: collapse; width: 100%; font-size: .9em; line-height: 1.4; }}
.report caption {{ position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }}
.report th, .report td {{ text-align: left; vertical-align: top; padding: .4rem .55rem;
  border-bottom: 1px solid {RULE}; font-weight: normal; }}
.report thead th {{ font-weight: 600; font-size: .88em; color: {MUTED}; vertical-align: bottom;
  border-bottom: 1.5px solid {INK}; }}
.report .n {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }}
.report table.bars td:nth-child(2) {{ width: 26%; vertical-align: middle; }}
.report .whole {{ white-space: nowrap; }}
.report table.elements th[scope="row"] {{ min-width: 7.5em; }}
.report table.elements td:nth-child(4) {{ min-width: 7em; }}
.report .symbol {{ display: inline-block; min-width: 1.6em; }}
.report .band {{ display: inline-block; padding: 0 .45em; border-radius: .7em; font-size: .82em;
  border: 1px solid; white-space: nowrap; color: {INK}; }}
.report .badge {{ display: inline-block; padding: 0 .4em; border: 1.5px solid {MUTED};
  border-radius: .25em; font-weight: 600; }}
.report .badge.licence_required, .report .badge.enhanced_licence, .report .badge.case_by_case
  {{ border-color: {BAND["high"]}; }}
.report .badge.prohibited, .report .badge.presumption_of_denial {{ background: {BAND["severe"]};
  border-color: {BAND["severe"]}; color: {PAPER}; }}
.report .badge.suspended, .report .badge.announced, .report .badge.unconfirmed
  {{ border-style: dashed; }}
.report .badge.not_controlled, .report .badge.ordinary_licence {{ font-weight: normal; }}
.report .strip {{ list-style: none; padding: 0; margin: .75rem 0 1.25rem; }}
.report .cell {{ display: inline-block; vertical-align: top; width: 10.7%; margin: 0 .4% .4% 0;
  border: 1px solid {RULE}; border-top: 5px solid {RULE}; padding: .2rem .3rem .3rem;
  line-height: 1.25; }}
.report .cell span {{ display: block; font-size: .68rem; overflow: hidden; white-space: nowrap;
  text-overflow: ellipsis; }}
.report .cell .z {{ float: right; }}
.report .cell b {{ font-size: 1.05rem; }}
.report .cell .score {{ font-size: 1rem; font-weight: 600; font-variant-numeric: tabular-nums; }}
.report .cell .law {{ border-top: 1px dotted {MUTED}; margin-top: .15rem; padding-top: .1rem; }}
.report .cell.none {{ color: {MUTED}; background: {PAPER}; }}
.report table.heat td.h {{ text-align: center; border: 2px solid {PAPER}; }}
.report table.heat thead th:not(:first-child) {{ text-align: center; }}
.report table.heat td.h small {{ color: {INK}; }}
.report table.heat td.h, .report table.heat tbody th {{ padding-top: .25rem;
  padding-bottom: .25rem; }}
.report .held {{ border: 1px solid {MUTED}; border-radius: .25em; padding: 0 .3em;
  font-size: .75em; white-space: nowrap; }}
.report .disclaimer {{ border: 1px solid {MUTED}; padding: .5rem .75rem; }}
.report dl.about {{ font-size: .9em; }}
.report dl.about dd {{ overflow-wrap: anywhere; }}
.report table.measures code {{ white-space: nowrap; }}
@media (max-width: 40rem) {{
  .report {{ padding: 1rem .75rem 2rem; }}
  .report .cell {{ width: 24.5%; }}
  .report table {{ min-width: 36rem; }}
  .report table.elements {{ min-width: 46rem; }}
  .report table.causes {{ min-width: 0; }}
  .report table.causes svg.bar {{ min-width: 5.5rem; }}
}}
"""

_PAPER = f"""
@page {{ size: A4; margin: 14mm 13mm 16mm; @bottom-right {{ content: counter(page) " / "
  counter(pages); font: 8pt sans-serif; color: {MUTED}; }} }}
@media print {{
  .report {{ max-width: none; padding: 0; font-size: 9.2pt; line-height: 1.4; }}
  .report h1 {{ font-size: 18pt; }}
  .report h2 {{ font-size: 13pt; margin-top: 14pt; break-after: avoid; }}
  .report h3 {{ font-size: 10.5pt; break-after: avoid; }}
  .report .intro {{ break-after: avoid; }}
  .report .answer {{ font-size: 11.5pt; }}
  .report .gauge {{ flex: 0 0 66mm; width: 66mm; }}
  .report .verdict > div:last-child {{ flex: 1 1 90mm; }}
  .report .wide {{ overflow: visible; }}
  .report .stock .wide, .report section.supply {{ break-inside: avoid; }}
  .report tbody tr:first-child {{ break-before: avoid; }}
  .report .cell span {{ font-size: 5.9pt; }}
  .report .cell .score {{ font-size: 9.5pt; }}
  .report .keep, .report svg, .report .cell, .report tr, .report .verdict, .report .disclaimer
    {{ break-inside: avoid; }}
  .report thead {{ display: table-header-group; }}
  .report svg.timeline, .report table {{ min-width: 0; }}
  .report a {{ color: inherit; text-decoration: none; }}
  .report * {{ -webkit-print-color-adjust: exact; print-color-adjust: exact; }}
}}
"""


def _bands() -> str:
    """Return how a band looks as a word and as a cell of the strip."""
    rules = [
        f".report .band.{name} {{ background: {BAND_TINT[name]}; border-color: {BAND[name]}; }}\n"
        f".report .cell.{name} {{ background: {BAND_TINT[name]}; border-top-color: {BAND[name]}; }}"
        for name in BAND
    ]
    return "\n".join(rules)


def _shades() -> str:
    """Return ten backgrounds, the darker the larger a share; the figures stay readable on all."""
    rules = []
    for step in range(10):
        share = (step + 1) / 10
        red, green, blue = (round(255 - share * (255 - part)) for part in (226, 132, 92))
        rules.append(f".report .h{step} {{ background: #{red:02x}{green:02x}{blue:02x}; }}")
    return "\n".join(rules)


#: The whole style sheet.
STYLE = f"{_SCREEN}\n{_bands()}\n{_shades()}\n{_PAPER}"
