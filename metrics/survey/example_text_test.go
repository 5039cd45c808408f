package survey_test

import (
	"context"
	"fmt"
	"log"

	"github.com/cxmodel/cxmodel/metrics/survey"
)

func ExampleTable_String() {
	table, err := monthly().Table(context.Background(), nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(table)
	// Output:
	// measure  segment   period  NPS  95 % interval    n
	// nps      new      2026-01  +30       +19..+40  200
	// nps      new      2026-02  +31       +19..+41  200
	// nps      new      2026-03  +31       +20..+41  200
	// nps      new      2026-04  +55       +45..+64  200
}

func ExampleDifferences_String() {
	d, err := monthly().Compare(context.Background(), survey.DimensionPeriod, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d)
	// Output:
	// measure  segment        a        b  difference  interval      p  differs
	// nps      new      2026-02  2026-01          +1  -15..+16   0.95  no
	// nps      new      2026-03  2026-02          +1  -15..+16   0.95  no
	// nps      new      2026-04  2026-03         +24  +10..+38  0.003  yes
	// p corrected by Benjamini-Hochberg
}
