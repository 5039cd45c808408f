package canvassvg_test

import "github.com/cxmodel/cxmodel/canvas/canvassvg"

func german() *canvassvg.Labels {
	return &canvassvg.Labels{
		Language: "de", Canvas: "Geschäftsmodell",
		Blocks: [9]string{"Kundensegmente", "Wertangebote", "Kanäle", "Kundenbeziehungen", "Einnahmequellen", "Schlüsselressourcen", "Schlüsselaktivitäten", "Schlüsselpartnerschaften", "Kostenstruktur"},
		Questions: [9]string{"Für wen schaffen wir Wert?", "Was bieten wir jedem Segment, und welches seiner Probleme löst das?", "Auf welchen Wegen erreichen und beliefern wir jedes Segment?",
			"Welche Beziehung erwartet jedes Segment, und was kostet sie uns?", "Wofür zahlen die Kunden, wie und wie viel?", "Was müssen wir haben, damit alles andere geht?",
			"Was müssen wir tun, damit alles andere geht?", "Wer liefert, was wir nicht selbst haben oder tun?", "Was kostet am meisten, und was treibt es?"},
		Perspectives: [3]string{"Wert schaffen", "Wert liefern", "Wert einnehmen"}, Version: "Fassung", AsOf: "Stand", Owner: "Verantwortlich", Performance: "funktioniert",
		Levels: [5]string{"gar nicht", "schlecht", "leidlich", "gut", "bestens"}, Nobody: "erreicht niemanden", Since: "Seit",
		Added: "neu", Removed: "entfallen", Changed: "geändert", Renamed: "hieß", Moved: "war bei", Nothing: "–", Arrow: "→",
		Attribution: "Aufteilung: The Business Model Canvas von Strategyzer AG (strategyzer.com), CC BY-SA 3.0",
	}
}

func arabic() *canvassvg.Labels {
	return &canvassvg.Labels{
		Language: "ar", RightToLeft: true, Canvas: "نموذج العمل",
		Blocks: [9]string{"شرائح العملاء", "القيمة المقترحة", "القنوات", "العلاقات مع العملاء", "مصادر الإيرادات", "الموارد الرئيسية", "الأنشطة الرئيسية", "الشراكات الرئيسية", "هيكل التكاليف"},
		Levels: [5]string{"معطل", "ضعيف", "مقبول", "جيد", "ممتاز"}, Nobody: "لا يصل إلى أحد", Arrow: "←",
	}
}
