"""Names of sheets and columns of the Excel file: key, English, German, Japanese, Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_LANGUAGES = ("en", "de", "ja", "zh")

_TEXT = """
sheet.summary | Summary | Überblick | 概要 | 概要
sheet.elements | Elements | Elemente | 元素 | 元素
sheet.supply | Supply | Versorgung | 供給 | 供应
sheet.sectors | Sectors | Branchen | 業種 | 行业
sheet.lines | Lines | Zeilen | 行 | 行
sheet.actions | What would help | Was helfen würde | 有効な対策 | 可行措施
sheet.measures | Measures | Maßnahmen | 措置 | 措施
sheet.sources | Sources | Quellen | 出典 | 来源
sheet.warnings | Warnings | Hinweise | 注意事項 | 注意事项
action | Kind | Art | 種類 | 类型
after | Score after | Wert danach | 実施後の点数 | 之后得分
before | Score before | Wert zuvor | 実施前の点数 | 之前得分
days_removed | Days short, change | Fehltage, Änderung | 不足日数の変化 | 短缺天数变化
lines | Lines | Zeilen | 行 | 行
months | Months | Monate | 月数 | 月数
months_high | Months, longest | Monate, längstens | 月数（最長） | 月数（最长）
months_low | Months, shortest | Monate, kürzestens | 月数（最短） | 月数（最短）
trade_off | Price | Preis | 代償 | 代价
band | Band | Stufe | 区分 | 等级
basis | Basis | Grundlage | 根拠区分 | 依据类型
basis.assumed | assumed | angenommen | 仮定 | 假定
basis.bom | this product | dieses Produkt | この製品 | 本产品
basis.declared | declared | erklärt | 申告 | 申报
basis.derived | derived | abgeleitet | 推計 | 推算
basis.reference | reference | Vergleich | 参考 | 参考
basis.reported | reported | berichtet | 報告 | 报告
best_estimate | Best estimate | Wahrscheinlich | 最善の推定 | 最佳估计
cause | Cause | Grund | 要因 | 原因
certainty | Certainty | Sicherheit des Rechts | 法令の確度 | 法律确定性
china_company | China, own share | China, eigener Anteil | 中国（自社） | 中国（自身）
china_destination | China, destination | China, Zielland | 中国（輸入国） | 中国（进口国）
china_high | China, world, high | China, Welt, oben | 中国（世界、上限） | 中国（世界，上限）
china_low | China, world, low | China, Welt, unten | 中国（世界、下限） | 中国（世界，下限）
china_world | China, world | China, Welt | 中国（世界） | 中国（世界）
column | Column | Spalte | 列 | 列
confidence | Confidence | Sicherheit | 確度 | 置信度
description | Description | Beschreibung | 説明 | 描述
element | Element | Element | 元素 | 元素
element_band | Element band | Stufe des Elements | 元素の区分 | 元素等级
element_high | Element high | Element oben | 元素の上限 | 元素上限
element_low | Element low | Element unten | 元素の下限 | 元素下限
element_score | Element score | Wert des Elements | 元素の点数 | 元素得分
elements | Elements | Elemente | 元素 | 元素
evidence | Evidence | Beleg | 根拠 | 依据
exporter | Exporting country | Ausfuhrland | 輸出国 | 出口国
gap_days | Gap, days | Lücke, Tage | 不足（日） | 缺口（天）
held | In product | Im Produkt | 製品に含む | 产品所含
hhi_company | Concentration, own | Konzentration, eigene | 集中度（自社） | 集中度（自身）
hhi_destination | Concentration, destination | Konzentration, Zielland | 集中度（輸入国） | 集中度（进口国）
hhi_world | Concentration, world | Konzentration, Welt | 集中度（世界） | 集中度（世界）
high | High | Oben | 上限 | 上限
key | Key | Schlüssel | キー | 键
largest_mine | Largest mine | Größte Mine | 最大の鉱山 | 最大矿山
largest_mine_share | Share of largest mine | Anteil der größten Mine | 最大の鉱山の割合 | 最大矿山份额
licence_days | Licence, days | Genehmigung, Tage | 許可（日） | 许可（天）
licence_high | Licence, longest | Genehmigung, längste | 許可（最長） | 许可（最长）
licence_low | Licence, shortest | Genehmigung, kürzeste | 許可（最短） | 许可（最短）
line_id | Line | Zeile | 行ID | 行标识
low | Low | Unten | 下限 | 下限
mass_high | Mass high, kg | Masse oben, kg | 質量の上限（kg） | 质量上限（kg）
mass_low | Mass low, kg | Masse unten, kg | 質量の下限（kg） | 质量下限（kg）
mass_kg | Mass, kg | Masse, kg | 質量（kg） | 质量（kg）
measure | Measure | Maßnahme | 措置 | 措施
measures | Measures | Maßnahmen | 措置 | 措施
name | Name | Name | 名称 | 名称
next_change | Next change | Nächste Änderung | 次の変更 | 下次变化
next_measure | Next measure | Nächste Maßnahme | 次の措置 | 下一措施
no | no | nein | いいえ | 否
number | No. | Nr. | 番号 | 编号
outcome | Outcome | Ergebnis | 判定 | 判断
outcome.no_rare_earths | no rare earths | keine Seltenen Erden | なし | 不含
outcome.rare_earths_found | rare earths | Seltene Erden | あり | 含稀土
outcome.undetermined | not told | nicht zu beurteilen | 判定不能 | 无法判断
part_number | Part number | Teilenummer | 品番 | 料号
points | Points | Punkte | 点 | 分
practice | Practice | Praxis | 運用 | 实践
profile | Score, {n} days | Wert, {n} Tage | 点数（{n}日） | 得分（{n}天）
published | Published | Veröffentlicht | 公表日 | 发布
publisher | Publisher | Herausgeber | 発行者 | 发布者
question | Ask | Frage | 確認事項 | 询问
reason | Reason | Begründung | 理由 | 理由
row | Row | Reihe | 行番号 | 行号
score | Score | Wert | 点数 | 得分
sector | Sector | Branche | 業種 | 行业
sheet | Sheet | Blatt | シート | 工作表
since | Since | Seit | 開始日 | 起始日
sources | Sources | Quellen | 出典 | 来源
stage | Stage | Stufe der Kette | 工程 | 环节
status | Status | Stand | 状態 | 状态
stockout_days | Days short | Fehltage | 不足日数 | 短缺天数
supplier | Supplier | Lieferant | 仕入先 | 供应商
survive_days | Stock, days | Vorrat, Tage | 在庫（日） | 库存（天）
symbol | Symbol | Symbol | 記号 | 符号
recover_days | Time to recover, days | Zeit bis zur Erholung, Tage | 回復までの日数 | 恢复所需天数
text | Text | Text | 内容 | 内容
title | Title | Titel | 題名 | 标题
type | Type | Art | 種類 | 类型
url | Address | Adresse | アドレス | 网址
value | Value | Wert | 値 | 值
read | Read by us | Von uns gelesen | 確認済み | 已读原文
what | What | Was | 項目 | 项目
worst_case | Worst case | Schlimmstenfalls | 最悪の場合 | 最坏情况
worst_element | Worst element | Schlechtestes Element | 最悪の元素 | 最差元素
yes | yes | ja | はい | 是
"""


@cache
def workbook_texts(language: str) -> Mapping[str, str]:
    """Return the texts of the Excel file in a language, by key."""
    place = 1 + _LANGUAGES.index(language)
    rows = (line.split(" | ") for line in _TEXT.strip().splitlines())
    return {row[0]: row[place] for row in rows}
