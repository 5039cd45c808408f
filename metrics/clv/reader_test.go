package clv_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

func money(t testing.TB, s string) cxmodel.Money {
	t.Helper()
	m, err := cxmodel.ParseMoney(s)
	require.NoError(t, err)
	return m
}

// readAll returns the orders before the first error.
func readAll(r *clv.Reader) ([]clv.Order, error) {
	var out []clv.Order
	for o, err := range r.All() {
		if err != nil {
			return out, err
		}
		out = append(out, o)
	}
	return out, nil
}

func TestEveryDialectOfAnOrderFileReadsAlike(t *testing.T) {
	want := []clv.Order{
		{Customer: "Anna, B.", Time: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Amount: money(t, "12.50 EUR")},
		{Customer: `say "hi"`, Time: time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC), Amount: money(t, "-3 EUR")},
	}
	for name, c := range map[string]struct {
		in   string
		opts clv.ReaderOptions
	}{
		"comma":        {"customer,time,amount\n\"Anna, B.\",2026-03-01,12.50\n\"say \"\"hi\"\"\",2026-03-31,-3\n", clv.ReaderOptions{Currency: "EUR"}},
		"CRLF and BOM": {"\ufeffCustomer ID,Order Date,Total\r\n\"Anna, B.\",20260301,12.5\r\n\r\n\"say \"\"hi\"\"\",20260331,-3.00", clv.ReaderOptions{Currency: "EUR"}},
		"semicolon":    {"user;date;revenue;currency\nAnna, B.;2026-03-01;12,50;EUR\n\"say \"\"hi\"\"\";2026-03-31;-3,0;EUR\n;;;\n", clv.ReaderOptions{Decimal: ','}},
		"tab, mapped":  {"who\twhen\twhat\tday\nAnna, B.\t01/03/2026\t12.50\tx\n\"say \"\"hi\"\"\"\t31/03/2026\t-3\tx\n", clv.ReaderOptions{Currency: "EUR", Columns: clv.Columns{Customer: "who", Time: "when", Amount: "what"}, Layouts: []string{"02/01/2006"}}},
		"bar":          {"amount|extra|customer|timestamp\n+12.50||Anna, B.|2026-03-01T00:00:00Z\n -3 |\"a\nb\"|\" say \"\"hi\"\" \"|2026-03-31T00:00:00Z\n", clv.ReaderOptions{Currency: "EUR"}},
	} {
		r := clv.NewReader(strings.NewReader(c.in), &c.opts)
		got, err := readAll(r)
		require.NoError(t, err, name)
		assert.Equal(t, want, got, name)
		assert.Equal(t, 2, r.Rows(), name)
		_, bad := r.Rejected()
		assert.Zero(t, bad, name)
	}
}

// As in package survey: what is unambiguous is read, what could be day/month or month/day is not guessed.
func TestTimesOfISO8601AreRead(t *testing.T) {
	var b strings.Builder
	b.WriteString("customer,time,amount\n")
	for _, s := range []string{"2026-03-01 10:00", "2026-03-01T10:00:00Z", "2026-03-01 10:00:00.5", "2026-03-01T12:00+02:00", "2026-03-01", "20260301", "01/03/2026", "2026-02-30", "20260230"} {
		fmt.Fprintf(&b, "a,%s,1\n", s)
	}
	r := clv.NewReader(strings.NewReader(b.String()), &clv.ReaderOptions{Currency: "EUR"})
	got, err := readAll(r)
	require.NoError(t, err)
	ten := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	want := []time.Time{ten, ten, ten.Add(time.Second / 2), ten, ten.Add(-10 * time.Hour), ten.Add(-10 * time.Hour)}
	require.Len(t, got, len(want))
	for i := range want {
		assert.True(t, want[i].Equal(got[i].Time), "%v", got[i].Time)
	}
	issues, bad := r.Rejected()
	require.Equal(t, 3, bad)
	assert.Contains(t, issues[0].Message, `"01/03/2026" is not written as in 2006-01-02`)
	assert.Contains(t, issues[0].Message, "Layouts")
}

func TestTimesWithoutAZoneAreInTheLocationGiven(t *testing.T) {
	lisbon := time.FixedZone("somewhere", 3600)
	r := clv.NewReader(strings.NewReader("customer,time,amount\na,2026-03-01,1\na,2026-03-01T10:00:00+02:00,1\n"), &clv.ReaderOptions{Currency: "EUR", Location: lisbon})
	got, err := readAll(r)
	require.NoError(t, err)
	assert.True(t, got[0].Time.Equal(time.Date(2026, 2, 28, 23, 0, 0, 0, time.UTC)))
	assert.True(t, got[1].Time.Equal(time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)))
}

