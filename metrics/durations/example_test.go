package durations_test

import (
	"fmt"
	"os"
	"time"

	"github.com/cxmodel/cxmodel/metrics/durations"
)

// week returns the response times of one desk: 1, 2, ... minutes, and a few long ones.
func week(n int) *durations.Histogram {
	var h durations.Histogram
	for i := range n {
		h.Add(time.Duration(i+1) * time.Minute)
	}
	h.Add(9 * time.Hour)
	return &h
}

func ExampleHistogram() {
	all := week(60)
	if err := all.Merge(week(90)); err != nil {
		fmt.Println(err)
		return
	}
	opts := &durations.Options{Unit: time.Minute}
	median, _ := all.Quantile(.5, opts)
	p90, _ := all.Quantile(.9, opts)
	promised, _ := all.Within(time.Hour, nil)
	fmt.Println(median)
	fmt.Println(p90)
	fmt.Println(promised)
	// Output:
	// p50 38.08 minutes (95 % CI 31.78..45.24, n=152, order statistics, buckets within 0.78 %)
	// p90 77.31 minutes (95 % CI 68.72..85.90, n=152, order statistics, buckets within 0.78 %)
	// within 1h0m0s 78.6 % (95 % CI 70.4..84.7 %, n=152, Wilson)
}

func ExampleNew() {
	h, err := durations.New(.001)
	fmt.Println(h.RelativeError(), err)
	_, err = durations.New(5)
	fmt.Println(err)
	// Output:
	// 0.0009765625 <nil>
	// metrics: bad option: relative error 5; want .0001 to .25, such as .01 for 1 %
}

// A day is taken out of the week again, exactly; one that was never in is refused.
func ExampleHistogram_Sub() {
	all, monday := week(60), week(90)
	_ = all.Merge(monday)
	fmt.Println(all.N(), all.Sub(monday), all.N())
	fmt.Println(all.Sub(monday))
	// Output:
	// 152 <nil> 61
	// metrics: impossible count: what is taken out was never counted
}

func ExampleHistogram_Table() {
	table, _ := week(60).Table(&durations.Options{Unit: time.Minute}, .5, .9)
	_ = table.WriteMarkdown(os.Stdout)
	// Output:
	// | metric | value | interval | n | notes |
	// | --- | ---: | --- | ---: | --- |
	// | mean duration | 38.85 |  | 61 | no interval: the sampling error of this number is not known |
	// | p50 | 31.07 | 22.91..39.51 (95 %) | 61 |  |
	// | p90 | 55.26 | 49.82..60.13 (95 %) | 61 |  |
}

func ExampleHistogram_MarshalBinary() {
	h := week(60)
	b, _ := h.MarshalBinary()
	var back durations.Histogram
	err := back.UnmarshalBinary(b)
	fmt.Println(len(b), "bytes,", back.N(), "times,", err)
	// Output:
	// 144 bytes, 61 times, <nil>
}

func ExampleHistogram_Buckets() {
	var h durations.Histogram
	for _, s := range []float64{1, 1.01, 5, 30} {
		h.Add(time.Duration(s * float64(time.Second)))
	}
	for b := range h.Buckets() {
		fmt.Println(b.Low, "to", b.High, b.Count)
	}
	// Output:
	// 998.244352ms to 1.006632959s 1
	// 1.00663296s to 1.015021567s 1
	// 4.966055936s to 5.033164799s 1
	// 29.796335616s to 30.064771071s 1
}
