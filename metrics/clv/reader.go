package clv

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/nearest"
	"github.com/cxmodel/cxmodel/internal/records"
)

// Columns names the headings of an order file. An empty field means: look for the usual words, such as "customer",
// "customer_id" or "user"; "time", "date" or "order date"; "amount", "total" or "revenue"; "currency".
// Case, blanks, hyphens and underscores do not matter.
type Columns struct {
	Customer, Time, Amount, Currency string
}

// ReaderOptions say how an order file is to be read. Nil means the defaults.
type ReaderOptions struct {
	Name      string         // name of the file, for messages
	Columns   Columns        // headings that are not the usual words
	Separator byte           // 0: the one of comma, semicolon, tab and bar that the heading has most often
	Decimal   byte           // '.' or ','; 0 means '.'
	Currency  string         // ISO 4217 code, for a file without such a column
	Layouts   []string       // time layouts as in package time, or "unix" or "unix-ms" for seconds or milliseconds since 1970; empty: ISO 8601, such as 2006-01-02T15:04:05Z, 2006-01-02 15:04 or 20060102
	Location  *time.Location // for times that carry no zone; nil means UTC
	RowBytes  int            // the longest row; 0 means 1 MiB
}

// A Reader streams the orders of a delimited file with a heading: CSV, or separated by semicolons, tabs or bars.
// Times and numbers are read as the options say and never guessed: with a layout that fits both day/month and
// month/day the file would be read wrongly without a word.
type Reader struct {
	src     io.Reader
	rec     *records.Text
	opts    ReaderOptions
	used    bool
	rows    int
	rejects records.Rejects
	intern  [1 << 13]string // customers seen lately, so that repeat customers cost no allocation

	columns                          int // of the heading
	customer, when, amount, currency int // columns; currency -1: by option
	code                             string
	codeLine                         int
}

const defaultRowBytes = 1 << 20

// NewReader returns a Reader of r. Nothing is read before All is ranged over.
func NewReader(r io.Reader, opts *ReaderOptions) *Reader {
	rd := &Reader{src: r}
	if opts != nil {
		rd.opts = *opts
		rd.opts.Layouts = slices.Clone(opts.Layouts)
	}
	if rd.opts.RowBytes <= 0 {
		rd.opts.RowBytes = defaultRowBytes
	}
	if rd.opts.Decimal == 0 {
		rd.opts.Decimal = '.'
	}
	if rd.opts.Location == nil {
		rd.opts.Location = time.UTC
	}
	rd.rejects.Name = rd.opts.Name
	return rd
}

// Rows returns the number of rows read so far under the heading, rejected ones included, blank ones not.
func (r *Reader) Rows() int { return r.rows }

// Rejected returns the rows that were left out, each with its line and the reason (the first hundred), and how many
// there were in all.
func (r *Reader) Rejected() (cxmodel.Issues, int) { return r.rejects.List() }

// All yields the orders in the order of the file. Rows that cannot be read are left out and listed by
// [Reader.Rejected]. An error ends the stream: a missing column, a quote that is never closed, a row beyond the limit, a
// second currency, a file that is not UTF-8, a failure of the file itself. A second range yields [ErrConsumed].
func (r *Reader) All() iter.Seq2[Order, error] {
	return func(yield func(Order, error) bool) {
		if r.used {
			yield(Order{}, fmt.Errorf("clv: %w; make a new one", ErrConsumed))
			return
		}
		r.used = true
		if err := r.heading(); err != nil {
			yield(Order{}, r.named(err))
			return
		}
		for {
			fields, err := r.rec.Next()
			if errors.Is(err, records.ErrEnd) {
				return
			}
			if err == nil && records.Blank(fields) {
				continue
			}
			r.rows++
			var o Order
			if err == nil {
				o, err = r.order(fields)
			}
			if err != nil {
				if r.rejects.Add(err, r.rec.Line()) {
					continue
				}
				yield(Order{}, r.named(fmt.Errorf("clv: %w", err)))
				return
			}
			if r.code == "" {
				r.code, r.codeLine = o.Amount.Currency(), r.rec.Line()
			} else if o.Amount.Currency() != r.code {
				yield(Order{}, r.named(fmt.Errorf("clv: line %d: %w: %s here, %s on line %d; value each currency by itself",
					r.rec.Line(), cxmodel.ErrMixed, o.Amount.Currency(), r.code, r.codeLine)))
				return
			}
			if !yield(o, nil) {
				return
			}
		}
	}
}

