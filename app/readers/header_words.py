"""Words that head a column, by field: English, German, Japanese, Chinese, and others seen in files.

A word may stand for several fields ("Item", "Material"): then the column's content decides, in the
order given here. Words are compared as `headers.header_key` writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.readers.fields import Field

#: Candidate fields in brackets, then the words that may stand for them, separated by "|".
_WORDS = """
[line_id]
line id | lineid | bom line id | row id | zeilen id | zeilenkennung | 行id | 行番号 | 行标识
[position]
行项目 | 子件行号 | 子项序号 |
item no | item number no | item # | line | line no | line number | line nr | lfd nr | pos |
pos nr | position | position no | positionsnummer | find no | find number | find nr | sequence |
seq | row | row no | # | nr | nr. | lp | stt | n° | 番号 | 項番 | 連番 | 序号 | 序號 | 项次 |
項次 | 行号 | 编号 | 項目番号 | s no | sl no | sr no | index | bom item | posnr
[position part_number]
no | id | number | no. | nummer
[position description part_number]
item | items | 项目 | 項目 | 项目名称 | 项 目 | poz
[part_number]
komponentennr | komponenten nr | komponentennummer | komponentencode |
part number | part no | part num | partnumber | partno | pn | p/n | part # | part id |
part code | item code | item number | itemcode | item id | article | article no |
article number | art no | art nr | artikel | artikelnr | artikelnummer | artikel nr |
teilenummer | teile nr | teilenr | teil nr | materialnummer | material nr | materialnr |
material number | material no | material code | sachnummer | sach nr | komponente |
component number | component no | component id | component code | component item | ident nr |
identnummer | bestellnummer | bestell nr | sku | product code | product no | product number |
product id | stock code | stock number | ipn | internal part number | order code |
internal reference | libref | lib ref | internal pn | drawing no | drawing number |
zeichnungsnummer | matnr | idnrk | 型番 | 型式 | 品番 | 部品番号 | 図番 | 部品コード |
品目コード | 品目番号 | 商品コード | 部番 | 注文番号 | 部品型番 | 型名 | 料号 | 料號 |
物料编码 | 物料編碼 | 物料编号 | 物料号 | 物料代码 | 零件号 | 零件编号 | 零件编码 | 存货编码 |
产品编码 | 图号 | 子件编码 | 子项编码 | 子件料号 | 元件料号 | 组件编码 | 材料编码 | 编码 |
mã số | mã hàng | mã vật tư | referencia | référence article | código | codice | codigo |
indeks | numer części | numéro de pièce | codice articolo | part reference | 품번 | 부품번호
[maker_part_number]
mpn | manufacturer part | manufacturer part number | manufacturer part no | mfr part number |
mfr part no | mfr part # | mfr part | mfr pn | mfg part number | mfg pn | mfg part no |
mfg part # | mfg p/n | mfr no | mfr # | mfr p/n | manufacturer pn | manufacturer p/n | manf# |
manf part | maker part number | maker part no | vendor part number | herstellerteilenummer |
hersteller teilenummer | hersteller nr | herstellernummer | hersteller artikelnummer |
hersteller bestellnummer | メーカー型番 | メーカ型番 | メーカー品番 | 制造商料号 | 制造商型号 |
厂家型号 | 厂商型号 | 原厂型号 | 原厂料号 | manufacturer part id
[part_number name]
part | parts | part name/number | 型号 | 型號 | 零件 | 部品 |
component item
[name]
name | part name | partname | component name | item name | product name | article name | title |
bezeichnung | benennung | teilebezeichnung | artikelbezeichnung | objektkurztext | kurztext |
materialkurztext | materialbezeichnung | produkt | teil | teilename | 品名 | 名称 | 名稱 |
部品名 | 部品名称 | 商品名 | 品目名 | 物料名称 | 物料名稱 | 材料名称 | 产品名称 | 零件名称 |
元件名称 | 存货名称 | 子件名称 | 品名规格 | 物料 | 部件 | 组件名称 | nazwa | nazwa produktu |
tên gọi | tên hàng | tên vật tư | nombre | nom | nome | denominación | denominazione |
désignation | designation | product | commodity | goods | goods description | product/service |
품명 | 부품명
[name part_number]
component | components | bauteil | komponenten | 部件名 | 子件 | 子项 | component/item
[description]
description | descr | desc | part description | item description | component description |
long text | product description | details | detail | beschreibung | langtext |
artikelbeschreibung | text | component/item | item/component | material description |
item text | positionstext | 説明 | 内容 | 摘要 | 描述 | 说明 | 說明 | 物料描述 | 产品描述 |
零件描述 | mô tả | descripción | opis | descrizione | part type | type | typ |
typenbezeichnung | model | modell | model no | model number | 製品名
[value]
value | comment | wert | 值 | 参数 | 參數 | 値 | 定数 | part value | val
[specification]
规格型号 | 規格型號 | 型号规格 | 规格/型号 |
specification | specifications | spec | specs | spezifikation | technische daten | 规格 | 規格 |
规格参数 | 仕様 | 仕様規格 | 技术参数 | material spec | quy cách | dimensions | abmessungen |
abmessung | 尺寸 | grade | güte
[quantity]
基本用量 | 定额用量 | 消耗数量 | 構成数量 | 構成数 | menge pro baugruppe |
qty | quantity | qnty | quant | count | menge | anzahl | anz | stück | stückzahl | stk zahl |
qty per | qty per unit | part quantity | # req in assy | qty per parent | qty required |
required qty | required quantity | quantity required | qty req | qty per assy |
qty per assembly | quantity per assembly | per assembly | usage | component quantity |
component qty | comp qty | einsatzmenge | bedarfsmenge | menge je | pcs | pieces |
anzahl benötigt | qty used | quantity used | units per assembly | upa | quantity per |
no of units | no off | 数量 | 個数 | 員数 | 使用数 | 所要量 | 必要数 | 数 | 必要数量 |
使用数量 | 员数 | 原単位 | 個数/台 | 物料数量 | 用量 | 单机用量 | 单位用量 | 需求数量 |
需用数量 | 单套数量 | 每套数量 | 使用量 | 數量 | 用量/台 | 标准用量 | ilość | số lượng |
cantidad | quantité | quantità | quantidade | liczba | qté | qta | cant | antal | aantal |
수량
[quantity ignore]
amount
[total_quantity]
total qty | total quantity | qty total | gesamtmenge | gesamtanzahl | 总数量 | 总用量 |
合計数量 | 合計個数 | 総数 | total count
[unit]
unit | units | uom | u/m | um | unit of measure | unit of measurement | measure unit |
base unit | base uom | stock uom | item uom | me | mengeneinheit | einheit |
basismengeneinheit | 単位 | 数量単位 | 单位 | 單位 | 计量单位 | 基本单位 | đơn vị | jednostka |
jm | unidad | unité | unità | default unit of measure | product unit of measure |
quantity unit | component unit | 단위 | meins
[level]
level | bom level | bomlevel | lvl | lev | indent | indent level | indentation |
structure level | stufe | ebene | stücklistenstufe | dispositionsstufe | baustufe |
hierarchiestufe | レベル | 階層 | 構成レベル | 层级 | 層級 | 阶层 | 階次 | 阶次 | 层次 |
bom层级 | 级别 | poziom | niveau | nivel | explosion level | stufen | hierarchy
[parent_line_id]
母件编码 | 母件编号 | 父件编号 | 父物料编码 | 親製品番号 |
parent | parent part | parent part number | parent item | parent no | parent id |
parent line id | parent assembly | root article | root part | next higher assembly | nha |
assembly | used in | parent component | parent number | übergeordnete baugruppe | baugruppe |
oberteil | vaterteil | übergeordnetes teil | übergeordnete zeile | parent material | 親品番 |
親部品 | 親部品番号 | 親品目 | 親行id | 父件 | 父项 | 父件编码 | 父项编码 | 母件 | 母件料号 |
上级物料 | 上级编码 | 父行标识
[unit_mass]
mass | weight | unit mass | unit weight | weight per unit | mass per unit | mass each |
weight each | measured mass | piece weight | part mass | part weight | net weight |
gross weight | net mass | nettogewicht | gewicht | stückgewicht | einzelgewicht | masse |
bruttogewicht | 質量 | 重量 | 単重 | 単位質量 | 単位重量 | 个重 | 单重 | 单件重量 | 净重 |
毛重 | 淨重 | masa | waga | peso | poids | khối lượng | mass g | weight g | mass per uom |
weight/pc | weight/unit | gewicht/stück
[unit_mass_kg]
unit mass kg | mass kg | weight kg | stückmasse kg | 単位質量 kg | 单位质量 kg
[mass_unit]
weight uom | weight unit | mass unit | measured mass unit | unit of weight | unit of mass |
gewichtseinheit | masseneinheit | 質量単位 | 重量単位 | 重量单位 | 质量单位
[unit_price]
price | unit price | unit cost | cost | price each | cost each | cost ea | price ea | each |
price per unit | cost per unit | cost per | cost per part | piece price | preis | einzelpreis |
stückpreis | preis/stk | preis je | rate | stückkosten | kosten | ep | 単価 | 価格 | 参考単価 |
单价 | 單價 | 价格 | 单位价格 | cena | giá | đơn giá | precio | precio unitario | prix |
prix unitaire | prezzo | standard cost | standard price | valuation rate | cost/unit |
price/unit
[currency]
currency | währung | waehrung | 通貨 | 币种 | 幣別 | 货币 | waluta | moneda | devise | curr |
wkz
[hs_code]
hs code | hscode | hs | hts | hts code | htsus | taric | commodity code | tariff code |
tariff number | customs code | customs tariff | tariff | customs tariff number | warennummer |
zolltarifnummer | statistische warennummer | hsコード | 税番 | 関税番号 | 統計品目番号 |
hs编码 | 海关编码 | 税则号 | 商品编码 | kod cn | cn code | schedule b
[category]
category | class | classification | item group | material group | commodity group | group |
part class | part category | product category | component type | family | product family |
kategorie | warengruppe | materialgruppe | artikelgruppe | klasse | module | subsystem | modul |
カテゴリ | カテゴリー | 分類 | 区分 | 類別 | 类别 | 分类 | 物料类别 | 物料分类 | 类型 | 種類 |
kategoria | categoría | catégorie | 材料类别 | matkl
[sector]
sector | industry | branche | sektor | 業種 | 行业 | 産業分野
[material part_number name]
material | material name
[material]
material spec | material specification | materials | werkstoff | werkstoffe |
werkstoffbezeichnung | material type | raw material | base material | 材質 | 素材 | 原料 |
材质 | 材質名 | 材料材质 | materiał | matériau | materiale | vật liệu | composition |
zusammensetzung | 組成 | 成分 | material grade | werkstoffnummer
[name material]
材料 | 材料名
[cas]
cas | cas no | cas number | cas nr | cas nummer | cas rn | cas registry number | cas # |
cas番号 | cas号 | cas登録番号 | cas 号
[ec]
ec | ec no | ec number | einecs | einecs no | eg nummer | eg nr | ec番号 | ec号
[formula]
formula | chemical formula | formel | summenformel | chemische formel | 化学式 | 組成式 |
分子式
[mass_fraction]
mass fraction | weight fraction | mass percent | weight percent | weight % | mass % | wt% |
wt % | % by weight | % w/w | content % | percentage | material percentage | massenanteil |
gewichtsanteil | anteil | masse % | gew % | 質量分率 | 含有率 | 含有量 | 質量% | 质量分数 |
含量 | 质量百分比 | 重量比 | 占比
[supplier]
supplier | supplier name | distributor | source | provider | vendor | vendor name | sold by |
shop | supplier 1 | primary supplier | lieferant | lieferantenname | bezugsquelle | händler |
販売会社 | 供給業者 | 仕入先 | 仕入先名 | 購入先 | 調達先 | サプライヤー | 購入元 | 供应商 |
供應商 | 供应商名称 | 供方 | 采购渠道 | dostawca | nhà cung cấp | proveedor | fournisseur |
fornitore
[supplier_country]
supplier country | vendor country | country of supplier | supplier location | lieferantenland |
land des lieferanten | 仕入先国 | 供給国 | 供給業者の国 | 供应商国家 | 供应商所在国 |
supplier country code | country of supply
[country_of_origin]
country of origin | coo | origin | origin country | country | made in | land | ursprungsland |
ursprung | herkunftsland | herkunft | 原産国 | 原産地 | 生産国 | 製造国 | 国 | 原产国 | 原产地 |
产地 | 国家 | 国别 | país de origen | país | pays d'origine | pays | paese di origine |
kraj pochodzenia | kraj | country of manufacture | manufacturing country | herstellungsland |
xuất xứ
[manufacturer]
manufacturer | manufacturer name | mfg | mfr | maker | brand | make | hersteller |
herstellername | fabrikat | marke | メーカー | メーカ | 製造元 | 製造会社 | ブランド | 品牌 |
制造商 | 製造商 | 厂家 | 厂商 | 生产厂家 | 生产商 | hãng sản xuất | producent | fabricante |
fabricant | produttore | manuf
[designator]
designator | designators | reference | references | ref | refs | refdes | ref des |
reference designator | reference designators | reference(s) | schematic label | bezeichner |
referenz | 指定子 | 部品記号 | リファレンス | 回路記号 | 部品リファレンス | 位号 | 位號 |
位置号 | 元件位号 | 位号描述
[scrap]
scrap | scrap % | scrap percent | scrap rate | scrap factor | loss | loss % | loss rate |
waste | waste % | component scrap | ausschuss | ausschuss % | verschnitt | 不良率 | ロス率 |
损耗率 | 損耗率 | 损耗 | 废品率 | componentscrapinpercent
[base_quantity]
基础数量 | 基础用量 | 母件数量 | 母件底数 |
base quantity | base qty | bom quantity | basismenge | 基準数量 | 基本数量 | 基数 | 底数 |
bmeng
[item_type]
item type | item category | line type | positionstyp | pos typ | postp | 品目区分 | 行类型 |
子件类型 | obj type
[phantom]
phantom | is phantom | phantom item | dummybaugruppe | phantombaugruppe | ファントム | 虚拟件 |
虚项 | 虚设件
[not_fitted]
dnp | dni | dnl | dnf | do not load | do not populate | do not fit | do not place | not fitted |
nicht bestückt | 未実装 | 不贴 | 不焊
[alternate]
alternative | alternate | alternative item group | alt | substitute | altgruppe |
alternativposition | alternate group | 代替 | 代替品 | 替代 | 替代料 | 替代件 | 替代组
[usage_probability]
usage probability | usage probability % | einsatzwahrscheinlichkeit | 使用概率
[sourcing]
sourcing | stage origins | upstream origin | vorkette | 上流調達 | 上游来源
[stock_days]
stock days | days of stock | inventory days | lagerreichweite | lagerreichweite tage |
reichweite tage | 在庫日数 | 库存天数
[lead_time_days]
lead time | lead time days | leadtime | delivery time | delivery time days | lieferzeit |
lieferzeit tage | wiederbeschaffungszeit | plan lieferzeit | リードタイム | リードタイム日数 |
納期 | 交期 | 交货期 | 交货周期 | 采购周期 | 交货天数
[recycled_share]
recycled share | recycled content | recycled % | recyclinganteil | rezyklatanteil |
リサイクル率 | 再生材比率 | 回收料比例
[magnet_type]
magnet type | permanent magnet type | permanentmagnettype | magnettyp | magnetwerkstoff |
磁石種類 | 磁石の種類 | 磁体类型 | 磁铁类型
[technology]
motor technology | machine technology | motortechnologie | モータ方式 | 电机类型
[remark]
remark | remarks | note | notes | comments | additional info | bemerkung | bemerkungen |
anmerkung | anmerkungen | hinweis | hinweise | kommentar | notiz | 備考 | 備考欄 | コメント |
注記 | 备注 | 備註 | 注释 | 說明事項 | 附注 | uwagi | ghi chú | observaciones | nota | notas |
remarque
[product]
product code parent | bom no | bom id | production bom no | bom | stückliste |
stücklistennummer | bom number
[ignore]
total | total price | total cost | total part cost | extended cost | extended price |
ext price | ext cost | line total | subtotal | gesamtpreis | gesamt | summe | gesamtkosten |
合計 | 小計 | 参考小計 | 金額 | 总价 | 總價 | 合计 | 金额 | 小计 | url | link | part link |
website | hyperlink | web link | リンク | 链接 | footprint | package | 封装 | 封裝 | gehäuse |
min quantity | min qty | moq | min order qty | versandkosten | shipping | shipping cost | 运费 |
送料 | 费用预估 | status | lifecycle | revision | rev | version | datasheet | data sheet |
datenblatt | image | picture | photo | 图片 | 画像 | bild | order qty | qty to order | stock |
stock qty | on hand | anzahl bestellen | bestellen | total mass | total weight | gesamtgewicht |
总重 | supplier part | supplier part number | supplier part no | supplier pn |
distributor part number | lieferantenartikelnummer | lcsc | lcsc part | jlcpcb part | digikey |
digi key | mouser
"""


def _table() -> Mapping[str, tuple[Field, ...]]:
    words: dict[str, tuple[Field, ...]] = {}
    fields: tuple[Field, ...] = ()
    for line in _WORDS.strip().splitlines():
        if line.startswith("["):
            fields = tuple(Field(name) for name in line.strip("[]").split())
            continue
        for word in line.split("|"):
            words.setdefault(word.strip().rstrip("."), fields)
    words.pop("", None)
    return MappingProxyType(words)


#: Candidate fields by header key.
HEADER_WORDS: Mapping[str, tuple[Field, ...]] = _table()