func TestBadRowsAreListedAndTheRestIsRead(t *testing.T) {
	var b strings.Builder
	b.WriteString("customer,time,amount,currency\n")
	for i := range 10_000 {
		switch i {
		case 10: // line 12: the heading is line 1
			b.WriteString("c1,01.03.2026,5,EUR\n")
		case 20:
			b.WriteString("c1,2026-02-30,5,EUR\n")
		case 30:
			b.WriteString("c1,2026-03-01,\"1,234.50\",EUR\n")
		case 40:
			b.WriteString(",2026-03-01,5,EUR\n")
		case 50:
			b.WriteString("c1,2026-03-01\n")
		case 60:
			b.WriteString("c1,2026-03-01,NaN,EUR\n")
		case 70:
			b.WriteString("c1,2026-03-01,5,EURO\n")
		case 80:
			b.WriteString("c1,2026-03-01,1e3,EUR\n")
		case 90:
			b.WriteString("c1,2026-03-01,1234567890123456789,EUR\n")
		default:
			fmt.Fprintf(&b, "c%d,2026-03-01,5.05,EUR\n", i%100)
		}
	}
	r := clv.NewReader(strings.NewReader(b.String()), &clv.ReaderOptions{Name: "orders.csv"})
	got, err := readAll(r)
	require.NoError(t, err)
	assert.Len(t, got, 9991)
	assert.Equal(t, 10_000, r.Rows())
	issues, bad := r.Rejected()
	assert.Equal(t, 9, bad)
	require.Len(t, issues, 9)
	for i, code := range []string{"bad-time", "bad-time", "bad-amount", "no-customer", "short-row", "bad-amount", "bad-amount", "bad-amount", "bad-amount"} {
		assert.Equal(t, code, issues[i].Code)
		assert.Equal(t, cxmodel.Position{File: "orders.csv", Line: 12 + 10*i}, issues[i].Pos)
	}
	assert.Contains(t, issues[0].Message, `"01.03.2026"`)
	require.ErrorIs(t, issues[6], cxmodel.ErrCurrency)
	require.NoError(t, issues.Err(), "rejected rows warn, they do not block")
}

// A decimal comma that nobody quoted cuts the amount in two: 12 is not what was paid.
func TestARowWithMoreFieldsThanTheHeadingIsRejected(t *testing.T) {
	in := "customer,time,amount\na,2026-03-01,12,50\nb,2026-03-01,5,\nc,2026-03-01,7\nd,2026-03-01,\"8\",,9\n"
	r := clv.NewReader(strings.NewReader(in), &clv.ReaderOptions{Currency: "EUR"})
	got, err := readAll(r)
	require.NoError(t, err)
	require.Len(t, got, 2, "a separator at the end of a line adds nothing")
	assert.Equal(t, money(t, "5 EUR"), got[0].Amount)
	issues, bad := r.Rejected()
	require.Equal(t, 2, bad)
	assert.Equal(t, "long-row", issues[0].Code)
	assert.Equal(t, 2, issues[0].Pos.Line)
	assert.Equal(t, 5, issues[1].Pos.Line)
	assert.Contains(t, issues[0].Message, "4 fields and the heading 3")
}

// A broken quote costs its row; one that is never closed costs the rest of the file, which is an error.
func TestABrokenQuoteIsListedAndTheRestIsRead(t *testing.T) {
	in := "customer,time,amount,note\na,2026-03-01,1,ok\n\"b\"x,2026-03-01,2,no\nc,2026-03-01,3,27\" screen\nd,2026-03-01,4,\"27\"\" screen\"\n"
	eur := &clv.ReaderOptions{Currency: "EUR", Name: "orders.csv"}
	r := clv.NewReader(strings.NewReader(in), eur)
	got, err := readAll(r)
	require.NoError(t, err)
	require.Len(t, got, 2)
	assert.Equal(t, "d", got[1].Customer)
	assert.Equal(t, 4, r.Rows())
	issues, bad := r.Rejected()
	require.Equal(t, 2, bad)
	assert.Equal(t, "orders.csv:3:3: warning: there is a quote inside a quoted field; double it [broken-record]", issues[0].Error())
	assert.Equal(t, "orders.csv:4:18: warning: there is a quote in a field that does not begin with one; double it and put the field in quotes [broken-record]", issues[1].Error())
	var syntax *clv.SyntaxError
	require.ErrorAs(t, issues[0], &syntax)

	r = clv.NewReader(strings.NewReader(in+"\"e,2026-03-01,1,\nf,2026-03-01,1,\n"), eur)
	got, err = readAll(r)
	assert.Len(t, got, 2, "what stands before it")
	require.ErrorAs(t, err, &syntax)
	assert.EqualError(t, err, "orders.csv: clv: the rest of the file is inside one field: 6:1: the quote that opens here is never closed")
}

