package journeysvg_test

import (
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/journey/journeysvg"
)

// german is a whole set of labels in another language.
func german() *journeysvg.Labels {
	return &journeysvg.Labels{
		Language: "de", JourneyMap: "Kundenreise", Stages: "Phasen", Touchpoints: "Kontaktpunkte", MomentsOfTruth: "Augenblicke der Wahrheit",
		NoStages: "Diese Kundenreise hat noch keine Phasen.", Continued: "Fortsetzung", Version: "Fassung", AsOf: "Stand", Owner: "Verantwortlich", Persona: "Persona",
		Share: "der Kunden", Size: "Kunden", Goals: "Ziele", Needs: "Bedürfnisse", Weight: "Gewicht", AnyOrder: "in beliebiger Reihenfolge",
		Phases: [3]string{"Vor dem Kauf", "Kauf", "Nach dem Kauf"},
		Does:   "Tut", Thinks: "Denkt", Feels: "Fühlt", Emotions: "Gefühle", Says: "Sagt", Expects: "Erwartet", Observed: "Gemessen",
		Pains: "Ärgernisse", Delights: "Freuden", Opportunities: "Chancen", Message: "Wir sagen", Strategy: "Strategie", Standard: "Servicestandard",
		Channel: "Kanal", HandOff: "Übergabe", Next: "Führt zu", Actors: "Beteiligte", Systems: "Systeme", Measures: "Wonach wir fragen",
		Layers:            [5]string{"Sichtbares Umfeld", "Kundschaft allein", "Vor den Kulissen", "Hinter den Kulissen", "Unterstützende Abläufe"},
		LineOfInteraction: "Interaktionslinie", LineOfVisibility: "Sichtbarkeitslinie", LineOfInternalInteraction: "Interne Interaktionslinie",
		Moments: [5]string{"Augenblick der Wahrheit", "Nullter Augenblick der Wahrheit", "Erster Augenblick der Wahrheit", "Zweiter Augenblick der Wahrheit",
			"Letzter Augenblick der Wahrheit"},
		Optional: "kann entfallen", Repeats: "wiederholt sich", SubJourney: "öffnet", Severity: "Schwere", Strength: "Stärke", Impact: "Wirkung", Effort: "Aufwand",
		Reach: "Reichweite", Count: "Fälle", Degrees: [5]string{"keine", "gering", "mittel", "hoch", "äußerst"}, Compliance: "eingehalten",
		OpenQuote: "„", CloseQuote: "“", Arrow: "→", VeryGood: "sehr gut", Neither: "weder noch", VeryBad: "sehr schlecht", Measured: "gemessen", Assumed: "angenommen",
		Unknown: "nicht bekannt", Peak: "Gipfel", End: "Ende", Decimal: ",",
		Terms: map[string]string{"as-is": "Wie es ist", "researched": "Erforscht", "website": "Webseite", "store": "Laden", "email": "E-Mail", "app": "App",
			"social": "soziale Medien", "word-of-mouth": "Mundpropaganda", "product": "Produkt", "chat": "Chat", "lost": "verloren", "anxiety": "Angst",
			"joy": "Freude", "responsible": "verantwortlich"},
	}
}

// arabic is a set of labels that turns the map round; what it leaves out is English.
func arabic() *journeysvg.Labels {
	return &journeysvg.Labels{
		Language: "ar", RightToLeft: true, JourneyMap: "رحلة العميل", Stages: "المراحل", Touchpoints: "نقاط الاتصال", MomentsOfTruth: "لحظات الحقيقة",
		Phases: [3]string{"قبل البيع", "البيع", "بعد البيع"}, Does: "يفعل", Thinks: "يفكر", Feels: "يشعر", Pains: "المتاعب", Delights: "المسرات", Channel: "القناة", Owner: "المسؤول",
		Moments:  [5]string{"لحظة حقيقة", "لحظة الحقيقة الصفرية", "لحظة الحقيقة الأولى", "لحظة الحقيقة الثانية", "لحظة الحقيقة الأخيرة"},
		VeryGood: "جيد جدا", Neither: "محايد", VeryBad: "سيئ جدا", Measured: "مقاس", Assumed: "مفترض", Peak: "الذروة", End: "النهاية", Severity: "الشدة", Reach: "الانتشار",
		Degrees: [5]string{"لا شيء", "منخفض", "متوسط", "مرتفع", "شديد"}, Arrow: "←",
		Terms: map[string]string{"phone": "الهاتف", "store": "المتجر", "email": "البريد الإلكتروني"},
	}
}

// lunch is a journey written in Arabic, with a name in Latin letters in it.
func lunch() *journey.Journey {
	return &journey.Journey{Name: "غداء في المقهى", Scenario: "جار يأتي لتناول الغداء", Stages: []journey.Stage{
		{Key: "enquiry", Name: "يسأل عن طاولة", Kind: journey.KindConsideration, Goal: "أن يجد مكانا", Touchpoints: []journey.Touchpoint{
			{Key: "call", Name: "يتصل بالمقهى", Channel: journey.ChannelPhone, Sentiment: new(.5), Action: "يتصل ويسأل عن طاولة لشخصين قرب النافذة", Owner: "Anna"},
			{Key: "wait", Name: "ينتظر الرد", Channel: journey.ChannelPhone, Sentiment: new(-1.), Pains: []journey.Pain{{Text: "لا أحد يرد وقت الظهيرة", Severity: new(journey.DegreeHigh), Reach: new(.4)}}},
		}},
		{Key: "visit", Name: "يأكل عندنا", Kind: journey.KindUse, Touchpoints: []journey.Touchpoint{
			{Key: "table", Name: "يجلس إلى الطاولة", Channel: journey.ChannelStore, Moment: journey.MomentFirst, Sentiment: new(2.),
				Delights: []journey.Delight{{Text: "صاحبة المقهى Anna ترحب بالجميع"}}},
		}},
		{Key: "follow-up", Name: "يسمع منا", Kind: journey.KindAdvocacy, Touchpoints: []journey.Touchpoint{
			{Key: "mail", Name: "تصله رسالة", Channel: journey.ChannelEmail, Sentiment: new(0.)},
		}},
	}}
}