func (r *Reader) named(err error) error {
	if r.opts.Name == "" {
		return err
	}
	return fmt.Errorf("%s: %w", r.opts.Name, err)
}

// order reads one row; the error is a [records.Rejection].
func (r *Reader) order(fields [][]byte) (o Order, err error) {
	if need := max(r.customer, r.when, r.amount, r.currency) + 1; len(fields) < need {
		return o, records.Reject("short-row", "the row has %d fields, %d are needed", len(fields), need)
	}
	for _, f := range fields[min(r.columns, len(fields)):] { // blank ones are separators at the end of the line
		if len(records.Trim(f)) > 0 {
			return o, records.Reject("long-row", "the row has %d fields and the heading %d; quote a field that holds the separator %q", len(fields), r.columns, r.rec.Separator())
		}
	}
	if o.Time, err = r.time(records.Trim(fields[r.when])); err != nil {
		return o, &records.Rejection{Code: "bad-time", Err: err}
	}
	currency := r.opts.Currency
	if r.currency >= 0 {
		if text := records.Trim(fields[r.currency]); string(text) == r.code {
			currency = r.code
		} else {
			currency = string(text)
		}
	}
	if o.Amount, err = parseAmount(records.Trim(fields[r.amount]), r.opts.Decimal, currency); err != nil {
		return o, &records.Rejection{Code: "bad-amount", Err: err}
	}
	o.Customer, err = r.name(records.Trim(fields[r.customer]))
	return o, err
}

func (r *Reader) name(b []byte) (string, error) {
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	slot := &r.intern[(h^h>>12)%uint32(len(r.intern))]
	if *slot != string(b) || len(b) == 0 {
		switch {
		case len(b) == 0:
			return "", records.Reject("no-customer", "the customer is empty")
		case !utf8.Valid(b):
			return "", records.Reject("bad-customer", "the customer %q is not UTF-8; save the file as UTF-8", clip.Text(b))
		}
		*slot = string(b)
	}
	return *slot, nil
}

func (r *Reader) time(text []byte) (time.Time, error) {
	if len(text) == 0 {
		return time.Time{}, errors.New("the time is empty")
	}
	layouts := r.opts.Layouts
	if len(layouts) == 0 {
		if t, ok := records.ParseTime(text, r.opts.Location); ok {
			return t, nil
		}
		layouts = compactDay
	}
	for _, layout := range layouts {
		if t, err := records.ParseLayout(layout, string(text), r.opts.Location); err == nil {
			return t, nil
		}
	}
	if len(r.opts.Layouts) == 0 {
		return time.Time{}, fmt.Errorf("the time %q is not written as in 2006-01-02, 20060102 or 2006-01-02T15:04:05Z; say how in Layouts", clip.Text(text))
	}
	return time.Time{}, fmt.Errorf("the time %q is not written as %s; say how in Layouts", clip.Text(text), strings.Join(layouts, " or "))
}

var compactDay = []string{"20060102"}

