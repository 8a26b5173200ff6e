"""What would help: names of designs and steps, their price, and the sentences around them.

One row each: English | German | Japanese | Chinese. What a design does in detail is English only;
the other languages keep its name, what it saves, and the sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_LANGUAGES = ("de", "ja", "zh")

#: Names and prices; they fill the slots of the patterns below.
_WORDS = """
ore | Erz | 鉱石 | 矿石
oxides and compounds | Oxiden und Verbindungen | 酸化物・化合物 | 氧化物和化合物
metal and alloys | Metall und Legierungen | 金属・合金 | 金属和合金
magnets | Magneten | 磁石 | 磁体
worked materials | verarbeiteten Werkstoffen | 加工材料 | 加工材料
devices | Geräten | 機器 | 器件
None | keiner | なし | 无
Ferrite permanent-magnet motor (spoke or axial flux) | Motor mit Ferritmagneten (Speichen- oder Axialflussbauart) | フェライト永久磁石モータ（スポーク型・アキシャルギャップ型） | 铁氧体永磁电机（辐条式或轴向磁通）
Larger and heavier; weak at cold demagnetisation; some La-Co ferrites hold La | Größer und schwerer; entmagnetisiert leichter in der Kälte; manche La-Co-Ferrite enthalten La | 大型・重量増、低温減磁に弱い、一部のLa-CoフェライトはLaを含む | 更大更重；低温下易退磁；部分La-Co铁氧体含La
Externally excited synchronous motor (wound rotor) | Fremderregte Synchronmaschine (gewickelter Läufer) | 巻線界磁形同期モータ | 电励磁同步电机（绕线转子）
Rotor losses, exciter cost; platform redesign | Läuferverluste, Kosten der Erregung; neue Plattform | 回転子損失、励磁装置の費用、プラットフォームの再設計 | 转子损耗、励磁成本；平台重新设计
Induction motor | Asynchronmotor | 誘導モータ | 感应电机
Lower part-load efficiency, bigger | Geringerer Wirkungsgrad bei Teillast, größer | 部分負荷の効率低下、大型化 | 部分负载效率较低，体积更大
Synchronous reluctance motor (IE4/IE5) | Synchron-Reluktanzmotor (IE4/IE5) | シンクロナスリラクタンスモータ（IE4/IE5） | 同步磁阻电机（IE4/IE5）
Needs a drive; low power factor; not for servo torque | Braucht einen Umrichter; niedriger Leistungsfaktor; nicht für Servomoment | 駆動装置が必要、力率が低い、サーボ用トルクには不向き | 需要变频器；功率因数低；不适合伺服转矩
Switched reluctance motor | Geschalteter Reluktanzmotor | スイッチトリラクタンスモータ | 开关磁阻电机
Noise, torque ripple, special inverter | Geräusch, Drehmomentwelligkeit, besonderer Umrichter | 騒音、トルクリプル、専用インバータ | 噪声、转矩脉动、专用逆变器
Ferrite-assisted reluctance motor | Reluktanzmotor mit Ferritmagneten | フェライト補助形リラクタンスモータ | 铁氧体辅助磁阻电机
About 30 % heavier in one comparison | In einem Vergleich etwa 30 % schwerer | ある比較では約30 %重い | 一项比较中约重30 %
Less magnet per motor (topology, hairpin, higher speed) | Weniger Magnet je Motor (Topologie, Hairpin, höhere Drehzahl) | モータ当たりの磁石の削減（構造、ヘアピン巻線、高速化） | 减少每台电机的磁体（拓扑、发卡绕组、更高转速）
Redesign at a model change | Neuentwurf bei einem Modellwechsel | モデル変更時の再設計 | 换型时重新设计
Geared turbine with DFIG or electrically excited direct drive | Getriebeturbine mit doppelt gespeistem Generator oder fremderregter Direktantrieb | 増速機付き二重給電形発電機または電気励磁の直結駆動 | 带齿轮箱的双馈机组或电励磁直驱
Offshore service intervals, mass | Wartung auf See, Masse | 洋上の保守間隔、質量 | 海上维护周期、质量
Medium-speed geared PM generator instead of direct drive | Mittelschneller Permanentmagnet-Generator mit Getriebe statt Direktantrieb | 直結駆動に代わる中速増速機付き永久磁石発電機 | 以中速带齿轮箱永磁发电机代替直驱
Gearbox | Getriebe | 増速機 | 齿轮箱
Grain-boundary diffusion of Dy or Tb | Korngrenzendiffusion von Dy oder Tb | DyまたはTbの粒界拡散 | Dy或Tb晶界扩散
Limited to thin magnets (5-8 mm); moves demand from Dy to Tb; licence still needed while any Dy or Tb is present | Nur für dünne Magnete (5–8 mm); verschiebt den Bedarf von Dy zu Tb; Genehmigung weiter nötig, solange Dy oder Tb enthalten ist | 薄い磁石（5～8 mm）に限る、需要がDyからTbへ移る、DyまたはTbを含む限り許可が必要 | 仅限薄磁体（5–8 mm）；需求由Dy转向Tb；只要含Dy或Tb仍需许可
Hot-deformed HREE-free NdFeB | Heißverformtes NdFeB ohne schwere Seltene Erden | 重希土類フリーの熱間加工NdFeB | 不含重稀土的热变形NdFeB
Shapes limited (rings, small blocks); few makers | Wenige Formen (Ringe, kleine Blöcke); wenige Hersteller | 形状に制約（リング、小型ブロック）、製造者が少ない | 形状受限（环、小块）；制造商少
HREE-free sintered NdFeB by grain refinement | Gesintertes NdFeB ohne schwere Seltene Erden durch feines Korn | 結晶粒微細化による重希土類フリー焼結NdFeB | 晶粒细化的无重稀土烧结NdFeB
Coercivity below 20-25 kOe at best; motor cooling may need a change | Koerzitivfeldstärke bestenfalls unter 20–25 kOe; die Motorkühlung ist vielleicht zu ändern | 保磁力は最大でも20～25 kOe未満、モータの冷却の変更が必要な場合がある | 矫顽力最高不到20–25 kOe；可能需改变电机冷却
Nd-reduced magnet with La and Ce | Nd-armer Magnet mit La und Ce | LaとCeを用いた省Nd磁石 | 以La和Ce减少Nd的磁体
Not reported in volume production in anything read | In nichts, was gelesen wurde, als Serie berichtet | 確認した資料に量産の報告はない | 所读资料均未报道量产
Cerium-containing low-cost NdFeB | Preiswertes NdFeB mit Cer | セリウム入り低コストNdFeB | 含铈低成本NdFeB
Lower remanence and heat limit; made mostly in China | Geringere Remanenz und Temperaturgrenze; meist in China gemacht | 残留磁束密度と耐熱が低い、主に中国製 | 剩磁和耐热较低；主要在中国生产
Sm-Fe-N bonded magnet | Gebundener Sm-Fe-N-Magnet | Sm-Fe-Nボンド磁石 | Sm-Fe-N粘结磁体
Bonded only (decomposes above about 600 C); Sm control | Nur gebunden (zerfällt über etwa 600 °C); Kontrolle von Sm | ボンド磁石のみ（約600 °C以上で分解）、Smの規制 | 仅限粘结（约600 °C以上分解）；Sm管制
SmCo instead of high-grade NdFeB | SmCo statt hochwertigem NdFeB | 高グレードNdFeBに代わるSmCo | 以SmCo代替高牌号NdFeB
Cobalt price, brittle, Sm under licence | Kobaltpreis, spröde, Sm genehmigungspflichtig | コバルト価格、もろさ、Smは許可対象 | 钴价、脆性、Sm需许可
High-grade NdFeB instead of SmCo below 180 C | Hochwertiges NdFeB statt SmCo unter 180 °C | 180 °C未満でSmCoに代わる高グレードNdFeB | 180 °C以下以高牌号NdFeB代替SmCo
Adds Dy or Tb | Bringt Dy oder Tb hinein | DyまたはTbが加わる | 增加Dy或Tb
AlNiCo magnet | AlNiCo-Magnet | AlNiCo磁石 | AlNiCo磁体
Low coercivity | Geringe Koerzitivfeldstärke | 保磁力が低い | 矫顽力低
Iron nitride magnet (Fe16N2) | Eisennitrid-Magnet (Fe16N2) | 窒化鉄磁石（Fe16N2） | 氮化铁磁体（Fe16N2）
An industry consultant calls it unsuitable for traction motors | Ein Fachberater nennt ihn ungeeignet für Fahrmotoren | 業界コンサルタントは駆動モータには不向きとする | 有行业顾问认为不适用于牵引电机
Ferrite loudspeaker or balanced armature with AlNiCo | Lautsprecher mit Ferrit oder Balanced-Armature mit AlNiCo | フェライトスピーカーまたはAlNiCoのバランスドアーマチュア | 铁氧体扬声器或AlNiCo动铁单元
Mass and size; not for phones | Masse und Größe; nicht für Telefone | 質量と寸法、電話機には不向き | 质量和尺寸；不适用于手机
Solid state drive instead of hard disk | SSD statt Festplatte | ハードディスクに代わるSSD | 以固态硬盘代替机械硬盘
Price per terabyte for archive storage | Preis je Terabyte für Archive | アーカイブ用途の容量単価 | 归档存储的每TB价格
LED instead of fluorescent lamps | LED statt Leuchtstofflampen | 蛍光灯に代わるLED | 以LED代替荧光灯
Mn-doped fluoride (KSF) red or quantum dots instead of Eu nitride | Rot aus Mn-dotiertem Fluorid (KSF) oder Quantenpunkten statt Eu-Nitrid | Eu窒化物に代わるMn賦活フッ化物（KSF）赤色または量子ドット | 以掺Mn氟化物（KSF）红粉或量子点代替Eu氮化物
Moisture sensitive; licences of patents | Feuchteempfindlich; Patentlizenzen | 湿気に弱い、特許の実施許諾 | 对湿气敏感；专利许可
OLED or microLED panels | OLED- oder MicroLED-Bildschirme | OLEDまたはマイクロLEDパネル | OLED或MicroLED面板
Price | Preis | 価格 | 价格
Lithium-ion instead of NiMH | Lithium-Ionen statt NiMH | NiMHに代わるリチウムイオン | 以锂离子电池代替NiMH
Other critical materials (Li, Co, Ni, graphite under Chinese control too) | Andere kritische Rohstoffe (Li, Co, Ni; auch Graphit unter chinesischer Kontrolle) | 別の重要原材料（Li、Co、Ni、黒鉛も中国の規制対象） | 其他关键材料（Li、Co、Ni，石墨同样受中国管制）
Low-Nd, Pr-free AB5 or A2B7 hydrogen-storage alloy | Wasserstoffspeicherlegierung AB5 oder A2B7 mit wenig Nd und ohne Pr | 低Nd・PrフリーのAB5またはA2B7水素吸蔵合金 | 低Nd、无Pr的AB5或A2B7储氢合金
Cycle life | Zyklenzahl | サイクル寿命 | 循环寿命
Low- or zero-rare-earth FCC catalyst | FCC-Katalysator mit wenig oder ohne Seltene Erden | 低レアアースまたはレアアースフリーのFCC触媒 | 低稀土或无稀土FCC催化剂
Higher addition rates, less gasoline yield | Höhere Zugaben, weniger Benzinausbeute | 添加量の増加、ガソリン収率の低下 | 添加量更高，汽油收率更低
Battery cars need no three-way catalyst | Batterieautos brauchen keinen Dreiwegekatalysator | 電池自動車に三元触媒は不要 | 纯电动车无需三元催化剂
Moves exposure to NdFeB | Verlagert die Abhängigkeit zu NdFeB | 依存がNdFeBに移る | 依赖转移至NdFeB
Zirconia, alumina or iron oxide polishing; ceria recycling | Polieren mit Zirkon-, Aluminium- oder Eisenoxid; Ceroxid wiederverwenden | ジルコニア、アルミナ、酸化鉄による研磨、セリアの再利用 | 氧化锆、氧化铝或氧化铁抛光；氧化铈回收
Lower removal rate | Geringerer Abtrag | 研磨速度の低下 | 去除率较低
Colloidal silica or alumina CMP instead of ceria | CMP mit Kieselsol oder Aluminiumoxid statt Ceroxid | セリアに代わるコロイダルシリカまたはアルミナのCMP | 以胶体二氧化硅或氧化铝CMP代替氧化铈
Process requalification | Prozess neu freigeben | 工程の再認定 | 工艺重新认证
MgO- or CaO-stabilised zirconia instead of yttria | Mit MgO oder CaO stabilisiertes Zirkonoxid statt Yttriumoxid | イットリアに代わるMgOまたはCaO安定化ジルコニア | 以MgO或CaO稳定氧化锆代替氧化钇
Lower toughness, ages at heat | Weniger zäh, altert bei Hitze | 靭性が低く、熱で劣化する | 韧性较低，受热老化
Lithium silicate or alumina crowns instead of zirconia | Kronen aus Lithiumsilikat oder Aluminiumoxid statt Zirkonoxid | ジルコニアに代わるケイ酸リチウムまたはアルミナの歯冠 | 以硅酸锂或氧化铝牙冠代替氧化锆
Lower strength | Geringere Festigkeit | 強度の低下 | 强度较低
Gadolinium zirconate for part of the thermal barrier | Gadoliniumzirkonat für einen Teil der Wärmedämmschicht | 遮熱コーティングの一部にジルコン酸ガドリニウム | 部分热障涂层采用锆酸钆
Adds Gd | Bringt Gd hinein | Gdが加わる | 增加Gd
Alumina or AlF3 parts instead of yttria | Teile aus Aluminiumoxid oder AlF3 statt Yttriumoxid | イットリアに代わるアルミナまたはAlF3部品 | 以氧化铝或AlF3零件代替氧化钇
More particles | Mehr Partikel | 微粒子の増加 | 颗粒增多
Ho, Er, Yb or Y in place of Dy in MLCC | Ho, Er, Yb oder Y anstelle von Dy in MLCC | MLCCのDyに代わるHo、Er、Yb、Y | MLCC中以Ho、Er、Yb或Y代替Dy
All are heavy rare earths, several under licence since April 2025 or named in October 2025; new powder qualification | Alle sind schwere Seltene Erden, mehrere seit April 2025 genehmigungspflichtig oder im Oktober 2025 genannt; neue Pulverfreigabe | いずれも重希土類で、一部は2025年4月から許可対象または2025年10月に指定、粉末の再認定 | 均为重稀土，部分自2025年4月起需许可或2025年10月被列入；粉末需重新认证
C0G, film or polymer capacitor instead of X7R | C0G-, Folien- oder Polymerkondensator statt X7R | X7Rに代わるC0G、フィルム、ポリマーコンデンサ | 以C0G、薄膜或聚合物电容代替X7R
Volume and price | Bauraum und Preis | 体積と価格 | 体积和价格
BGO or CsI instead of LYSO/LSO | BGO oder CsI statt LYSO/LSO | LYSO/LSOに代わるBGOまたはCsI | 以BGO或CsI代替LYSO/LSO
Image quality | Bildqualität | 画質 | 图像质量
Manganese, iron or non-contrast MRI protocols; high-relaxivity agents at half dose | MRT mit Mangan, Eisen oder ohne Kontrastmittel; hochrelaxive Mittel in halber Dosis | マンガン、鉄、非造影のMRI、高緩和能造影剤の半量投与 | 锰、铁或无对比剂MRI；高弛豫率对比剂减半
Regulatory approval | Zulassung | 規制当局の承認 | 监管审批
Raman or semiconductor optical amplifier instead of EDFA | Raman- oder Halbleiterverstärker statt EDFA | EDFAに代わるラマン増幅器または半導体光増幅器 | 以拉曼或半导体光放大器代替EDFA
Noise, power | Rauschen, Leistung | 雑音、電力 | 噪声、功率
Direct diode or CO2 laser instead of Yb fibre or Nd:YAG | Direktdioden- oder CO2-Laser statt Yb-Faser oder Nd:YAG | YbファイバーやNd:YAGに代わる直接ダイオードまたはCO2レーザー | 以直接二极管或CO2激光代替Yb光纤或Nd:YAG
Beam quality | Strahlqualität | ビーム品質 | 光束质量
Boron, hafnium or Ag-In-Cd absorbers instead of Gd or Dy | Absorber aus Bor, Hafnium oder Ag-In-Cd statt Gd oder Dy | GdやDyに代わるホウ素、ハフニウム、Ag-In-Cd吸収材 | 以硼、铪或Ag-In-Cd吸收体代替Gd或Dy
Fuel licence | Zulassung des Brennstoffs | 燃料の許認可 | 燃料许可
Galfenol or PZT instead of Terfenol-D | Galfenol oder PZT statt Terfenol-D | Terfenol-Dに代わるGalfenolまたはPZT | 以Galfenol或PZT代替Terfenol-D
Array redesign | Neuer Wandlerentwurf | アレイの再設計 | 阵列重新设计
Moulded aspheres, Nb/Ti/Bi high-index glass or polymer lenses | Gepresste Asphären, hochbrechendes Glas mit Nb/Ti/Bi oder Kunststofflinsen | モールド非球面、Nb/Ti/Bi系高屈折ガラス、樹脂レンズ | 模压非球面、Nb/Ti/Bi高折射玻璃或塑料透镜
Lens redesign | Neues Objektiv | レンズの再設計 | 镜头重新设计
YSZ or ceria electrolyte instead of ScSZ | Elektrolyt aus YSZ oder Ceroxid statt ScSZ | ScSZに代わるYSZまたはセリア電解質 | 以YSZ或氧化铈电解质代替ScSZ
Lower power density; adds Y or Gd | Geringere Leistungsdichte; bringt Y oder Gd hinein | 出力密度の低下、YまたはGdが加わる | 功率密度较低；增加Y或Gd
Al-Li, Al-Zr or Al-Mg-Er instead of Al-Sc | Al-Li, Al-Zr oder Al-Mg-Er statt Al-Sc | Al-Scに代わるAl-Li、Al-Zr、Al-Mg-Er | 以Al-Li、Al-Zr或Al-Mg-Er代替Al-Sc
New allowables | Neue Werkstoffkennwerte | 許容値の再設定 | 新的许用值
Al or RE-free Mg (AZ91, AM60) instead of WE43/EV31 | Al oder Mg ohne Seltene Erden (AZ91, AM60) statt WE43/EV31 | WE43/EV31に代わるAlまたはレアアースフリーMg（AZ91、AM60） | 以Al或无稀土Mg（AZ91、AM60）代替WE43/EV31
Mass, creep limit | Masse, Kriechgrenze | 質量、クリープ限度 | 质量、蠕变极限
Rare-earth-free TIG electrode (zirconiated) | WIG-Elektrode ohne Seltene Erden (mit Zirkon) | レアアースフリーTIG電極（ジルコニア入り） | 无稀土TIG电极（锆钨）
DC life | Standzeit bei Gleichstrom | 直流での寿命 | 直流寿命
Piezo ignition | Piezozündung | 圧電点火 | 压电点火
Raise stock to licence time plus transport time | Vorrat auf Genehmigungs- plus Transportzeit erhöhen | 許可期間と輸送期間の分まで在庫を増やす | 将库存提高到许可时间加运输时间
Magnets keep for years if coated and dry | Beschichtet und trocken halten Magnete jahrelang | 磁石は被覆し乾燥保管すれば何年も保つ | 磁体涂覆并干燥存放可保存多年
Compare alloy, coating and magnetisation; the raw material behind a second magnet maker may still be Chinese | Legierung, Beschichtung und Magnetisierung vergleichen; das Vormaterial des zweiten Magnetherstellers kann trotzdem chinesisch sein | 合金、被覆、着磁を比較すること。第二の磁石メーカーの原料も中国産の場合がある | 比较合金、涂层和充磁；第二家磁体商的原料仍可能来自中国
Ask for a grade without Dy and Tb | Nach einer Güte ohne Dy und Tb fragen | DyとTbを含まないグレードを求める | 询问不含Dy和Tb的牌号
Buy the motor or module instead of the bare magnet | Den Motor oder das Modul statt des bloßen Magneten kaufen | 磁石単体ではなくモータやモジュールを購入する | 购买电机或模块而非裸磁体
Assemblies are often outside the licence list; check the register for the 0.1 % rules announced and suspended in 2025 | Baugruppen stehen oft nicht auf der Genehmigungsliste; die 2025 angekündigten und ausgesetzten 0,1-%-Regeln im Register prüfen | 組立品は許可対象外であることが多い。2025年に発表され停止された0.1 %規則を登録で確認すること | 组件常不在许可清单内；请在登记中核对2025年公布并暂停的0.1 %规则
Consignment or vendor-held stock | Konsignationslager oder Vorrat beim Lieferanten | 預託在庫または仕入先保有在庫 | 寄售库存或供应商持有库存
Title and country of the stock matter | Eigentum und Land des Lagers zählen | 在庫の所有権と所在国が重要 | 库存的所有权和所在国很重要
Send swarf and scrap magnets to a recycler against metal credit | Späne und Magnetschrott gegen Metallgutschrift verwerten lassen | 切りくずと廃磁石を金属相殺で再生業者に出す | 将磨屑和废磁体交回收商换取金属抵扣
Non-Chinese recyclers exist in small scale only | Recycler außerhalb Chinas gibt es nur in kleinem Maßstab | 中国以外の再生業者は小規模のみ | 中国以外的回收商规模尚小
State the true final product and end user; a wrong statement loses the licence and may break law on both sides. Agree with counsel which technical data may be handed over | Das wahre Endprodukt und den wahren Endverwender angeben; eine falsche Angabe kostet die Genehmigung und kann auf beiden Seiten Recht brechen. Mit Rechtsberatern klären, welche technischen Daten übergeben werden dürfen | 最終製品と最終需要者を正しく示すこと。虚偽は許可を失い双方の法に反するおそれがある。提供してよい技術データは法務と合意すること | 如实说明最终产品和最终用户；虚假说明会失去许可并可能违反双方法律。可提供的技术数据须与法务商定
Lets non-Chinese grades compete | Lässt Güten anderer Herkunft zu | 中国以外のグレードも競争できる | 使非中国牌号可参与竞争
SH, UH, EH grade above real temperature need | Güte SH, UH oder EH über dem wirklichen Temperaturbedarf | 実際の必要温度を超えるSH・UH・EHグレード | 超过实际温度需求的SH、UH、EH牌号
Many designs carry one grade too much; see grain-boundary diffusion and sintered magnets without heavy rare earths | Viele Entwürfe nehmen eine Güte zu viel; siehe Korngrenzendiffusion und Sintermagnete ohne schwere Seltene Erden | 一段上のグレードを使う設計が多い。粒界拡散と重希土類フリー焼結磁石も参照 | 许多设计牌号偏高一级；另见晶界扩散和无重稀土烧结磁体
"""

#: Sentences with slots, the narrower before the wider.
_PATTERNS = """
{name}: needs no {none} and less {less}; brings in {added}. {effect} | {name}: kommt ohne {none} aus, braucht weniger {less}; bringt {added} hinein | {name}：{none}が不要、{less}を削減、{added}が加わる | {name}：不需要{none}，减少{less}；增加{added}
{name}: needs no {none}; brings in {added}. {effect} | {name}: kommt ohne {none} aus; bringt {added} hinein | {name}：{none}が不要、{added}が加わる | {name}：不需要{none}；增加{added}
{name}: needs less {less}; brings in {added}. {effect} | {name}: braucht weniger {less}; bringt {added} hinein | {name}：{less}を削減、{added}が加わる | {name}：减少{less}；增加{added}
{name}: needs no {none} and less {less}. {effect} | {name}: kommt ohne {none} aus, braucht weniger {less} | {name}：{none}が不要、{less}を削減 | {name}：不需要{none}，减少{less}
{name}: needs no {none}. {effect} | {name}: kommt ohne {none} aus | {name}：{none}が不要 | {name}：不需要{none}
{name}: needs less {less}. {effect} | {name}: braucht weniger {less} | {name}：{less}を削減 | {name}：减少{less}
{name}: {first} to {last} days, which outlasts the {horizon} days that the score looks ahead; see longer horizons | {name}: {first} bis {last} Tage, länger als die {horizon} Tage, die der Wert vorausschaut; siehe längere Zeiträume | {name}：{first}～{last}日。点数の対象期間{horizon}日を超えるため、より長い期間も確認のこと | {name}：{first}至{last}天，超过得分展望的{horizon}天；另见更长期限
{name}: {first} days, which outlasts the {horizon} days that the score looks ahead; see longer horizons | {name}: {first} Tage, länger als die {horizon} Tage, die der Wert vorausschaut; siehe längere Zeiträume | {name}：{first}日。点数の対象期間{horizon}日を超えるため、より長い期間も確認のこと | {name}：{first}天，超过得分展望的{horizon}天；另见更长期限
{name}: {first} to {last} days, the most that is usual | {name}: {first} bis {last} Tage, das höchste Übliche | {name}：{first}～{last}日（通常の上限） | {name}：{first}至{last}天，为通常上限
{name}: {first} days, the most that is usual | {name}: {first} Tage, das höchste Übliche | {name}：{first}日（通常の上限） | {name}：{first}天，为通常上限
{name}: {first} to {last} days | {name}: {first} bis {last} Tage | {name}：{first}～{last}日 | {name}：{first}至{last}天
{name}: {first} days | {name}: {first} Tage | {name}：{first}日 | {name}：{first}天
Order {first} to {last} days of need in advance, to arrive before {date}, when {measures} may start | Bedarf von {first} bis {last} Tagen im Voraus bestellen, Ankunft vor dem {date}, wenn {measures} beginnen kann | {first}～{last}日分を前倒しで発注し、{measures}が始まりうる{date}より前に到着させる | 提前订购{first}至{last}天的需求，在{measures}可能开始的{date}之前到货
Order {first} days of need in advance, to arrive before {date}, when {measures} may start | Bedarf von {first} Tagen im Voraus bestellen, Ankunft vor dem {date}, wenn {measures} beginnen kann | {first}日分を前倒しで発注し、{measures}が始まりうる{date}より前に到着させる | 提前订购{first}天的需求，在{measures}可能开始的{date}之前到货
{name}: {share} of the need ({plants}) | {name}: {share} des Bedarfs ({plants}) | {name}：必要量の{share}（{plants}） | {name}：需求的{share}（{plants}）
{name}; it pays for any {when} | {name}; es lohnt sich bei jeder {when} | {name}。{when}で有効 | {name}；适用于{when}
Take {share} of {goods} from {country} (at work there: {plants}), so that no country supplies more than {most} | {share} der Menge an {goods} aus {country} beziehen (dort tätig: {plants}), damit kein Land mehr als {most} liefert | {goods}の{share}を{country}から調達し（稼働中：{plants}）、一国の供給を{most}以下に抑える | 从{country}采购{share}的{goods}（当地在产：{plants}），使任何国家的供应不超过{most}
Ties up capital; while a licence duty holds, the stock itself waits for licences. {more} | Bindet Kapital; solange eine Genehmigungspflicht gilt, wartet auch der Vorrat auf Genehmigungen. {more} | 資金が拘束される。許可制の間は在庫の積み増しにも許可が必要。{more} | 占用资金；许可要求有效期间，备货本身也需等待许可。{more}
The forecast must hold that much longer. {more} | Die Planung muss um so viel länger stimmen. {more} | その分長期の需要予測が必要。{more} | 预测须相应更长期有效。{more}
{country} makes only {shares} in the world at this stage. {more} | {country} stellt auf dieser Stufe nur {shares} der Welt her. {more} | この工程で{country}の世界シェアは{shares}のみ。{more} | {country}在此环节仅占世界{shares}。{more}
Only where the magnet stays cool enough. {more} | Nur, wo der Magnet kühl genug bleibt. {more} | 磁石の温度が十分低い場合に限る。{more} | 仅限磁体温度足够低之处。{more}
{more}. Less mass is needed, but what is left is needed as before | {more}. Es wird weniger gebraucht, aber was bleibt, wird gebraucht wie zuvor | {more}。必要量は減るが、残りは従来どおり必要 | {more}。用量减少，但剩余部分仍如前所需
"""


def words_of_actions() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the names and prices in English, with their translations by language."""
    return _rows(_WORDS)


def patterns_of_actions() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the sentences with slots, with their translations by language."""
    return _rows(_PATTERNS)


def _rows(block: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for line in block.strip().splitlines():
        english, *others = line.split(" | ")
        yield english, dict(zip(_LANGUAGES, others, strict=True))