func TestCustomersThatAreNoTextAreRejected(t *testing.T) {
	r := clv.NewReader(strings.NewReader("customer,time,amount\nM\xfcller,2026-03-01,1\nMüller,2026-03-01,1\nM\xfcller,2026-03-01,1\n"), &clv.ReaderOptions{Currency: "EUR"})
	got, err := readAll(r)
	require.NoError(t, err)
	assert.Len(t, got, 1)
	issues, bad := r.Rejected()
	require.Equal(t, 2, bad)
	assert.Equal(t, `2: warning: the customer "M\xfcller" is not UTF-8; save the file as UTF-8 [bad-customer]`, issues[0].Error())
}

type countingReader struct {
	io.Reader
	calls int
}

func (r *countingReader) Read(b []byte) (int, error) {
	r.calls++
	return r.Reader.Read(b)
}

func TestNothingIsReadBeforeTheOrdersAreAskedFor(t *testing.T) {
	in := &countingReader{Reader: strings.NewReader("\ufeffcustomer,time,amount\na,2026-03-01,5\n")}
	r := clv.NewReader(in, &clv.ReaderOptions{Currency: "EUR"})
	assert.Zero(t, in.calls)
	got, err := readAll(r)
	require.NoError(t, err)
	assert.Len(t, got, 1)
}

func TestTheListOfRejectedRowsIsBounded(t *testing.T) {
	r := clv.NewReader(strings.NewReader("customer,time,amount\n"+strings.Repeat("a,b,c\n", 5000)), &clv.ReaderOptions{Currency: "EUR"})
	_, err := readAll(r)
	require.NoError(t, err)
	issues, bad := r.Rejected()
	assert.Len(t, issues, 100)
	assert.Equal(t, 5000, bad)
}

func TestBrokenFilesAreErrorsThatNameTheLine(t *testing.T) {
	eur := &clv.ReaderOptions{Currency: "EUR"}
	for name, c := range map[string]struct {
		in   string
		opts *clv.ReaderOptions
		want error
		says string
	}{
		"empty":            {"", eur, clv.ErrNoData, "empty"},
		"blank":            {"\n\n\r\n", eur, clv.ErrNoData, "empty"},
		"missing column":   {"customer,amount\na,1\n", eur, clv.ErrColumn, "line 1: column missing or ambiguous: none of [\"customer\" \"amount\"] is the time"},
		"mapped, misspelt": {"customer,time,amount net\n", &clv.ReaderOptions{Currency: "EUR", Columns: clv.Columns{Amount: "amonut_net"}}, clv.ErrColumn, `did you mean "amount net"?`},
		"mapped, missing":  {"customer,time,amount\n", &clv.ReaderOptions{Currency: "EUR", Columns: clv.Columns{Amount: "net"}}, clv.ErrColumn, `no column "net"`},
		"ambiguous":        {"customer,date,created_at,amount\n", eur, clv.ErrColumn, `both "date" and "created_at" could be the time`},
		"no currency":      {"customer,date,amount\na,2026-03-01,1\n", nil, clv.ErrNoCurrency, "set Currency"},
		"no such one":      {"customer,date,amount\na,2026-03-01,1\n", &clv.ReaderOptions{Currency: "EURO"}, cxmodel.ErrCurrency, `"EURO"`},
		"decimal":          {"customer,date,amount\n", &clv.ReaderOptions{Decimal: ';'}, clv.ErrOption, "';'"},
		"UTF-16":           {"\xff\xfec\x00u\x00", eur, clv.ErrEncoding, "CSV UTF-8"},
		"Latin-1":          {"customer,date,amount,Gr\xf6\xdfe\n", eur, clv.ErrEncoding, "save the file"},
		"separator":        {"customer,date,amount\n", &clv.ReaderOptions{Currency: "EUR", Separator: '"'}, clv.ErrOption, "separator"},
		"two currencies":   {"customer,date,amount,currency\na,2026-03-01,1,EUR\nb,2026-03-01,1,USD\n", nil, cxmodel.ErrMixed, "line 3: currencies do not mix: USD here, EUR on line 2"},
	} {
		_, err := readAll(clv.NewReader(strings.NewReader(c.in), c.opts))
		require.ErrorIs(t, err, c.want, name)
		assert.ErrorContains(t, err, c.says, name)
	}
	_, err := readAll(clv.NewReader(strings.NewReader(strings.Repeat(strings.Repeat("x", 10_000)+",", 50)+"\n"), eur))
	require.ErrorIs(t, err, clv.ErrColumn)
	assert.Less(t, len(err.Error()), 2000, "a message is for reading")
}