// heading reads the first row and finds the columns.
func (r *Reader) heading() error {
	if d := r.opts.Decimal; d != '.' && d != ',' {
		return fmt.Errorf("clv: %w: decimal %q; use '.' or ','", ErrOption, d)
	}
	if s := r.opts.Separator; s != 0 && !records.Separates(s) {
		return fmt.Errorf("clv: %w: separator %q", ErrOption, s)
	}
	src, err := records.Open(r.src, r.opts.RowBytes)
	if err != nil {
		return fmt.Errorf("clv: %w", err)
	}
	r.rec = src.Text(r.opts.Separator)
	fields, err := r.rec.Heading()
	if errors.Is(err, records.ErrEnd) {
		return fmt.Errorf("clv: %w: the file is empty", ErrNoData)
	}
	if err != nil {
		return fmt.Errorf("clv: in the heading: %w", err)
	}
	r.columns = len(fields)
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = string(records.Trim(f))
	}
	find := func(what, given string, words []string) int {
		if err != nil {
			return -1
		}
		var at int
		at, err = column(names, what, given, words)
		return at
	}
	r.customer = find("customer", r.opts.Columns.Customer, customerWords)
	r.when = find("time", r.opts.Columns.Time, timeWords)
	r.amount = find("amount", r.opts.Columns.Amount, amountWords)
	if err != nil {
		return fmt.Errorf("clv: line %d: %w", r.rec.Line(), err)
	}
	r.currency, err = column(names, "currency", r.opts.Columns.Currency, currencyWords)
	switch {
	case err == nil:
		return nil
	case r.opts.Columns.Currency != "":
		return fmt.Errorf("clv: line %d: %w", r.rec.Line(), err)
	case r.opts.Currency == "":
		return fmt.Errorf("clv: line %d: %w: no column says it; set Currency to a code such as EUR", r.rec.Line(), ErrNoCurrency)
	}
	if _, err := cxmodel.NewMoney(0, 0, r.opts.Currency); err != nil {
		return fmt.Errorf("clv: option Currency: %w", err)
	}
	return nil
}

var (
	customerWords = []string{"customer", "customerid", "customernumber", "customerno", "customerkey", "cust", "custid", "client", "clientid", "user", "userid", "buyer", "buyerid", "account", "accountid", "member", "memberid"}
	timeWords     = []string{"time", "date", "datetime", "timestamp", "day", "ordertime", "orderdate", "orderedat", "orderdatetime", "createdat", "purchasetime", "purchasedate", "purchasetimestamp", "purchasedat", "invoicedate", "transactiontime", "transactiondate"}
	amountWords   = []string{"amount", "total", "value", "revenue", "sales", "spend", "price", "paid", "ordertotal", "ordervalue", "orderamount", "totalamount", "totalprice", "monetaryvalue", "invoicetotal", "transactionamount"}
	currencyWords = []string{"currency", "currencycode", "ordercurrency", "isocurrency"}
)

// column finds the heading given, or the one that is among the usual words.
func column(names []string, what, given string, words []string) (int, error) {
	if given != "" {
		words = []string{plain(given)}
	}
	at := -1
	for i, name := range names {
		if !slices.Contains(words, plain(name)) {
			continue
		}
		if at >= 0 {
			return -1, fmt.Errorf("%w: both %q and %q could be the %s; say which in Columns", ErrColumn, clip.Text(names[at]), clip.Text(name), what)
		}
		at = i
	}
	if at >= 0 {
		return at, nil
	}
	shown := make([]string, min(len(names), 12))
	for i := range shown {
		shown[i] = clip.Text(names[i])
	}
	if given != "" {
		guess := ""
		if near := nearest.Word(given, names); near != "" {
			guess = fmt.Sprintf("; did you mean %q?", near)
		}
		return -1, fmt.Errorf("%w: no column %q among %q%s", ErrColumn, clip.Text(given), shown, guess)
	}
	return -1, fmt.Errorf("%w: none of %q is the %s; name it in Columns", ErrColumn, shown, what)
}

// plain returns a heading in lower case, without blanks, points, hyphens and underscores.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		switch c {
		case ' ', '_', '-', '.', '\u00a0':
			return -1
		}
		return c
	}, strings.ToLower(s))
}
