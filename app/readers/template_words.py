"""The columns of the template with their headers and help in English, German, Japanese, Chinese."""

from __future__ import annotations

from dataclasses import dataclass

from app.readers.fields import Field

LANGUAGES = ("en", "de", "ja", "zh")


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column of the template.

    Attributes:
        field: What it states.
        example: A value as a purchaser would write it.
        headers, helps: Texts in the order of `LANGUAGES`.
    """

    field: Field
    example: str
    headers: tuple[str, str, str, str]
    helps: tuple[str, str, str, str]


#: field | example, then a line for each language: header | help.
_TEXT = """
line_id | 10
Line ID | Your own key of the line; it comes back unchanged.
Zeilen-ID | Ihr eigener Schlüssel der Zeile; er kommt unverändert zurück.
行ID | 行を識別する任意のキー。結果にそのまま返ります。
行标识 | 您自己的行编号，结果中原样返回。
part_number | MAG-42
Part number | Your part number or the maker's.
Teilenummer | Ihre Teilenummer oder die des Herstellers.
品番 | 自社またはメーカーの品番。
料号 | 贵公司或制造商的料号。
description | Sintered NdFeB magnet N42SH 20x10x5
Description | What the part is; name the material, grade or motor type where you know it.
Beschreibung | Was das Teil ist; nennen Sie Werkstoff, Güte oder Motorart, wo bekannt.
説明 | 部品の内容。材質、グレード、モータ方式が分かれば記入してください。
描述 | 零件说明；如已知，请写明材料、牌号或电机类型。
quantity | 48
Quantity | How many units go into one product; a number without text.
Menge | Wie viele Einheiten in ein Produkt gehen; eine Zahl ohne Text.
数量 | 製品1台当たりの使用数。数値のみ。
数量 | 每件产品的用量，只填数字。
unit | pc
Unit | Unit of the quantity: pc, set, kg, g, m, or a UN/ECE code.
Einheit | Einheit der Menge: pc, set, kg, g, m oder ein UN/ECE-Code.
単位 | 数量の単位：pc、set、kg、g、m、または UN/ECE コード。
单位 | 数量的单位：pc、set、kg、g、m 或 UN/ECE 代码。
unit_mass_kg | 0.0075
Unit mass (kg) | Mass of one unit in kilograms.
Stückmasse (kg) | Masse einer Einheit in Kilogramm.
単位質量 (kg) | 1単位の質量（kg）。
单位质量 (kg) | 单个单位的质量（千克）。
unit_price | 1.90
Unit price | Price of one unit.
Einzelpreis | Preis einer Einheit.
単価 | 1単位の価格。
单价 | 单个单位的价格。
currency | EUR
Currency | Currency of the price as an ISO 4217 code.
Währung | Währung des Preises als ISO-4217-Code.
通貨 | 価格の通貨（ISO 4217 コード）。
币种 | 价格的币种（ISO 4217 代码）。
hs_code | 8505.11
HS code | Customs tariff number, six to ten digits.
Zolltarifnummer | Zolltarifnummer, sechs bis zehn Stellen.
HSコード | 関税分類番号（6～10桁）。
HS编码 | 海关商品编码，六至十位。
category | magnet
Category | Your own group of parts.
Kategorie | Ihre eigene Warengruppe.
分類 | 自社の部品区分。
类别 | 贵公司的物料分类。
sector | automotive
Sector | Sector that the product is for.
Branche | Branche, für die das Produkt bestimmt ist.
業種 | 製品の用途となる業種。
行业 | 产品所属行业。
material | NdFeB 42SH
Materials | Material or grade of the part.
Werkstoff | Werkstoff oder Güte des Teils.
材質 | 部品の材質またはグレード。
材质 | 零件的材料或牌号。
cas | 918106-59-9
CAS number | CAS number of the material or substance.
CAS-Nummer | CAS-Nummer des Werkstoffs oder Stoffs.
CAS番号 | 材料または物質のCAS番号。
CAS号 | 材料或物质的CAS号。
formula | Nd2Fe14B
Chemical formula | Chemical formula of the material.
Summenformel | Chemische Formel des Werkstoffs.
化学式 | 材料の化学式。
分子式 | 材料的化学式。
mass_fraction | 1
Mass fraction | Share of the material in the unit's mass, from 0 to 1, or in per cent with %.
Massenanteil | Anteil des Werkstoffs an der Masse, von 0 bis 1, oder in Prozent mit %.
質量分率 | 単位質量に占める材料の割合。0～1、または % を付けて記入。
质量分数 | 材料占单位质量的份额，0 至 1，或带 % 的百分数。
magnet_type | NdFeB
Magnet type | Kind of permanent magnet: NdFeB, SmCo, AlNiCo, Ferrite, None.
Magnettyp | Art des Dauermagneten: NdFeB, SmCo, AlNiCo, Ferrite, None.
磁石種類 | 永久磁石の種類：NdFeB、SmCo、AlNiCo、Ferrite、None。
磁体类型 | 永磁体种类：NdFeB、SmCo、AlNiCo、Ferrite、None。
manufacturer | Example Magnets Ltd
Manufacturer | Who makes the part.
Hersteller | Wer das Teil herstellt.
メーカー | 部品の製造者。
制造商 | 零件的制造商。
supplier | Example Trading GmbH
Supplier | Who delivers the part to you.
Lieferant | Wer Ihnen das Teil liefert.
仕入先 | 部品の供給者。
供应商 | 零件的供应商。
country_of_origin | JP
Country of origin | Country in which the part was made, as name or ISO code.
Ursprungsland | Land, in dem das Teil hergestellt wurde, als Name oder ISO-Code.
原産国 | 部品の製造国（国名またはISOコード）。
原产国 | 零件的制造国（国名或 ISO 代码）。
sourcing | separation: CN 80 %, MY 20 %
Sourcing | Origin of earlier stages, where known: stage: country share, country share; next stage.
Vorkette | Herkunft früherer Stufen, wo bekannt: Stufe: Land Anteil, Land Anteil; nächste Stufe.
上流調達 | 分かる場合、上流工程の産地：工程: 国 割合, 国 割合; 次の工程。
上游来源 | 如已知，上游各环节的来源：环节: 国家 份额, 国家 份额; 下一环节。
recycled_share | 0
Recycled share | Share of closed-loop material, from 0 to 1, or in per cent with %.
Recyclinganteil | Anteil des Materials im geschlossenen Kreislauf, 0 bis 1, oder in Prozent mit %.
リサイクル率 | クローズドループ材の割合。0～1、または % を付けて記入。
回收料比例 | 闭环回收料的份额，0 至 1，或带 % 的百分数。
stock_days | 45
Stock days | How many days your stock lasts.
Lagerreichweite (Tage) | Wie viele Tage Ihr Lagerbestand reicht.
在庫日数 | 在庫で賄える日数。
库存天数 | 库存可用天数。
lead_time_days | 60
Lead time (days) | Days from order to delivery.
Lieferzeit (Tage) | Tage von der Bestellung bis zur Lieferung.
リードタイム (日) | 発注から納入までの日数。
交货期 (天) | 从下单到交货的天数。
"""

#: Heading of the help, then its sentence, a line for each language.
_HELP = """
Help | Fill one row for each part. Only a description, part number or material is needed.
Hilfe | Füllen Sie je Teil eine Zeile. Nötig ist nur Beschreibung, Teilenummer oder Werkstoff.
ヘルプ | 部品ごとに1行を記入してください。説明、品番、材質のいずれかがあれば足ります。
帮助 | 每个零件填写一行。只需填写描述、料号或材质之一。
"""
HELPS: tuple[tuple[str, str], ...] = tuple(
    (title.strip(), text.strip())
    for title, _, text in (line.partition("|") for line in _HELP.strip().splitlines())
)


def _columns() -> tuple[TemplateColumn, ...]:
    lines = _TEXT.strip().splitlines()
    columns = []
    for at in range(0, len(lines), 1 + len(LANGUAGES)):
        name, example = (part.strip() for part in lines[at].split("|", 1))
        pairs = [line.split("|", 1) for line in lines[at + 1 : at + 1 + len(LANGUAGES)]]
        first, second, third, fourth = [(head.strip(), text.strip()) for head, text in pairs]
        columns.append(
            TemplateColumn(
                Field(name),
                example,
                (first[0], second[0], third[0], fourth[0]),
                (first[1], second[1], third[1], fourth[1]),
            )
        )
    return tuple(columns)


#: In the order of the template.
COLUMNS: tuple[TemplateColumn, ...] = _columns()
