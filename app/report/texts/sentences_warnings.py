"""Warnings on the whole answer: English, then German, Japanese, Chinese."""

from __future__ import annotations

SENTENCES = """
The legal status behind a score is not confirmed: the score takes the best estimate, its upper bound the worst case.
de: Der rechtliche Stand hinter einem Wert ist nicht bestätigt: der Wert nimmt die beste Schätzung, die obere Grenze den schlimmsten Fall.
ja: 点数の前提となる法的状態は未確認です。点数は最善の推定、上限は最悪の場合に基づきます。
zh: 得分所依据的法律状态未经确认：得分取最佳估计，上限取最坏情况。

A measure that decides a score is known from press reports only.
de: Eine Maßnahme, die einen Wert bestimmt, ist nur aus der Presse bekannt.
ja: 点数を左右する措置の一部は報道でのみ確認されています。
zh: 决定得分的某项措施仅见于新闻报道。

Some compositions are typical ones of the part's class, not declared; ask the suppliers.
de: Manche Zusammensetzungen sind übliche der Teileart, keine erklärten; fragen Sie die Lieferanten.
ja: 一部の組成は申告値ではなく部品区分の代表値です。仕入先に確認してください。
zh: 部分成分为该类零件的典型值，并非申报值；请询问供应商。

The origin of some goods is not declared; the world's mix and the destination's imports stand in for it.
de: Die Herkunft mancher Waren ist nicht erklärt; an ihre Stelle treten der Weltmix und die Einfuhren des Ziellands.
ja: 一部の品目の原産が申告されていないため、世界の構成と輸入国の輸入構成で代用しています。
zh: 部分货物的来源未申报，以世界构成和进口国的进口构成代替。

For some elements a stage of the chain has no figures and was left out.
de: Für manche Elemente hat eine Stufe der Kette keine Zahlen und wurde ausgelassen.
ja: 一部の元素では、数値のない工程を除外しています。
zh: 部分元素的某一环节没有数据，已略去。

Less than half of the weight rests on declared origins, declared compositions and measured stocks.
de: Weniger als die Hälfte des Gewichts beruht auf erklärter Herkunft, erklärter Zusammensetzung und gemessenem Vorrat.
ja: 申告された原産、申告された組成、実測の在庫に基づく重みは半分未満です。
zh: 基于申报来源、申报成分和实测库存的权重不足一半。

An observation of licensing practice is old; its weight fades.
de: Eine Beobachtung der Genehmigungspraxis ist alt; ihr Gewicht nimmt ab.
ja: 許可の運用に関する観測の一部は古く、その重みを下げています。
zh: 对许可实践的某项观察已较陈旧，其权重递减。

Some supply figures were published only after the date of the question; the oldest ones serve.
de: Manche Lieferzahlen erschienen erst nach dem Stichtag; es dienen die ältesten.
ja: 一部の供給数値は基準日より後に公表されたもので、最も古い数値を用いています。
zh: 部分供应数据在基准日之后才公布，使用其中最早的数据。

A declared supplier country does not make the goods; they were traced to the world's producers.
de: Ein erklärtes Lieferland stellt die Ware nicht her; sie wurde auf die Hersteller der Welt zurückgeführt.
ja: 申告された供給国では当該品目が生産されていないため、世界の生産国にさかのぼって計算しています。
zh: 申报的供应国并不生产该货物；已追溯至世界各生产国。

No line states price, mass or quantity on which lines could be weighed; all count the same.
de: Keine Zeile nennt Preis, Masse oder Menge zum Gewichten; alle zählen gleich.
ja: 重み付けに使える価格、質量、数量の記載がないため、すべての行を同じ重みで扱います。
zh: 没有可用于加权的价格、质量或数量；各行权重相同。

The register of controls ends on {date}, {days} days before the date of the question; later acts are not in it.
de: Das Kontrollregister endet am {date}, {days} Tage vor dem Stichtag; spätere Rechtsakte fehlen darin.
ja: 規制登録は{date}までで、基準日の{days}日前です。それ以降の法令は含まれません。
zh: 管制登记截至{date}，早于基准日{days}天；此后的法令未收录。

{event} was due on {date}, after the register's last day; whether it came is not known.
de: Für den {date}, nach dem letzten Tag des Registers, stand ein Ereignis an; ob es eintrat, ist nicht bekannt.
ja: 規制登録の最終日より後の{date}に予定されていた事項が実際に生じたかは不明です。
zh: 原定于{date}（晚于登记截止日）的事项是否发生尚不清楚。

The end use is not known: the bounds run from civil to military use, the score weighs them by the sector's share of military use.
de: Die Endverwendung ist nicht bekannt: die Grenzen reichen von ziviler bis militärischer Verwendung, der Wert gewichtet sie nach dem militärischen Anteil der Branche.
ja: 最終用途は不明です。範囲は民生から軍事までを含み、点数は業種の軍事用途の割合で加重しています。
zh: 最终用途未知：区间涵盖民用至军用，得分按行业的军用比例加权。

{measures}: the status '{status}' from {date} is only {basis}; no legal act that confirms it was found.
de: {measures}: der Stand {status} ab {date} ist nur {basis}; ein bestätigender Rechtsakt wurde nicht gefunden.
ja: {measures}：{date}からの状態{status}は{basis}にとどまり、確認する法令は見つかっていません。
zh: {measures}：自{date}起的状态{status}仅为{basis}；未找到予以确认的法律文件。

The end user matches a name on {lists}.
de: Der Endverwender entspricht einem Namen auf {lists}.
ja: 最終需要者は{lists}の掲載名と一致します。
zh: 最终用户与{lists}中的名称匹配。

These columns were not used: {columns}.
de: Diese Spalten wurden nicht verwendet: {columns}.
ja: 次の列は使用していません：{columns}。
zh: 以下各列未使用：{columns}。

Prices come in several currencies; no exchange rate is guessed, so lines are not weighed by spend.
de: Preise stehen in mehreren Währungen; Wechselkurse werden nicht geraten, daher wird nicht nach Einkaufswert gewichtet.
ja: 価格の通貨が複数あります。為替レートは推定しないため、調達額による重み付けは行いません。
zh: 价格涉及多种货币；不猜测汇率，因此不按采购额加权。

{open} of {total} lines could not be told; what they hold may be missing from the scores. Each of them says what to ask.
de: {open} von {total} Zeilen ließen sich nicht beurteilen; was sie enthalten, kann in den Werten fehlen. Jede sagt, was zu fragen ist.
ja: {total}行のうち{open}行は判定できず、その内容は点数に反映されていない可能性があります。各行に確認事項を示しています。
zh: {total}行中有{open}行无法判断，其所含可能未计入得分。每行均列出应询问的内容。

'{word}' is no sector and was not used; /v1/sectors lists ids and aliases
de: „{word}“ ist keine bekannte Branche und wurde nicht verwendet
ja: 「{word}」は登録された業種ではないため使用していません
zh: “{word}”不是已知行业，未使用

'{word}' is no stage and was not used; use {stages}
de: „{word}“ ist keine bekannte Stufe und wurde nicht verwendet
ja: 「{word}」は登録された工程ではないため使用していません
zh: “{word}”不是已知环节，未使用

{figure} is not between 0 and {highest} and was not used
de: {figure} liegt nicht zwischen 0 und {highest} und wurde nicht verwendet
ja: {figure}は0から{highest}の範囲外のため使用していません
zh: {figure}不在0至{highest}之间，未使用

the shares of the suppliers sum to {sum} and were scaled to 1
de: die Anteile der Lieferanten ergeben {sum} und wurden auf 1 gebracht
ja: 仕入先の割合の合計が{sum}であったため、1に調整しました
zh: 供应商份额合计为{sum}，已按比例调整为1

By the day of the question nobody had looked again, as is due, whether {measures} still stands as described.
de: Bis zum Stichtag hatte niemand wie fällig nachgesehen, ob {measures} noch so gilt wie beschrieben.
ja: 基準日までに、{measures}が記載どおりかどうかの再確認（期限到来）が行われていません。
zh: 截至基准日，尚无人按期复核{measures}是否仍如所述。

the shares at stage {stage} sum to {sum} and were not used
de: die Anteile einer Stufe ergeben {sum} und wurden nicht verwendet
ja: ある工程の割合の合計が{sum}であったため使用していません
zh: 某环节的份额合计为{sum}，未使用
"""
