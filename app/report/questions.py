"""Questions to suppliers as text ready to send, in four languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.questions import INTERNAL_QUESTIONS, Question, QuestionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """One language.

    Attributes:
        questions: Sentence by kind; {elements} and {stage} are filled in.
        stages: Stages of the chain, as a country is asked for them.
        between: What stands between two elements.
        line: How a part is named that has no number and no description; {line} is filled in.
    """

    opening: str
    closing: str
    heading: str
    nothing: str
    questions: Mapping[QuestionKind, str]
    stages: Mapping[str, str]
    between: str
    line: str


_ENGLISH = _Wording(
    opening="We are checking the rare earths in the parts that we buy from you. "
    "Please answer these questions:",
    closing="An answer in an IPC-1752A class D or IEC 62474 declaration is as welcome as an "
    "e-mail. If you do not know something, please say so; that helps us, too.",
    heading="Part {part}",
    nothing="There is nothing to ask.",
    questions={
        QuestionKind.COMPOSITION: "Which mass fraction of {elements} does the material hold? "
        "Please write 0 where it holds none.",
        QuestionKind.ORIGIN: "In which country is the part made, and by whom?",
        QuestionKind.SOURCING: "In which countries is the {stage} done for {elements}, "
        "and with which shares?",
        QuestionKind.FORM: "In which form do you deliver the rare earth: oxide, metal, alloy, "
        "magnet, or built into a device?",
    },
    stages={
        "separation": "separation into oxides",
        "metal": "melting into metal or alloy",
        "magnet": "making of the magnet",
        "compound": "making of the worked material",
    },
    between=", ",
    line="in line {line}",
)

_GERMAN = _Wording(
    opening="Wir prüfen die Seltenen Erden in den Teilen, die wir von Ihnen beziehen. "
    "Bitte beantworten Sie diese Fragen:",
    closing="Eine Materialdeklaration nach IPC-1752A Klasse D oder IEC 62474 ist ebenso "
    "willkommen wie eine E-Mail. Wenn Sie etwas nicht wissen, schreiben Sie es bitte; "
    "auch das hilft uns.",
    heading="Teil {part}",
    nothing="Es ist nichts zu fragen.",
    questions={
        QuestionKind.COMPOSITION: "Welchen Massenanteil an {elements} enthält der Werkstoff? "
        "Bitte schreiben Sie 0, wo er nichts davon enthält.",
        QuestionKind.ORIGIN: "In welchem Land und von wem wird das Teil hergestellt?",
        QuestionKind.SOURCING: "In welchen Ländern findet für {elements} {stage} statt, "
        "und mit welchen Anteilen?",
        QuestionKind.FORM: "In welcher Form liefern Sie die Seltene Erde: als Oxid, Metall, "
        "Legierung, Magnet oder eingebaut in ein Gerät?",
    },
    stages={
        "separation": "die Trennung zu Oxiden",
        "metal": "die Erschmelzung zu Metall oder Legierung",
        "magnet": "die Herstellung des Magneten",
        "compound": "die Herstellung des verarbeiteten Materials",
    },
    between=", ",
    line="in Zeile {line}",
)

_JAPANESE = _Wording(
    opening="貴社から購入している部品に含まれるレアアースを調査しております。"
    "以下の質問にご回答をお願いいたします。",
    closing="IPC-1752A クラスD または IEC 62474 による材料宣言でも、メールでも結構です。"
    "不明な点は「不明」とお書きください。それも大切な情報です。",
    heading="部品 {part}",
    nothing="質問はありません。",
    questions={
        QuestionKind.COMPOSITION: "材料に含まれる{elements}の質量分率をお知らせください。"
        "含まれない元素は 0 とご記入ください。",
        QuestionKind.ORIGIN: "この部品の製造国と製造者をお知らせください。",
        QuestionKind.SOURCING: "{elements}の{stage}が行われる国と、その割合をお知らせください。",
        QuestionKind.FORM: "レアアースはどの形態で納入されますか(酸化物、金属、合金、磁石、"
        "または機器への組み込み)。",
    },
    stages={
        "separation": "分離精製(酸化物)",
        "metal": "金属・合金化",
        "magnet": "磁石製造",
        "compound": "加工材料の製造",
    },
    between="、",
    line="(行 {line})",
)

_CHINESE = _Wording(
    opening="我们正在核查从贵公司采购的零部件中的稀土成分。请回答以下问题:",
    closing="可以按 IPC-1752A D 类或 IEC 62474 提供材料声明,也可以用电子邮件回复。"
    "如有不清楚之处,请注明“不清楚”,这同样对我们有帮助。",
    heading="零件 {part}",
    nothing="没有需要询问的问题。",
    questions={
        QuestionKind.COMPOSITION: "该材料中{elements}的质量分数各是多少?不含的元素请填 0。",
        QuestionKind.ORIGIN: "该零件在哪个国家、由哪家企业制造?",
        QuestionKind.SOURCING: "{elements}的{stage}在哪些国家进行,各占多少比例?",
        QuestionKind.FORM: "贵公司以何种形态供应稀土:氧化物、金属、合金、磁体,还是装在器件中?",
    },
    stages={
        "separation": "分离(氧化物)",
        "metal": "金属或合金冶炼",
        "magnet": "磁体制造",
        "compound": "加工材料制造",
    },
    between="、",
    line="(第 {line} 行)",
)

WORDINGS: Mapping[str, _Wording] = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "ja": _JAPANESE,
    "zh": _CHINESE,
}


def by_supplier(questions: Sequence[Question]) -> dict[str | None, tuple[Question, ...]]:
    """Return the questions for each supplier by name, so that none reads what others deliver.

    Questions about parts of which nobody is named come under None, in the end.
    """
    found: dict[str | None, list[Question]] = {}
    for question in questions:
        if question.kind not in INTERNAL_QUESTIONS:
            for name in question.suppliers or (None,):
                found.setdefault(name, []).append(question)
    names = sorted(name for name in found if name is not None)
    order: list[str | None] = [*names, *([None] if None in found else [])]
    return {name: tuple(found[name]) for name in order}


def supplier_letter(
    questions: Sequence[Question], *, language: str, element_names: Mapping[str, str]
) -> str:
    """Return the questions that a supplier can answer as one text, part by part.

    Questions that only the buyer can answer are left out.

    Args:
        questions: In the order of their worth.
        language: en, de, ja or zh.
        element_names: Name of each element in that language, by symbol.

    Raises:
        KeyError: There is no such language.
    """
    wording = WORDINGS[language]
    by_part: dict[str, list[str]] = {}
    for question in questions:
        if question.kind not in INTERNAL_QUESTIONS:
            sentences = by_part.setdefault(_part(question, wording), [])
            sentences.append(_sentence(question, wording, element_names))
    if not by_part:
        return wording.nothing
    parts = [
        "\n".join(
            [
                wording.heading.format(part=part),
                *(f"{place}. {sentence}" for place, sentence in enumerate(sentences, start=1)),
            ]
        )
        for part, sentences in by_part.items()
    ]
    return "\n\n".join([wording.opening, *parts, wording.closing])


def _part(question: Question, wording: _Wording) -> str:
    named = [text for text in (question.part_number, question.description) if text]
    return ": ".join(named) if named else wording.line.format(line=question.line_id)


def _sentence(question: Question, wording: _Wording, names: Mapping[str, str]) -> str:
    elements = wording.between.join(f"{names[one]} ({one})" for one in question.elements)
    stage = wording.stages.get(question.stage or "", question.stage or "")
    return wording.questions[question.kind].format(elements=elements, stage=stage)
