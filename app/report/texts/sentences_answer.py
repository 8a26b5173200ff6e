"""Reasons, questions, notes on the law and warnings: English, then German, Japanese, Chinese.

Slots in braces take whatever stands there; a single code is put into words by its own row.
"""

from __future__ import annotations

SENTENCES = """
nothing in the line points to a rare earth
de: nichts in der Zeile deutet auf eine Seltene Erde
ja: レアアースを示す記載がありません
zh: 该行没有指向稀土的内容

the text names something without rare earths
de: der Text nennt etwas ohne Seltene Erden
ja: レアアースを含まないものと記載されています
zh: 文本所指之物不含稀土

the text says that there are none
de: der Text sagt, dass keine enthalten sind
ja: 含まないと明記されています
zh: 文本说明不含稀土

the declared composition is complete and holds none
de: die erklärte Zusammensetzung ist vollständig und enthält keine
ja: 申告された組成は完全で、レアアースを含みません
zh: 申报的成分完整且不含稀土

the declared magnet holds no rare earth
de: der erklärte Magnet enthält keine Seltene Erde
ja: 申告された磁石はレアアースを含みません
zh: 申报的磁体不含稀土

the product is declared to hold no permanent magnet
de: das Produkt enthält laut Erklärung keinen Dauermagneten
ja: 永久磁石を含まないと申告されています
zh: 产品申报为不含永磁体

the line has no words that tell what the part is
de: die Zeile hat keine Wörter, die sagen, was das Teil ist
ja: 部品の内容を示す語がありません
zh: 该行没有说明零件是什么的文字

the text names materials with and without rare earths
de: der Text nennt Werkstoffe mit und ohne Seltene Erden
ja: レアアースを含む材料と含まない材料の両方が記載されています
zh: 文本同时提到含稀土和不含稀土的材料

the text names rare earths and the declared composition has none
de: der Text nennt Seltene Erden, die erklärte Zusammensetzung enthält keine
ja: 記載にはレアアースがありますが、申告された組成にはありません
zh: 文本提到稀土，但申报的成分不含

the rare earths of this assembly are counted in the lines below it, not here
de: die Seltenen Erden dieser Baugruppe sind in den Zeilen darunter gezählt, nicht hier
ja: この組立品のレアアースは下位の行で計上しています
zh: 该组件的稀土计入其下各行，不在此处重复计算

goods under {code} ({description}) may hold rare earths: {precision}
de: Waren der Zolltarifnummer {code} können Seltene Erden enthalten
ja: 関税分類番号{code}の品目はレアアースを含む可能性があります
zh: 海关编码{code}项下的货物可能含稀土

the name suggests {subject} and does not state what is inside
de: der Name deutet auf {subject} und sagt nicht, was enthalten ist
ja: 名称から{subject}と推測されますが、内容は記載されていません
zh: 名称提示为{subject}，但未说明内含物

no share of such parts with rare earths is known, so that it counts as if it had them
de: wie viele solcher Teile Seltene Erden enthalten, ist nicht bekannt; es zählt, als ob es sie hätte
ja: この種の部品がレアアースを含む割合は不明のため、含むものとして扱います
zh: 此类零件含稀土的比例未知，按含有处理

about {share} of such parts hold rare earths
de: etwa {share} solcher Teile enthalten Seltene Erden
ja: この種の部品の約{share}がレアアースを含みます
zh: 此类零件约{share}含稀土

Which grade is the magnet, and how much dysprosium and terbium does it hold per piece?
de: Welche Güte hat der Magnet, und wie viel Dysprosium und Terbium enthält er je Stück?
ja: 磁石のグレードと、1個当たりのジスプロシウムとテルビウムの量を教えてください
zh: 磁体是什么牌号？每件含多少镝和铽？

Which rare earths does it hold, and how much of each?
de: Welche Seltenen Erden enthält es, und wie viel von jeder?
ja: どのレアアースをそれぞれどれだけ含みますか
zh: 含哪些稀土，各含多少？

What is this part? The line holds a number or code and no description.
de: Was ist dieses Teil? Die Zeile enthält eine Nummer oder einen Code, aber keine Beschreibung.
ja: この部品は何ですか。行には番号やコードのみで説明がありません。
zh: 这是什么零件？该行只有编号或代码，没有描述。

Which of the materials does the part have?
de: Welchen der Werkstoffe hat das Teil?
ja: 部品の材料はどちらですか
zh: 该零件用的是其中哪种材料？

Does this part hold rare earths, which, and how much of each?
de: Enthält dieses Teil Seltene Erden, welche, und wie viel von jeder?
ja: この部品はレアアースを含みますか。種類とそれぞれの量は何ですか
zh: 该零件是否含稀土？含哪些，各多少？

Is it {subject}, and which rare earths does it hold?
de: Ist es {subject}, und welche Seltenen Erden enthält es?
ja: {subject}ですか。どのレアアースを含みますか
zh: 是否为{subject}？含哪些稀土？

Which rare earths does this part ({component}) hold, and how much?
de: Welche Seltenen Erden enthält dieses Teil, und wie viel?
ja: この部品はどのレアアースをどれだけ含みますか
zh: 该零件含哪些稀土，含量多少？

not_controlled
de: „nicht kontrolliert“
ja: 「規制なし」
zh: “不受管制”

ordinary_licence
de: „gewöhnliche Genehmigung“
ja: 「通常許可」
zh: “普通许可”

announced
de: „angekündigt“
ja: 「発表済み」
zh: “已宣布”

suspended
de: „ausgesetzt“
ja: 「停止中」
zh: “暂停”

unconfirmed
de: „nicht bestätigt“
ja: 「未確認」
zh: “未确认”

licence_required
de: „Genehmigung nötig“
ja: 「許可必要」
zh: “需要许可”

enhanced_licence
de: „verschärfte Genehmigung“
ja: 「厳格化された許可」
zh: “加严许可”

case_by_case
de: „Einzelfallprüfung“
ja: 「個別審査」
zh: “逐案审查”

presumption_of_denial
de: „vermutlich versagt“
ja: 「原則不許可」
zh: “推定不予许可”

prohibited
de: „verboten“
ja: 「禁止」
zh: “禁止”

in_force
de: „in Kraft“
ja: 「施行中」
zh: “施行中”

ended
de: „beendet“
ja: 「終了」
zh: “已结束”

not_published
de: „nicht veröffentlicht“
ja: 「未公表」
zh: “未公布”

scheduled
de: vorgesehen
ja: 予定
zh: 已排期

stated
de: erklärt
ja: 表明
zh: 已表态

If the goods hold {elements}, the status is {status}: ask the supplier.
de: Enthält die Ware {elements}, gilt {status}: fragen Sie den Lieferanten.
ja: {elements}を含む場合の状態は{status}です。仕入先に確認してください。
zh: 若货物含{elements}，则状态为{status}：请询问供应商。

The end user's name is near one on {lists}; find out whether it is the same firm.
de: Der Name des Endverwenders ähnelt einem auf {lists}; klären Sie, ob es dieselbe Firma ist.
ja: 最終需要者の名称は{lists}に掲載の名称に近いものです。同一企業か確認してください。
zh: 最终用户名称与{lists}中的某名称相近；请核实是否为同一企业。

If the end user is or belongs to a listed firm, the status is {status}.
de: Ist der Endverwender eine gelistete Firma oder gehört er zu einer, gilt {status}.
ja: 最終需要者が掲載企業またはその傘下である場合の状態は{status}です。
zh: 若最终用户是名单企业或隶属于名单企业，则状态为{status}。

Assemblies are not controlled themselves; the materials in them are, on their way to whoever builds them in.
de: Baugruppen selbst sind nicht kontrolliert; die Werkstoffe darin sind es auf dem Weg zu dem, der sie einbaut.
ja: 組立品自体は規制対象外ですが、その材料は組み込む企業に届くまでの段階で規制されます。
zh: 组件本身不受管制；其中的材料在运往装配者的途中受管制。

Nobody has confirmed by a legal act what holds of {measure} since {date}: best estimate {best}, worst case {worst}.
de: Was von {measure} seit {date} gilt, hat kein Rechtsakt bestätigt: wahrscheinlich {best}, schlimmstenfalls {worst}.
ja: {measure}の{date}以降の効力を確認する法令はありません。最善の推定は{best}、最悪の場合は{worst}です。
zh: 自{date}起{measure}的效力尚无法律文件确认：最佳估计{best}，最坏情况{worst}。

The suspension of {measure} ran out by its own text; nobody has said so since.
de: Die Aussetzung von {measure} ist nach ihrem eigenen Text abgelaufen; seither hat niemand es gesagt.
ja: {measure}の停止は条文上の期限を過ぎましたが、その後の発表はありません。
zh: {measure}的暂停按其文本已到期；此后无人说明。

Whether goods of a suspended measure count as listed for {measure} is open; at worst the status is {status}.
de: Ob Ware einer ausgesetzten Maßnahme für {measure} als gelistet gilt, ist offen; schlimmstenfalls gilt {status}.
ja: 停止中の措置の品目が{measure}の対象に当たるかは不明です。最悪の場合の状態は{status}です。
zh: 被暂停措施所列货物是否算作{measure}的清单货物尚无定论；最坏情况为{status}。

The end user is named by {measure}.
de: Der Endverwender ist in {measure} genannt.
ja: 最終需要者は{measure}に掲載されています。
zh: 最终用户被{measure}点名。

{measure} is suspended; if it returns, it bites at once.
de: {measure} ist ausgesetzt; kehrt sie zurück, greift sie sofort.
ja: {measure}は停止中ですが、再開されると直ちに適用されます。
zh: {measure}处于暂停；一旦恢复即刻生效。

{measure} holds if the goods come from {country} or hold material from there.
de: {measure} gilt, wenn die Ware aus {country} kommt oder Material von dort enthält.
ja: {measure}は、{country}産の品目またはその材料を含む品目に適用されます。
zh: 若货物来自{country}或含其材料，则{measure}适用。

{measure} also speaks of this, a term without definition: {rule}.
de: {measure} nennt auch dies, ein Begriff ohne Definition: {rule}.
ja: {measure}は、定義のない次の用語にも言及しています：{rule}。
zh: {measure}还提到这一未定义的用语：{rule}。

any end user or use that helps to raise Japan's military strength
de: jeder Endverwender oder Zweck, der Japans militärische Stärke hebt
ja: 日本の軍事力の向上に資するあらゆる最終需要者または用途
zh: 有助于提升日本军事实力的任何最终用户或用途

Whether {measure} binds those who send the goods on is not confirmed: best estimate {best}, worst case {worst}.
de: Ob {measure} auch bindet, wer die Ware weitergibt, ist nicht bestätigt: wahrscheinlich {best}, schlimmstenfalls {worst}.
ja: {measure}が再輸出者を拘束するかは未確認です。最善の推定は{best}、最悪の場合は{worst}です。
zh: {measure}是否约束转出口者尚未确认：最佳估计{best}，最坏情况{worst}。

{measure} controls the goods only if particle_size_um is below {figure}.
de: {measure} erfasst die Ware nur bei einer Korngröße unter {figure} µm.
ja: {measure}は粒径が{figure} µm未満の場合に限り適用されます。
zh: 仅当粒径小于{figure} µm时，{measure}才管制该货物。

The end user matches no listed name, which is no clearance; not every name could be read of {lists}.
de: Der Endverwender entspricht keinem gelisteten Namen; das ist keine Freigabe. Nicht alle Namen lesbar waren bei {lists}.
ja: 最終需要者は掲載名と一致しませんが、審査済みを意味しません。{lists}は全名称を確認できていません。
zh: 最终用户与名单无匹配，但不等于通过审查；{lists}的名称未能全部读取。

The end user matches no listed name, which is no clearance.
de: Der Endverwender entspricht keinem gelisteten Namen; das ist keine Freigabe.
ja: 最終需要者は掲載名と一致しませんが、審査済みを意味しません。
zh: 最终用户与名单无匹配，但不等于通过审查。

The end user matches a name on {lists}.
de: Der Endverwender entspricht einem Namen auf {lists}.
ja: 最終需要者は{lists}の掲載名と一致します。
zh: 最终用户与{lists}中的名称匹配。
"""
