package cxmodel

// The currencies of ISO 4217 (list one, as of 2026-01-01: with the Caribbean guilder XCG and the Arab accounting
// dinar XAD, without the lev BGN, the kuna HRK and the Antillean guilder ANG) by the number of digits after the
// point. Codes without a minor unit (metals, testing) are left out.
var currencyDigits = func() map[string]int8 {
	m := make(map[string]int8, 180)
	for digits, codes := range [...]string{
		0: "BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF",
		1: "",
		2: "AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBMDBNDBOBBOVBRLBSDBTNBWPBYNBZDCADCDF" +
			"CHECHFCHWCNYCOPCOUCRCCUPCVECZKDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMD" +
			"GTQGYDHKDHNLHTGHUFIDRILSINRIRRJMDKESKGSKHRKPWKYDKZTLAKLBPLKRLRDLSLMADMDL" +
			"MGAMKDMMKMNTMOPMRUMURMVRMWKMXNMXVMYRMZNNADNGNNIONOKNPRNZDPABPENPGKPHPPKR" +
			"PLNQARRONRSDRUBSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTOP" +
			"TRYTTDTWDTZSUAHUSDUSNUYUUZSVEDVESWSTXADXCDXCGYERZARZMWZWG",
		3: "BHDIQDJODKWDLYDOMRTND",
		4: "CLFUYW",
	} {
		for i := 0; i < len(codes); i += 3 {
			m[codes[i:i+3]] = int8(digits)
		}
	}
	return m
}()
