"""An invented register in files, and how to load it with one thing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.controls import ControlRegister
from app.errors import ReferenceDataError
from app.refdata.controls import load_register

KNOWN = frozenset({"gk", "notice"})

MEASURE = """\
id: XX-7-2031
title: Licence for two rare earths
exporter: JP
issuing_authority: Ministry
official_number: null
announcement: XX-7-2031
type: licence_requirement
control_basis: dual_use
legal_force: binding
announced: 2031-03-01
effective_from: 2031-04-01
timeline:
  - {on_date: 2031-03-01, status: announced, basis: enacted, known_from: 2031-03-01, source: notice}
  - {on_date: 2031-04-01, status: in_force, basis: enacted, known_from: 2031-03-01, source: notice}
  - {on_date: 2031-05-01, status: suspended, basis: enacted, known_from: 2031-05-01, source: notice}
  - {on_date: 2031-06-01, status: in_force, basis: scheduled, known_from: 2031-05-01,
     known_to: 2031-05-20, source: notice}
  - {on_date: 2031-06-01, status: unconfirmed, best_estimate: suspended, worst_case: in_force,
     basis: stated, known_from: 2031-05-20, source: notice}
scope:
  elements_mode: explicit
  elements: [Dy, Tb]
  stages: [oxide, magnet]
  destinations: {mode: only, countries: [EU, US]}
  extraterritorial: [foreign_made_de_minimis]
  de_minimis: {basis: value, threshold: 0.001}
  hs6: [284690]
  items:
    - {elements: [Dy], stages: [oxide], complete: true, label: oxide, cn_codes: [2846901500]}
    - {elements: all, stages: [magnet], complete: false}
rules:
  - when: any export
    outcome: licence
    applies: {end_uses: [any], end_users: [any], stages: [magnet]}
  - {when: whoever helps, outcome: prohibited, applies: null, detail: liability}
notes: null
confidence: high
last_verified_on: 2031-05
check_every_days: 30
sources: [notice, gk]
"""

BAN = """\
id: XX-8-2031
title: A ban for one firm
exporter: JP
issuing_authority: Ministry
announcement: XX-8-2031
type: entity_prohibition
control_basis: entity_list
legal_force: binding
timeline:
  - {on_date: 2031-03-01, status: in_force, basis: enacted, known_from: 2031-03-01, source: notice}
scope:
  elements_mode: any_dual_use_listed
  stages: [oxide]
  destinations: {mode: all}
rules:
  - {when: export to a listed firm, outcome: prohibited,
     applies: {end_uses: [any], end_users: [listed]}}
entities:
  names_complete: false
  entity_count: 2
  listed:
    - {names: [Listed Works Ltd, 株式会社リスト], country: DE}
confidence: low
last_verified_on: 2031
check_every_days: 30
sources: [notice]
"""

STOP = """\
id: XX-9-2031
title: A suspension
exporter: JP
issuing_authority: Ministry
announcement: XX-9-2031
type: suspension_instrument
control_basis: dual_use
legal_force: binding
timeline:
  - {on_date: 2031-05-01, status: in_force, basis: enacted, known_from: 2031-05-01, source: notice}
  - {on_date: 2031-06-01, status: unconfirmed, best_estimate: in_force, worst_case: ended,
     basis: stated, known_from: 2031-05-20, source: notice}
scope:
  elements_mode: none
  destinations: {mode: all}
suspends: [XX-7-2031]
rules: []
confidence: high
last_verified_on: 2031-05-20
check_every_days: 30
sources: [notice]
"""

FILES = {
    "controls/jp/xx-7-2031.yaml": MEASURE,
    "controls/jp/xx-8-2031.yaml": BAN,
    "controls/jp/xx-9-2031.yaml": STOP,
    "controls/register.yaml": """\
knowledge_cutoff: 2031-06-15
warn_after_days: 30
scheduled_events:
  - {on_date: 2031-05-31, what: Last day of the suspension, source: notice}
  - {on_date: 2031-07-01, what: A meeting, source: gk}
name_matching: {same_from: 0.9, near_from: 0.8, sound_letters: 6}
""",
    "controls/observations.yaml": """\
OB-1:
  measure: XX-7-2031
  exporter: JP
  basis: flow_ratio
  known_from: 2031-04-20
  observed_to: 2031-03-31
  valid_days: 90
  elements: [Dy]
  forms: [oxide]
  destinations: [EU]
  end_use: civil
  flow_ratio: [0.1, 0.2, 0.3]
  months: 2
  effect: slows
  arithmetic: 2 t of 10 t
  status: derived
  confidence: medium
  sources: [gk]
OB-2:
  measure: XX-7-2031
  exporter: JP
  basis: approvals
  known_from: 2031-04-20
  observed_to: 2031-04-20
  valid_days: 90
  elements: []
  forms: []
  destinations: []
  end_use: civil
  refusal: [0.1, 0.2, 0.3]
  delays: [10, 20, 30]
  effect: near_halt
  arithmetic: 8 of 10
  status: judgement
  confidence: low
  sources: [gk]
OB-3:
  measure: XX-7-2031
  exporter: JP
  basis: practice
  known_from: 2031-04-20
  observed_to: 2031-04-20
  valid_days: 90
  elements: []
  forms: []
  destinations: []
  end_use: civil
  kind: stalled
  effect: halt
  arithmetic: reviews stopped
  status: verified
  confidence: medium
  sources: [gk]
""",
    "controls/practice.yaml": """\
LP-1:
  destinations: [EU]
  elements: ["*"]
  end_users: watch_listed
  starts: 2031-03
  ends: 2031-04-15
  known_from: 2031-04
  effect: slows
  what: Share granted
  low: 0.2
  high: 0.6
  unit: fraction_granted
  confidence: medium
  sources: [gk]
LP-2:
  destinations: ["*"]
  elements: [Dy]
  starts: 2031-03-01
  ends: null
  known_from: 2031-04-02
  effect: eases
  what: A new way
  confidence: high
  sources: [gk]
""",
    "controls/remarks.yaml": """\
commitments:
  - {id: C-1, on_date: 2031-05-20, known_from: 2031-05-20, parties: [JP, US], text: They agree,
     confidence: high, sources: [gk]}
open_questions:
  - {id: Q-1, text: How long, assumed: long, settled_by: a notice, sources: [gk]}
rejected_claims:
  - {id: R-1, text: All is banned, seen_at: a blog, reason: the text says otherwise, sources: [gk]}
""",
    "controls/trade_observations.csv": """\
# Invented figures.
period,product,destination,tonnes,derived,source,note
2031-04,magnets,WORLD,12.5,false,gk,
2031-01/2031-04,magnets,DE,3,true,gk,a sum
""",
    "controls/customs_codes.csv": """\
code,hs6,good,elements,source
2846901500,284690,dysprosium oxide,Dy,gk
85051190,850511,other magnets,,gk
""",
}


def load(root: Path, **changes: tuple[str, str]) -> ControlRegister:
    """Load the files above; a change is (file, text to replace) by its new text."""
    for name, content in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    for old, (name, new) in changes.items():
        path = root / name
        before = path.read_text(encoding="utf-8")
        assert old in before, old
        path.write_text(before.replace(old, new), encoding="utf-8")
    return load_register(root, KNOWN)


def refusal(root: Path, name: str, old: str, new: str) -> str:
    """Return the message with which a changed folder is refused."""
    with pytest.raises(ReferenceDataError) as error:
        load(root, **{old: (name, new)})
    return str(error.value)
