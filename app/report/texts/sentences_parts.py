"""What kinds of parts hold, and what to ask about them: English, then German, Japanese, Chinese."""

from __future__ import annotations

SENTENCES = """
a magnet whose material is not stated; small strong magnets are mostly NdFeB, others are ferrite, AlNiCo or SmCo
de: ein Magnet ohne Angabe des Werkstoffs; kleine starke Magnete sind meist NdFeB, andere Ferrit, AlNiCo oder SmCo
ja: 材質の記載がない磁石です。小型で強力な磁石は多くがNdFeB、その他はフェライト、AlNiCo、SmCoです
zh: 未注明材料的磁体；小而强的磁体多为NdFeB，其余为铁氧体、AlNiCo或SmCo

Which magnet material and grade is it (NdFeB, SmCo, AlNiCo, ferrite), and does it contain dysprosium or terbium?
de: Welcher Magnetwerkstoff und welche Güte ist es (NdFeB, SmCo, AlNiCo, Ferrit), und enthält er Dysprosium oder Terbium?
ja: 磁石の材質とグレードは何ですか（NdFeB、SmCo、AlNiCo、フェライト）。ジスプロシウムやテルビウムを含みますか
zh: 磁体的材料和牌号是什么（NdFeB、SmCo、AlNiCo、铁氧体）？是否含镝或铽？

articles with magnetic hold or closure often have small NdFeB magnets, some have ferrite
de: Artikel mit Magnethalter oder Magnetverschluss haben oft kleine NdFeB-Magnete, manche Ferrit
ja: 磁石で保持・開閉する物品には小型NdFeB磁石が多く、一部はフェライトです
zh: 靠磁力固定或闭合的物品常用小型NdFeB磁体，部分用铁氧体

Which magnet material do the magnets in this article have, and how much of it?
de: Aus welchem Werkstoff sind die Magnete in diesem Artikel, und wie viel ist es?
ja: この物品の磁石の材質と量を教えてください
zh: 该物品中的磁体用何种材料，用量多少？

the sensor set has a ring of small magnets; bonded NdFeB, ferrite and SmCo are all used
de: der Sensorsatz hat einen Ring kleiner Magnete; kunststoffgebundenes NdFeB, Ferrit und SmCo kommen vor
ja: センサーには小型磁石のリングがあり、NdFeBボンド磁石、フェライト、SmCoのいずれも使われます
zh: 传感器组带有一圈小磁体；粘结NdFeB、铁氧体和SmCo均有使用

Which magnet material does the sensor ring have?
de: Aus welchem Magnetwerkstoff ist der Sensorring?
ja: センサーリングの磁石の材質は何ですか
zh: 传感器磁环用何种磁体材料？

brushless and permanent-magnet synchronous motors mostly have NdFeB magnets; some have ferrite or SmCo
de: bürstenlose und permanenterregte Synchronmotoren haben meist NdFeB-Magnete, manche Ferrit oder SmCo
ja: ブラシレスモータや永久磁石同期モータの多くはNdFeB磁石を使い、一部はフェライトやSmCoです
zh: 无刷电机和永磁同步电机多用NdFeB磁体，部分用铁氧体或SmCo

Which magnet material, grade and magnet mass does the motor have, and does it contain dysprosium or terbium?
de: Welchen Magnetwerkstoff, welche Güte und Magnetmasse hat der Motor, und enthält er Dysprosium oder Terbium?
ja: モータの磁石の材質、グレード、質量は何ですか。ジスプロシウムやテルビウムを含みますか
zh: 电机的磁体材料、牌号和磁体质量是多少？是否含镝或铽？

industrial servo motors almost always have NdFeB magnets
de: industrielle Servomotoren haben fast immer NdFeB-Magnete
ja: 産業用サーボモータはほぼ必ずNdFeB磁石を使います
zh: 工业伺服电机几乎都用NdFeB磁体

Which magnet material, grade and magnet mass does the servo motor have, and does it contain dysprosium or terbium?
de: Welchen Magnetwerkstoff, welche Güte und Magnetmasse hat der Servomotor, und enthält er Dysprosium oder Terbium?
ja: サーボモータの磁石の材質、グレード、質量は何ですか。ジスプロシウムやテルビウムを含みますか
zh: 伺服电机的磁体材料、牌号和磁体质量是多少？是否含镝或铽？

small servos have a coreless or brushed motor with NdFeB or ferrite magnets
de: kleine Servos haben einen Glockenanker- oder Bürstenmotor mit NdFeB- oder Ferritmagneten
ja: 小型サーボはコアレスまたはブラシ付きモータで、NdFeBまたはフェライト磁石を使います
zh: 小型舵机采用空心杯或有刷电机，用NdFeB或铁氧体磁体

Which motor and magnet material does the servo have?
de: Welchen Motor und welchen Magnetwerkstoff hat das Servo?
ja: サーボのモータの種類と磁石の材質は何ですか
zh: 舵机用何种电机和磁体材料？

hybrid steppers have a NdFeB rotor magnet, small can-stack steppers a ferrite one
de: Hybridschrittmotoren haben einen Läufermagneten aus NdFeB, kleine Klauenpolmotoren einen aus Ferrit
ja: ハイブリッド型ステッピングモータの回転子磁石はNdFeB、小型のクローポール型はフェライトです
zh: 混合式步进电机的转子磁体为NdFeB，小型爪极式为铁氧体

Is it a hybrid stepper, and which magnet does its rotor have?
de: Ist es ein Hybridschrittmotor, und welchen Magneten hat sein Läufer?
ja: ハイブリッド型ですか。回転子の磁石は何ですか
zh: 是否为混合式步进电机？转子用何种磁体？

small DC motors mostly have ferrite magnets, the strong and the light ones have NdFeB
de: kleine Gleichstrommotoren haben meist Ferritmagnete, die starken und die leichten NdFeB
ja: 小型DCモータの多くはフェライト磁石で、高出力品や軽量品はNdFeBです
zh: 小型直流电机多用铁氧体磁体，大功率或轻型的用NdFeB

Which magnet material does the motor have?
de: Welchen Magnetwerkstoff hat der Motor?
ja: モータの磁石の材質は何ですか
zh: 电机用何种磁体材料？

a motor whose kind is not stated; induction motors have no magnets, permanent-magnet motors have ferrite or NdFeB
de: ein Motor ohne Angabe der Art; Asynchronmotoren haben keine Magnete, permanenterregte haben Ferrit oder NdFeB
ja: 種類の記載がないモータです。誘導モータには磁石がなく、永久磁石モータはフェライトかNdFeBを使います
zh: 未注明类型的电机；感应电机不含磁体，永磁电机用铁氧体或NdFeB

Is it a permanent-magnet motor, and which magnet material and mass does it have?
de: Ist es ein permanenterregter Motor, und welchen Magnetwerkstoff und welche Magnetmasse hat er?
ja: 永久磁石モータですか。磁石の材質と質量は何ですか
zh: 是否为永磁电机？磁体材料和质量是多少？

e-bike drives have permanent-magnet motors, nearly all with NdFeB
de: E-Bike-Antriebe haben permanenterregte Motoren, fast alle mit NdFeB
ja: 電動自転車の駆動部は永久磁石モータで、ほぼすべてNdFeBです
zh: 电动自行车驱动采用永磁电机，几乎都用NdFeB

Which magnet material and mass does the drive have, and does it contain dysprosium or terbium?
de: Welchen Magnetwerkstoff und welche Magnetmasse hat der Antrieb, und enthält er Dysprosium oder Terbium?
ja: 駆動部の磁石の材質と質量は何ですか。ジスプロシウムやテルビウムを含みますか
zh: 驱动的磁体材料和质量是多少？是否含镝或铽？

a complete e-bike has a permanent-magnet motor, nearly always with NdFeB
de: ein vollständiges E-Bike hat einen permanenterregten Motor, fast immer mit NdFeB
ja: 電動自転車の完成車は永久磁石モータを備え、ほぼ必ずNdFeBです
zh: 整车电动自行车带永磁电机，几乎都用NdFeB

Which motor does the vehicle have, with which magnet material and mass?
de: Welchen Motor hat das Fahrzeug, mit welchem Magnetwerkstoff und welcher Magnetmasse?
ja: 車両のモータの種類、磁石の材質と質量は何ですか
zh: 车辆用何种电机，磁体材料和质量是多少？

voice-coil and linear drives need strong magnets, mostly NdFeB
de: Tauchspul- und Linearantriebe brauchen starke Magnete, meist NdFeB
ja: ボイスコイルやリニア駆動には強力な磁石が必要で、多くはNdFeBです
zh: 音圈和直线驱动需要强磁体，多为NdFeB

Which magnet material and mass does the actuator have?
de: Welchen Magnetwerkstoff und welche Magnetmasse hat der Aktor?
ja: アクチュエータの磁石の材質と質量は何ですか
zh: 执行器的磁体材料和质量是多少？

loudspeakers have ferrite or NdFeB magnets; the text does not say which
de: Lautsprecher haben Ferrit- oder NdFeB-Magnete; der Text sagt nicht, welche
ja: スピーカーの磁石はフェライトかNdFeBですが、記載からは分かりません
zh: 扬声器用铁氧体或NdFeB磁体；文本未说明是哪种

Which magnet material does the loudspeaker have?
de: Welchen Magnetwerkstoff hat der Lautsprecher?
ja: スピーカーの磁石の材質は何ですか
zh: 扬声器用何种磁体材料？

headphones nearly always have small NdFeB magnets
de: Kopfhörer haben fast immer kleine NdFeB-Magnete
ja: ヘッドホンはほぼ必ず小型NdFeB磁石を使います
zh: 耳机几乎都用小型NdFeB磁体

Which magnet material do the drivers have?
de: Welchen Magnetwerkstoff haben die Wandler?
ja: ドライバーの磁石の材質は何ですか
zh: 发声单元用何种磁体材料？

a hard disk has NdFeB in its actuator and spindle; the word is also used for solid state drives
de: eine Festplatte hat NdFeB in Aktor und Spindel; das Wort meint auch Laufwerke ohne bewegte Teile
ja: ハードディスクはアクチュエータとスピンドルにNdFeBを使いますが、この語はSSDにも使われます
zh: 硬盘的执行器和主轴含NdFeB；该词也用于固态硬盘

Is it a rotating disk, and which magnet mass does its actuator have?
de: Ist es eine drehende Platte, und welche Magnetmasse hat ihr Aktor?
ja: 回転式ディスクですか。アクチュエータの磁石の質量は何ですか
zh: 是否为旋转式硬盘？执行器的磁体质量是多少？

a white LED has a phosphor, mostly YAG with cerium; coloured LEDs without phosphor have none
de: eine weiße LED hat einen Leuchtstoff, meist YAG mit Cer; farbige LEDs ohne Leuchtstoff haben keinen
ja: 白色LEDには蛍光体（多くはセリウム添加YAG）があり、蛍光体のない有色LEDにはありません
zh: 白光LED含荧光粉，多为掺铈YAG；无荧光粉的彩色LED不含

Which phosphor do the LEDs have?
de: Welchen Leuchtstoff haben die LEDs?
ja: LEDの蛍光体は何ですか
zh: LED用何种荧光粉？

fluorescent lamps with good colour have tri-phosphor; plain halophosphate tubes have none
de: Leuchtstofflampen mit guter Farbe haben Dreibandenleuchtstoff; einfache Halophosphatröhren haben keinen
ja: 演色性の高い蛍光ランプは三波長蛍光体を使い、一般のハロリン酸管には含まれません
zh: 显色性好的荧光灯用三基色荧光粉；普通卤磷酸盐灯管不含

Does the lamp have a tri-phosphor coating, and what is its mass?
de: Hat die Lampe eine Beschichtung aus Dreibandenleuchtstoff, und welche Masse hat sie?
ja: 三波長蛍光体の塗膜がありますか。その質量は何ですか
zh: 灯管是否有三基色荧光粉涂层？质量是多少？

small fans mostly have a ring of bonded ferrite, a few have bonded NdFeB
de: kleine Lüfter haben meist einen Ring aus gebundenem Ferrit, wenige aus gebundenem NdFeB
ja: 小型ファンの多くはフェライトボンド磁石で、一部はNdFeBボンド磁石です
zh: 小风扇多用粘结铁氧体磁环，少数用粘结NdFeB

Which magnet material does the fan motor have?
de: Welchen Magnetwerkstoff hat der Lüftermotor?
ja: ファンモータの磁石の材質は何ですか
zh: 风扇电机用何种磁体材料？

class II ceramics (X7R, X5R) are doped with rare earths, mostly dysprosium, holmium or yttrium, far below two per cent
de: Keramik der Klasse II (X7R, X5R) ist mit Seltenen Erden dotiert, meist Dysprosium, Holmium oder Yttrium, weit unter zwei Prozent
ja: クラスIIセラミック（X7R、X5R）には主にジスプロシウム、ホルミウム、イットリウムが2％を大きく下回る量で添加されています
zh: II类陶瓷（X7R、X5R）掺有稀土，多为镝、钬或钇，远低于2%

Which rare-earth dopants does the dielectric have (dysprosium, holmium, yttrium)?
de: Mit welchen Seltenen Erden ist das Dielektrikum dotiert (Dysprosium, Holmium, Yttrium)?
ja: 誘電体にはどのレアアース（ジスプロシウム、ホルミウム、イットリウム）が添加されていますか
zh: 电介质掺有哪些稀土（镝、钬、钇）？

technical zirconia is mostly stabilised with yttria, some with magnesia or ceria
de: technisches Zirkonoxid ist meist mit Yttriumoxid stabilisiert, manches mit Magnesium- oder Ceroxid
ja: 工業用ジルコニアの多くはイットリアで安定化され、一部はマグネシアやセリアです
zh: 工业氧化锆多用氧化钇稳定，部分用氧化镁或氧化铈

Which oxide stabilises the zirconia, and how much of it?
de: Welches Oxid stabilisiert das Zirkonoxid, und wie viel davon?
ja: ジルコニアの安定化剤の種類と量は何ですか
zh: 氧化锆用何种氧化物稳定，含量多少？

isolators turn the light in a magneto-optic garnet with terbium, gadolinium or yttrium, or bismuth, and hold a SmCo or NdFeB magnet
de: Isolatoren drehen das Licht in einem magnetooptischen Granat mit Terbium, Gadolinium, Yttrium oder Bismut und enthalten einen SmCo- oder NdFeB-Magneten
ja: 光アイソレータはテルビウム、ガドリニウム、イットリウムまたはビスマスの磁気光学ガーネットとSmCoまたはNdFeB磁石を含みます
zh: 光隔离器用含铽、钆、钇或铋的磁光石榴石，并带SmCo或NdFeB磁体

Which magneto-optic crystal (TGG, YIG, bismuth garnet) and which magnet does the isolator have?
de: Welchen magnetooptischen Kristall (TGG, YIG, Bismutgranat) und welchen Magneten hat der Isolator?
ja: 磁気光学結晶（TGG、YIG、ビスマスガーネット）と磁石の種類は何ですか
zh: 隔离器用何种磁光晶体（TGG、YIG、铋石榴石）和何种磁体？

diode-pumped solid-state and fibre lasers have a crystal or fibre doped with neodymium, ytterbium or erbium
de: diodengepumpte Festkörper- und Faserlaser haben einen mit Neodym, Ytterbium oder Erbium dotierten Kristall oder eine solche Faser
ja: 半導体励起固体レーザやファイバレーザはネオジム、イッテルビウム、エルビウムを添加した結晶やファイバを使います
zh: 半导体泵浦固体激光器和光纤激光器采用掺钕、镱或铒的晶体或光纤

Which crystal or fibre does the laser have?
de: Welchen Kristall oder welche Faser hat der Laser?
ja: レーザの結晶またはファイバは何ですか
zh: 激光器用何种晶体或光纤？

some wind turbines have permanent-magnet generators, others have doubly fed ones without magnets
de: manche Windturbinen haben permanenterregte Generatoren, andere doppelt gespeiste ohne Magnete
ja: 風力発電機には永久磁石式と、磁石のない二次励磁式があります
zh: 有的风机采用永磁发电机，有的采用不含磁体的双馈发电机

Does the generator have permanent magnets, of which material and mass?
de: Hat der Generator Dauermagnete, aus welchem Werkstoff und mit welcher Masse?
ja: 発電機に永久磁石はありますか。材質と質量は何ですか
zh: 发电机是否带永磁体？材料和质量是多少？

cordless tools, drones and robots have brushless motors, mostly with NdFeB magnets
de: Akkuwerkzeuge, Drohnen und Roboter haben bürstenlose Motoren, meist mit NdFeB-Magneten
ja: コードレス工具、ドローン、ロボットはブラシレスモータを備え、多くはNdFeB磁石です
zh: 无绳工具、无人机和机器人采用无刷电机，多用NdFeB磁体

Which motors does the device have, with which magnet material and mass?
de: Welche Motoren hat das Gerät, mit welchem Magnetwerkstoff und welcher Magnetmasse?
ja: 機器のモータの種類、磁石の材質と質量は何ですか
zh: 该设备用哪些电机，磁体材料和质量是多少？
"""
