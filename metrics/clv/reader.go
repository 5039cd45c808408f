package clv

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/cxmodel/cxmodel"
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
	Layouts   []string       // time layouts as in package time; empty: RFC 3339, 2006-01-02, 20060102
	Location  *time.Location // for times that carry no zone; nil means UTC
	RowBytes  int            // the longest row; 0 means 1 MiB
}

// A Reader streams the orders of a delimited file with a heading: CSV, or separated by semicolons, tabs or bars.
// Times and numbers are read as the options say and never guessed: with a layout that fits both day/month and
// month/day the file would be read wrongly without a word.
type Reader struct {
	rec    *records
	opts   ReaderOptions
	used   bool
	rows   int
	bad    int
	issues cxmodel.Issues
	intern [1 << 13]string // customers seen lately, so that repeat customers cost no allocation

	columns                          int // of the heading
	customer, when, amount, currency int // columns; currency -1: by option
	code                             string
	codeLine                         int
}

const (
	defaultRowBytes = 1 << 20
	keptIssues      = 100
)

// NewReader returns a Reader of r. Nothing is read before All is ranged over.
func NewReader(r io.Reader, opts *ReaderOptions) *Reader {
	rd := &Reader{}
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
	if len(rd.opts.Layouts) == 0 {
		rd.opts.Layouts = []string{time.RFC3339, time.DateOnly, "20060102"}
	}
	rd.rec = newRecords(r, rd.opts.RowBytes)
	rd.rec.sep = rd.opts.Separator
	return rd
}

// Rows returns the number of rows read so far under the heading, rejected ones included.
func (r *Reader) Rows() int { return r.rows }

// Rejected returns the rows that were left out, each with its line and the reason (the first hundred), and how many
// there were in all.
func (r *Reader) Rejected() (cxmodel.Issues, int) { return slices.Clone(r.issues), r.bad }

// All yields the orders in the order of the file. Rows that cannot be read are left out and listed by
// [Reader.Rejected]. An error ends the stream: a missing column, a broken quote, a row beyond the limit, a second
// currency, a failure of the file itself. A second range yields [ErrConsumed].
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
			fields, err := r.rec.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Order{}, r.named(err))
				return
			}
			r.rows++
			o, code, reason := r.order(fields)
			if reason != nil {
				r.reject(code, reason)
				continue
			}
			if r.code == "" {
				r.code, r.codeLine = o.Amount.Currency(), r.rec.start
			} else if o.Amount.Currency() != r.code {
				yield(Order{}, r.named(fmt.Errorf("clv: line %d: %w: %s here, %s on line %d; value each currency by itself",
					r.rec.start, cxmodel.ErrMixed, o.Amount.Currency(), r.code, r.codeLine)))
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

func (r *Reader) reject(code string, reason error) {
	r.bad++
	if len(r.issues) < keptIssues {
		r.issues = append(r.issues, cxmodel.Issue{
			Pos:  cxmodel.Position{File: r.opts.Name, Line: r.rec.start},
			Code: code, Severity: cxmodel.SeverityWarning, Message: reason.Error(), Err: reason,
		})
	}
}

// order reads one row; code and reason say why it cannot.
func (r *Reader) order(fields [][]byte) (o Order, code string, reason error) {
	if need := max(r.customer, r.when, r.amount, r.currency) + 1; len(fields) < need {
		return o, "short-row", fmt.Errorf("the row has %d fields, %d are needed", len(fields), need)
	}
	for _, f := range fields[min(r.columns, len(fields)):] { // blank ones are separators at the end of the line
		if len(trim(f)) > 0 {
			return o, "long-row", fmt.Errorf("the row has %d fields and the heading %d; quote a field that holds the separator %q", len(fields), r.columns, r.rec.sep)
		}
	}
	customer := trim(fields[r.customer])
	if len(customer) == 0 {
		return o, "no-customer", errors.New("the customer is empty")
	}
	if o.Time, reason = r.time(trim(fields[r.when])); reason != nil {
		return o, "bad-time", reason
	}
	currency := r.opts.Currency
	if r.currency >= 0 {
		if text := trim(fields[r.currency]); string(text) == r.code {
			currency = r.code
		} else {
			currency = string(text)
		}
	}
	if o.Amount, reason = parseAmount(trim(fields[r.amount]), r.opts.Decimal, currency); reason != nil {
		return o, "bad-amount", reason
	}
	o.Customer = r.name(customer)
	return o, "", nil
}

func (r *Reader) name(b []byte) string {
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	slot := &r.intern[(h^h>>12)%uint32(len(r.intern))]
	if *slot != string(b) {
		*slot = string(b)
	}
	return *slot
}

func (r *Reader) time(text []byte) (time.Time, error) {
	if len(text) == 0 {
		return time.Time{}, errors.New("the time is empty")
	}
	for _, layout := range r.opts.Layouts {
		if t, ok := parseDay(layout, text, r.opts.Location); ok {
			return t, nil
		}
		if layout == time.RFC3339 && len(text) < len("2006-01-02T15:04:05Z") {
			continue
		}
		if t, err := time.ParseInLocation(layout, string(text), r.opts.Location); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a time of the layouts %s; name yours in Layouts", shorten(text), strings.Join(r.opts.Layouts, ", "))
}

// heading reads the first row and finds the columns.
func (r *Reader) heading() error {
	if d := r.opts.Decimal; d != '.' && d != ',' {
		return fmt.Errorf("clv: %w: decimal %q; use '.' or ','", ErrOption, d)
	}
	fields, err := r.rec.next()
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("clv: %w: the file is empty", ErrNoData)
	}
	if err != nil {
		return err
	}
	r.columns = len(fields)
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = string(trim(f))
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
		return fmt.Errorf("clv: line %d: %w", r.rec.start, err)
	}
	r.currency, err = column(names, "currency", r.opts.Columns.Currency, currencyWords)
	switch {
	case err == nil:
		return nil
	case r.opts.Columns.Currency != "":
		return fmt.Errorf("clv: line %d: %w", r.rec.start, err)
	case r.opts.Currency == "":
		return fmt.Errorf("clv: line %d: %w: no column says it; set Currency to a code such as EUR", r.rec.start, ErrNoCurrency)
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
			return -1, fmt.Errorf("%w: both %q and %q could be the %s; say which in Columns", ErrColumn, shorten([]byte(names[at])), shorten([]byte(name)), what)
		}
		at = i
	}
	if at >= 0 {
		return at, nil
	}
	shown := names[:min(len(names), 12)]
	if given != "" {
		return -1, fmt.Errorf("%w: no column %q among %q", ErrColumn, given, shown)
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