// endless yields one line that does not end.
type endless struct {
	head io.Reader
	fill byte
	read int
}

func (e *endless) Read(p []byte) (int, error) {
	if n, err := e.head.Read(p); err == nil {
		return n, nil
	}
	for i := range p {
		p[i] = e.fill
	}
	e.read += len(p)
	return len(p), nil
}

func TestAGiantLineEndsInBoundedMemory(t *testing.T) {
	for name, fill := range map[string]byte{"no line end": 'x', "an open quote over many lines": '\n'} {
		e := &endless{head: strings.NewReader("customer,date,amount\na,2026-03-01,1\n\""), fill: fill}
		_, err := readAll(clv.NewReader(e, &clv.ReaderOptions{Currency: "EUR"}))
		var limit *cxmodel.LimitError
		require.ErrorAs(t, err, &limit, name)
		assert.Equal(t, 3, limit.Pos.Line, name)
		assert.Less(t, e.read, 2<<20, name)
	}
}

func TestAReaderIsReadOnce(t *testing.T) {
	r := clv.NewReader(strings.NewReader("customer,date,amount\na,2026-03-01,1\n"), &clv.ReaderOptions{Currency: "EUR"})
	_, err := readAll(r)
	require.NoError(t, err)
	_, err = readAll(r)
	require.ErrorIs(t, err, clv.ErrConsumed)
}

func TestAFailingFileIsAnError(t *testing.T) {
	broken := errors.New("disk gone")
	r := clv.NewReader(io.MultiReader(strings.NewReader("customer,date,amount\na,2026-03-01,1\n"), &failing{broken}), &clv.ReaderOptions{Currency: "EUR"})
	got, err := readAll(r)
	require.ErrorIs(t, err, broken)
	assert.Len(t, got, 1)
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

func TestMoneyIsReadExactly(t *testing.T) {
	r := clv.NewReader(strings.NewReader("customer,date,amount\na,2026-03-01,0.10\na,2026-03-01,.2\na,2026-03-01,7.\na,2026-03-01,123456789012.345678\n"), &clv.ReaderOptions{Currency: "EUR"})
	got, err := readAll(r)
	require.NoError(t, err)
	for i, want := range []string{"0.1 EUR", "0.2 EUR", "7 EUR", "123456789012.345678 EUR"} {
		assert.Equal(t, money(t, want), got[i].Amount)
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("customer,time,amount\na,2026-03-01,1.5\n"))
	f.Add([]byte("\ufeffuser;date;total;currency\r\n\"a\"\"b\";20260301;-1;EUR\r\n\"c\nd\";2026-03-31T01:02:03+02:00;.5;EUR"))
	f.Add([]byte("customer,time,amount\n\"a,2026-03-01,1\n"))
	f.Add([]byte("customer|time|amount\n\n|||||\n\"\"|\"\"|\"\"\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := clv.NewReader(strings.NewReader(string(b)), &clv.ReaderOptions{Currency: "EUR", RowBytes: 1 << 12})
		n := 0
		for o, err := range r.All() {
			if err != nil {
				break
			}
			n++
			if o.Customer == "" || o.Amount.Currency() == "" || o.Time.IsZero() && !strings.Contains(string(b), "0001") {
				t.Fatalf("an order that cannot be used: %+v", o)
			}
		}
		issues, bad := r.Rejected()
		if n+bad > r.Rows() || len(issues) > 100 {
			t.Fatalf("%d orders and %d rejected of %d rows", n, bad, r.Rows())
		}
	})
}

func BenchmarkReader(b *testing.B) {
	var s strings.Builder
	s.WriteString("customer,time,amount\n")
	for i := range 100_000 {
		fmt.Fprintf(&s, "customer-%d,2026-03-%02d,%d.%02d\n", i%5000, i%28+1, i%90, i%100)
	}
	text := s.String()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range clv.NewReader(strings.NewReader(text), &clv.ReaderOptions{Currency: "EUR"}).All() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
