package survey

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/cxmodel/cxmodel"
)

// Intern returns a code for each text, and the texts by code in the order of their first appearance: a column for
// [Columns]. More than 65,536 different texts are a *cxmodel.LimitError.
func Intern[S ~string](ctx context.Context, texts []S) (codes []uint16, keys []S, err error) {
	codes = make([]uint16, len(texts))
	workers := max(1, min(runtime.GOMAXPROCS(0), maxWorkers, len(texts)/(4*blockRows)))
	parts := make([][]S, workers)
	errs := make([]error, workers)
	bounds := func(w int) (from, to int) { return len(texts) * w / workers, len(texts) * (w + 1) / workers }
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			from, to := bounds(w)
			parts[w], errs[w] = intern(ctx, texts[from:to], codes[from:to])
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, nil, err
		}
	}
	keys = parts[0]
	byText := make(map[S]uint16, len(keys))
	for i, k := range keys {
		byText[k] = uint16(i)
	}
	for w := 1; w < workers; w++ {
		shift := make([]uint16, len(parts[w]))
		same := true
		for i, k := range parts[w] {
			c, ok := byText[k]
			if !ok {
				if len(keys) == maxKeys {
					return nil, nil, tooManyTexts()
				}
				c = uint16(len(keys))
				keys, byText[k] = append(keys, k), c
			}
			shift[i] = c
			same = same && int(c) == i
		}
		if same {
			continue
		}
		from, to := bounds(w)
		for i, c := range codes[from:to] {
			codes[from+i] = shift[c]
		}
	}
	return codes, keys, nil
}

func tooManyTexts() error {
	return fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "different texts in a column", Limit: maxKeys})
}

// intern fills in the codes of one part.
func intern[S ~string](ctx context.Context, texts []S, codes []uint16) (keys []S, err error) {
	var lately recent[S]
	byText := map[S]uint16{}
	for from := 0; from < len(texts); from += blockRows {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		for i, text := range texts[from:min(from+blockRows, len(texts))] {
			e := &lately[recentSlot(text)]
			if e.text == text && len(text) > 0 {
				codes[from+i] = e.code
				continue
			}
			c, ok := byText[text]
			if !ok {
				if len(keys) == maxKeys {
					return nil, tooManyTexts()
				}
				c = uint16(len(keys))
				keys = append(keys, text)
				byText[text] = c
			}
			e.text, e.code = text, c
			codes[from+i] = c
		}
	}
	return keys, nil
}
