"""The texts of the pages: key, English, German, Japanese, Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

LANGUAGES = ("en", "ja", "de", "zh")

_ORDER = ("en", "de", "ja", "zh")

_TEXT = """
name | English | Deutsch | 日本語 | 中文
title | Rare-earth risk of your parts list | Risiko Seltener Erden in Ihrer Stückliste | 部品表のレアアースリスク | 物料清单的稀土风险
lead | Send a bill of materials and say where it goes. You get a score from 0 to 100 for each of the 17 rare earths and for each sector, with the measure or figure behind every point and its source. | Senden Sie eine Stückliste und sagen Sie, wohin sie geht. Sie erhalten einen Wert von 0 bis 100 für jede der 17 Seltenen Erden und jede Branche, mit der Maßnahme oder Zahl hinter jedem Punkt und ihrer Quelle. | 部品表を送り、輸入国を指定してください。17のレアアースと各業種について0～100の点数を、根拠となる措置や数値と出典とともに示します。 | 请上传物料清单并说明进口国。您将得到17种稀土和各行业0至100的得分，以及每一分背后的措施或数据及其来源。
privacy | Nothing is stored. The file is read in memory, scored and forgotten; no log holds any of it. This page loads nothing from other hosts and sets no cookie. | Nichts wird gespeichert. Die Datei wird im Speicher gelesen, bewertet und vergessen; kein Protokoll enthält etwas davon. Diese Seite lädt nichts von anderen Rechnern und setzt kein Cookie. | 何も保存しません。ファイルはメモリ上で読み取り、評価後に破棄し、ログにも残しません。このページは外部から何も読み込まず、Cookieも使いません。 | 不保存任何内容。文件仅在内存中读取、评估后即弃，日志中不含其任何内容。本页面不从其他主机加载任何内容，也不设置Cookie。
key.keys | API key | API-Schlüssel | APIキー | API密钥
key.oidc | Access token | Zugriffstoken | アクセストークン | 访问令牌
key.hint | This service knows its callers. The key stays on this page and is gone when you leave it. | Dieser Dienst kennt seine Nutzer. Der Schlüssel bleibt auf dieser Seite und ist weg, wenn Sie sie verlassen. | 利用には認証が必要です。入力内容はこのページ内だけに保持され、ページを離れると消えます。 | 本服务需要验证身份。输入内容仅保留在本页面中，离开页面即消失。
key.missing | Enter the key or token first. | Geben Sie zuerst den Schlüssel oder das Token ein. | 先にキーまたはトークンを入力してください。 | 请先输入密钥或令牌。
file | Bill of materials | Stückliste | 部品表 | 物料清单
file.hint | Excel, CSV and exports of many ERP, PLM and CAD systems, up to {size} MB. | Excel, CSV und Exporte vieler ERP-, PLM- und CAD-Systeme, bis {size} MB. | Excel、CSV、各種ERP・PLM・CADの出力ファイル（{size} MBまで）。 | Excel、CSV以及多种ERP、PLM、CAD系统的导出文件，最大{size} MB。
file.drop | Drag the file here, or choose it: | Datei hierher ziehen oder auswählen: | ここにファイルをドラッグするか、選択してください： | 将文件拖到此处，或选择文件：
template | No list at hand? Take the template: | Keine Liste zur Hand? Nehmen Sie die Vorlage: | 部品表がない場合はテンプレート： | 手边没有清单？使用模板：
template.xlsx | for Excel | für Excel | Excel用 | Excel版
template.csv | as CSV | als CSV | CSV | CSV版
destination | Imported into | Einfuhr nach | 輸入国 | 进口国
destination.choose | choose a country | Land auswählen | 国を選択 | 选择国家
destination.frequent | Frequent | Häufig | よく使う国 | 常用
destination.all | All countries | Alle Länder | すべての国・地域 | 全部国家和地区
end_use | End use | Endverwendung | 最終用途 | 最终用途
end_use.unknown | not known | nicht bekannt | 不明 | 未知
end_use.civil | civil | zivil | 民生 | 民用
end_use.military | military | militärisch | 軍事 | 军用
end_user | End user (optional) | Endverwender (freiwillig) | 最終需要者（任意） | 最终用户（可选）
end_user.hint | Compared with the entity lists. No match is no clearance. | Wird mit den Unternehmenslisten verglichen. Kein Treffer ist keine Freigabe. | 企業リストと照合します。一致しないことは審査済みを意味しません。 | 将与实体清单比对。无匹配不等于通过审查。
as_of | Date of the question (empty: today) | Stichtag (leer: heute) | 基準日（空欄：本日） | 基准日（留空为今天）
more | More settings | Weitere Angaben | 詳細設定 | 更多设置
known_on | Only what was known by (empty: that date) | Nur was bekannt war bis (leer: Stichtag) | この日までの情報のみ（空欄：基準日） | 仅限截至此日的信息（留空为基准日）
horizon_days | Days to look ahead, 1 to 1095 | Vorausschau in Tagen, 1 bis 1095 | 対象期間（日、1～1095） | 展望天数（1至1095）
columns | Which column is what, if not found | Welche Spalte was ist, falls nicht erkannt | 列の割り当て（認識されない場合） | 指定列的含义（未能识别时）
columns.hint | Pairs such as description:Bezeichnung,quantity:C | Paare wie description:Bezeichnung,quantity:C | 例：description:品名,quantity:C | 例如 description:名称,quantity:C
sheet | Only this sheet of a workbook | Nur dieses Blatt einer Arbeitsmappe | ブックのこのシートのみ | 仅读取工作簿中的此工作表
show | Show the report | Bericht anzeigen | 報告書を表示 | 显示报告
as.xlsx | Download Excel | Excel laden | Excelで保存 | 下载Excel
as.csv | Download CSV | CSV laden | CSVで保存 | 下载CSV
as.html | Save the page | Seite sichern | ページを保存 | 保存网页
print | Print or save as PDF | Drucken oder als PDF sichern | 印刷・PDF保存 | 打印或存为PDF
links | More | Mehr | その他 | 更多
link.docs | Try the API (Swagger UI) | API ausprobieren (Swagger UI) | APIを試す（Swagger UI） | 试用API（Swagger UI）
link.redoc | API reference (ReDoc) | API-Referenz (ReDoc) | APIリファレンス（ReDoc） | API参考（ReDoc）
link.method | Method and weights (JSON) | Methode und Gewichte (JSON) | 手法と重み（JSON） | 方法与权重（JSON）
link.controls | Register of export controls (JSON) | Register der Ausfuhrkontrollen (JSON) | 輸出規制の登録（JSON） | 出口管制登记（JSON）
language | Language | Sprache | 言語 | 语言
sending | Sending the file … | Datei wird gesendet … | ファイルを送信中… | 正在发送文件…
scoring | Reading and scoring … | Wird gelesen und bewertet … | 読み取りと評価中… | 正在读取并评估…
ready | The report is ready. | Der Bericht ist fertig. | 報告書ができました。 | 报告已生成。
failed | This could not be scored. Mend these points and send it again: | Das ließ sich nicht bewerten. Beheben Sie diese Punkte und senden Sie es erneut: | 評価できませんでした。次の点を修正して再送してください： | 无法评估。请修正以下各点后重新发送：
unreachable | The service could not be reached. Try again. | Der Dienst war nicht erreichbar. Versuchen Sie es erneut. | サービスに接続できません。再度お試しください。 | 无法连接服务，请重试。
file.missing | Choose a file first. | Wählen Sie zuerst eine Datei. | 先にファイルを選択してください。 | 请先选择文件。
destination.missing | Choose the country into which the goods are imported. | Wählen Sie das Land, in das eingeführt wird. | 輸入国を選択してください。 | 请选择进口国。
file.large | The file is larger than {size} MB. | Die Datei ist größer als {size} MB. | ファイルが{size} MBを超えています。 | 文件超过{size} MB。
row | Row | Reihe | 行 | 行
column | Column | Spalte | 列 | 列
problem | What to mend | Was zu beheben ist | 修正点 | 需修正之处
problem.title | The file could not be scored | Die Datei ließ sich nicht bewerten | ファイルを評価できませんでした | 无法评估该文件
back | Back to the page | Zurück zur Seite | 元のページに戻る | 返回页面
"""


@cache
def page_texts(language: str) -> Mapping[str, str]:
    """Return the texts of the pages in a language, by key."""
    place = 1 + _ORDER.index(language)
    rows = (line.split(" | ") for line in _TEXT.strip().splitlines())
    return {row[0]: row[place] for row in rows}


def language_tag(language: str) -> str:
    """Return the tag of a language in HTML."""
    return "zh-Hans" if language == "zh" else language


def language_for(wanted: str | None, accepted: str) -> str:
    """Return the language of a page: the one asked for, else the one that the browser likes best.

    Args:
        wanted: Language that the address names, or None.
        accepted: The `Accept-Language` header.

    Examples:
        >>> language_for(None, "fr, de-CH;q=0.8, en;q=0.5"), language_for("ja", "de")
        ('de', 'ja')
    """
    if wanted in LANGUAGES:
        return wanted
    liked: list[tuple[float, str]] = []
    for part in accepted.split(","):
        name, _, parameter = part.strip().partition(";")
        code = name.split("-")[0].strip().lower()
        if code in LANGUAGES:
            liked.append((_quality(parameter), code))
    return max(liked, key=lambda pair: pair[0])[1] if liked else LANGUAGES[0]


def _quality(parameter: str) -> float:
    _, _, value = parameter.partition("q=")
    try:
        return float(value) if value else 1.0
    except ValueError:
        return 0.0
