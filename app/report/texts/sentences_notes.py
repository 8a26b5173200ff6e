"""What readers remark about lines and files, by code: German, Japanese, Chinese.

English keeps the remark itself, which quotes the cell. A code may begin with an asterisk, for all
that end like it.
"""

from __future__ import annotations

SENTENCES = """
mass_not_known
de: Eine Masse lässt sich nicht angeben: die Stückmasse ist nicht bekannt
ja: 単位質量が不明のため質量を示せません
zh: 单位质量未知，无法给出质量

no_quantity
de: Eine Masse lässt sich nicht angeben: die Menge ist nicht bekannt
ja: 数量が不明のため質量を示せません
zh: 数量未知，无法给出质量

unusable_quantity
de: Eine Masse lässt sich nicht angeben: die Menge ist keine Zahl
ja: 数量が数値でないため質量を示せません
zh: 数量不是数字，无法给出质量

quantity_not_a_number
de: Die Menge ist keine Zahl und wurde nicht verwendet
ja: 数量が数値でないため使用していません
zh: 数量不是数字，未使用

money_in_quantity
de: In der Menge steht ein Betrag; er wurde nicht verwendet
ja: 数量に金額が入っているため使用していません
zh: 数量中为金额，未使用

unknown_unit
de: Die Einheit ist nicht bekannt; eine Masse wird nicht angegeben
ja: 単位が不明のため質量を示せません
zh: 单位未知，无法给出质量

package_unit
de: Die Einheit ist eine Packung; wie viele Stücke sie enthält, ist nicht bekannt
ja: 単位が包装単位で、入り数が不明です
zh: 单位为包装，其中件数未知

counted_below
de: Die Seltenen Erden dieser Baugruppe sind in den Zeilen darunter gezählt, nicht hier
ja: この組立品のレアアースは下位の行で計上しています
zh: 该组件的稀土计入其下各行

possible_double_count
de: Hier erklärt und in Zeilen darunter noch einmal genannt
ja: この行で申告され、下位の行にも記載があります
zh: 此处已申报，其下各行再次提及

declaration_conflict
de: Die Zeile nennt Seltene Erden, eine Erklärung spricht dagegen
ja: 行にはレアアースの記載がありますが、申告と矛盾します
zh: 该行提到稀土，但与申报相矛盾

hs_conflict
de: Die Zolltarifnummer ist eine von Waren ohne Seltene Erden
ja: 関税分類番号はレアアースを含まない品目のものです
zh: 该海关编码属于不含稀土的货物

declared_fractions
de: Anteile der Elemente müssen zwischen 0 und 1 liegen und zusammen höchstens 1 ergeben
ja: 元素の割合は0～1で、合計が1以下である必要があります
zh: 元素份额须在0至1之间且合计不超过1

unreadable_formula
de: Die Angabe ist keine chemische Formel
ja: 化学式として読み取れません
zh: 该内容不是化学式

invalid_registry_number
de: Die Stoffnummer besteht ihre Prüfziffer nicht
ja: 物質番号のチェックディジットが一致しません
zh: 物质编号校验位不符

ec_number_in_cas_field
de: Im Feld für die CAS-Nummer steht eine EG-Nummer; sie wurde als solche gelesen
ja: CAS番号欄にEC番号があり、EC番号として読み取りました
zh: CAS号栏中为EC号，已按EC号读取

*_unread
de: Der Wert dieser Zelle war nicht lesbar und wurde nicht verwendet
ja: このセルの値は読み取れず、使用していません
zh: 该单元格的值无法读取，未使用

*_invalid
de: Die Nummer hat eine falsche Form oder Prüfziffer und wurde nicht verwendet
ja: 番号の形式またはチェックディジットが正しくないため使用していません
zh: 编号格式或校验位有误，未使用

*_is_ec
de: Die Nummer ist eine EG-Nummer und wurde als solche gelesen
ja: この番号はEC番号として読み取りました
zh: 该编号为EC号，已按此读取

*_is_cas
de: Die Nummer ist eine CAS-Nummer und wurde als solche gelesen
ja: この番号はCAS番号として読み取りました
zh: 该编号为CAS号，已按此读取

duplicate_line_id
de: Der Schlüssel der Zeile kommt mehrmals vor; diese Zeile bekam einen eigenen
ja: 行IDが重複しているため、この行に別のIDを付けました
zh: 行标识重复，已为该行另赋标识

rolled_up
de: Mengen wurden die Hierarchie hinab auf ein Produkt umgerechnet
ja: 数量は階層に沿って製品1台当たりに換算しました
zh: 数量已沿层级换算为每件产品用量

encoding_guessed
de: Die Zeichenkodierung wurde erkannt; nennen Sie sie, falls Buchstaben falsch sind
ja: 文字コードは自動判定です。文字化けがある場合は指定してください
zh: 字符编码为自动识别；若有乱码请指明

unbalanced_quotes
de: Ein Anführungszeichen wird nie geschlossen; die Zeichen wurden als Text gelesen
ja: 閉じていない引用符があり、通常の文字として読み取りました
zh: 有未闭合的引号，已按普通字符读取

hidden_sheet
de: Ein verborgenes Blatt wurde ausgelassen
ja: 非表示のシートは除外しました
zh: 隐藏的工作表已略去

hidden_rows
de: Verborgene Zeilen wurden mitgelesen
ja: 非表示の行も読み取りました
zh: 隐藏行也已读取

formula_without_value
de: Eine Formel hat keinen gespeicherten Wert; speichern Sie die Datei in einer Tabellenkalkulation
ja: 計算結果が保存されていない数式があります。表計算ソフトで保存し直してください
zh: 有公式未保存结果；请在电子表格软件中重新保存

no_materials
de: Die Datei nennt keine Masse, keinen Werkstoff und keinen Stoff
ja: ファイルに質量、材料、物質の記載がありません
zh: 文件未说明质量、材料或物质

one_item
de: Die Erklärung beschreibt einen Artikel; seine Menge ist 1
ja: 申告は1品目を対象とし、数量は1です
zh: 声明描述单个物品，其数量为1

declarable_substances_only
de: Die Erklärung nennt nur meldepflichtige Stoffe über Schwellen; ein fehlender Stoff beweist nichts
ja: 申告はしきい値以上の申告対象物質のみで、記載がなくても不含の証明にはなりません
zh: 声明只列超过阈值的应申报物质；未列出不能证明不含

mass_sum_differs
de: Die Massen der Stoffe ergeben nicht die Masse des Produkts
ja: 物質の質量の合計が製品の質量と一致しません
zh: 各物质质量之和与产品质量不符

mass_unit_assumed
de: Die Massen nennen keine Einheit; Kilogramm wurden angenommen
ja: 質量の単位がないためキログラムとみなしました
zh: 质量未注明单位，按千克处理

smelter
de: Eine Zeile der Liste der Hütten wurde mitgelesen
ja: 製錬所一覧の行を読み取りました
zh: 已读取冶炼厂名单中的一行

mineral
de: Eine Antwort zu einem Mineral wurde mitgelesen
ja: 鉱物に関する回答を読み取りました
zh: 已读取关于某矿物的回答

no_part_detail
de: Die Datei gibt nur den Schlüssel des Teils
ja: ファイルには部品のキーのみがあります
zh: 文件只给出零件的键

optional
de: Das Teil ist wahlfrei; es wurde gezählt
ja: 任意の部品ですが計上しました
zh: 该零件为可选件，已计入

alternate
de: Die Zeile gehört zu einer Gruppe von Alternativen
ja: 代替品グループに属します
zh: 该行属于一组替代件

alternate_weighted
de: Eine Alternative, nach ihrem Anteil gezählt
ja: 代替品として割合に応じて計上しました
zh: 替代件，按其比例计入

level_unread
de: Die Ebene war nicht lesbar
ja: 階層レベルを読み取れません
zh: 层级无法读取

ambiguous_number
de: Das Zeichen in der Zahl kann Tausender oder Dezimalstellen trennen
ja: 数値の区切りが桁区切りか小数点か判別できません
zh: 数字中的分隔符可能是千位分隔或小数点

no_identity
de: Die Zeile nennt weder Teil noch Beschreibung noch Werkstoff
ja: 部品、説明、材料のいずれの記載もありません
zh: 该行没有零件、描述或材料

designator_count_differs
de: Die Zahl der Bauteilkennungen weicht von der Menge ab
ja: 部品記号の数と数量が一致しません
zh: 位号数与数量不符

quantity_from_designators
de: Die Menge wurde aus den Bauteilkennungen gezählt
ja: 部品記号の数を数量としました
zh: 数量按位号计数

text_item
de: Eine Text- oder Dokumentposition hat keine eigene Menge
ja: 文書の項目には数量がありません
zh: 文本或文档项没有数量

phantom_assembly
de: Wird nicht selbst gelagert; ihre Teile zählen
ja: 在庫しない組立品のため、構成部品を計上しました
zh: 虚拟件，按其零件计入

not_fitted
de: Das Teil ist nicht bestückt
ja: 実装されない部品です
zh: 该零件不装配

quantity_zero
de: Die Menge ist 0: eine Alternative oder ein nicht bestücktes Teil
ja: 数量が0です（代替品または未実装部品）
zh: 数量为0：替代件或不装配的零件

scrap_added
de: Ausschuss wurde zur Menge gezählt
ja: 仕損分を数量に加えました
zh: 已将损耗计入数量

origin_differs
de: Das Ursprungsland wurde statt des Landes des Lieferanten verwendet
ja: 仕入先の国ではなく原産国を使用しました
zh: 使用原产国，而非供应商所在国

unknown_country
de: Die Angabe ist kein bekanntes Land
ja: 国名として認識できません
zh: 该内容不是已知国家

unit_differs
de: Menge und Einheitenspalte nennen verschiedene Einheiten
ja: 数量と単位の列で単位が異なります
zh: 数量与单位列的单位不一致

variant_only
de: Die Zeile gehört nur zu manchen Varianten des Produkts
ja: 製品の一部の仕様にのみ該当します
zh: 该行仅属于部分产品型号

quantity_approximate
de: Die Menge ist nur ungefähr angegeben
ja: 数量は概数です
zh: 数量仅为约数

quantity_bound
de: Die Menge ist eine Grenze, keine Stückzahl
ja: 数量は上限または下限で、個数ではありません
zh: 数量为上下限，而非件数

quantity_range
de: Die Menge ist eine Spanne; ihr oberes Ende wurde genommen
ja: 数量は範囲のため上限を用いました
zh: 数量为区间，取其上限

quantity_with_note
de: Von der Angabe wurden nur Zahl und Einheit verwendet
ja: 記載のうち数値と単位のみ使用しました
zh: 仅使用了其中的数字和单位

quantity_in_words
de: Die Menge steht in Worten
ja: 数量が文字で記載されています
zh: 数量以文字给出

quantity_missing
de: Es ist keine Menge angegeben
ja: 数量の記載がありません
zh: 未给出数量

parent_quantity_unknown
de: Die Menge der übergeordneten Zeile war nicht lesbar
ja: 上位の行の数量を読み取れません
zh: 上级行的数量无法读取

quantity_overflow
de: Die Menge je Produkt ist größer als jede Zahl
ja: 製品当たりの数量が大きすぎます
zh: 每件产品用量超出数值范围

mass_unknown
de: Die Masse der übergeordneten Zeile fehlt; der Anteil hat keine Masse
ja: 上位の行の質量がないため質量を計算できません
zh: 缺少上级行的质量，份额无法换算为质量

parent_not_found
de: Die übergeordnete Zeile wurde nicht gefunden
ja: 上位の行が見つかりません
zh: 未找到上级行

quantity_per_parent
de: Mengen wurden je übergeordneter Position gelesen
ja: 数量は上位品目当たりとして読み取りました
zh: 数量按每上级项读取

base_quantity_unknown
de: Die Basismenge fehlt in der Datei; 1 wurde angenommen
ja: 基準数量がないため1とみなしました
zh: 文件中没有基准数量，按1处理

fixed_quantity
de: Die Menge gilt je Auftrag, nicht je Produkt
ja: 数量は製品当たりではなくオーダー当たりです
zh: 数量为每订单用量，而非每件产品

no_header
de: Es wurde keine Kopfzeile gefunden; die Spalten wurden am Inhalt erkannt
ja: 見出し行がないため、内容から列を判定しました
zh: 未找到表头，按内容识别各列

no_quantity_column
de: Keine Spalte enthält eine Menge
ja: 数量の列がありません
zh: 没有数量列

further_table
de: Eine weitere Tabelle wurde ausgelassen
ja: 他の表は除外しました
zh: 另有一表已略去

repeated_sheet
de: Ein Blatt wiederholt schon gelesene Zeilen und wurde ausgelassen
ja: 既に読み取った行と同じシートを除外しました
zh: 有工作表重复已读取的行，已略去

sheet_without_table
de: Ein Blatt enthält keine Tabelle
ja: 表のないシートがあります
zh: 有工作表不含表格

product_row
de: Eine Zeile beschreibt das Produkt selbst
ja: 製品自体を示す行があります
zh: 有一行描述产品本身
"""
