package cxmodel_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/cockroachdb/apd/v3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
)

func money(t testing.TB, s string) cxmodel.Money {
	t.Helper()
	m, err := cxmodel.ParseMoney(s)
	require.NoError(t, err)
	return m
}

func TestMoneyIsNormalisedSoThatEqualValuesAreEqual(t *testing.T) {
	assert.Equal(t, money(t, "12.5 EUR"), money(t, "12.50 EUR"))
	assert.True(t, money(t, "12.5 EUR") == money(t, "+012.500 EUR"))
	assert.True(t, money(t, "0 EUR") == money(t, "-0.00 EUR"))
	assert.False(t, money(t, "0 EUR") == money(t, "0 USD"))
}

// Minor units by ISO 4217: EUR 2, JPY 0, BHD 3, UYW 4.
func TestMoneyIsWrittenWithTheDigitsOfItsCurrency(t *testing.T) {
	for in, want := range map[string]string{"12.5 EUR": "12.50 EUR", "7 JPY": "7 JPY", "1 BHD": "1.000 BHD", "1.5 UYW": "1.5000 UYW",
		"-0.005 EUR": "-0.005 EUR", "0.1 EUR": "0.10 EUR", "-3 USD": "-3.00 USD"} {
		assert.Equal(t, want, money(t, in).String())
	}
	assert.Equal(t, "0", cxmodel.Money{}.String())
}

func TestMoneyRefusesWhatIsNotMoney(t *testing.T) {
	for in, want := range map[string]error{"12.50": cxmodel.ErrAmount, "12,50 EUR": cxmodel.ErrAmount, "1e3 EUR": cxmodel.ErrAmount, "--1 EUR": cxmodel.ErrAmount,
		". EUR": cxmodel.ErrAmount, "1 EURO": cxmodel.ErrCurrency, "1 eur": cxmodel.ErrCurrency, "1 XXX": cxmodel.ErrCurrency,
		"9223372036854775808 EUR": cxmodel.ErrOverflow, "-9223372036854775808 EUR": cxmodel.ErrOverflow, "0.0000000000000000001 EUR": cxmodel.ErrOverflow, "": cxmodel.ErrAmount} {
		_, err := cxmodel.ParseMoney(in)
		require.ErrorIs(t, err, want, in)
	}
	_, err := cxmodel.NewMoney(1, 19, "EUR")
	require.ErrorIs(t, err, cxmodel.ErrOverflow)
}

func TestMoneyNeverMixesCurrencies(t *testing.T) {
	_, err := money(t, "1 EUR").Add(money(t, "1 USD"))
	require.ErrorIs(t, err, cxmodel.ErrMixed)
	_, err = money(t, "1 EUR").Cmp(money(t, "1 USD"))
	require.ErrorIs(t, err, cxmodel.ErrMixed)
	sum, err := cxmodel.Money{}.Add(money(t, "1 EUR"))
	require.NoError(t, err)
	assert.Equal(t, money(t, "1 EUR"), sum, "the zero Money is nothing in no currency")
}

// apd, an arbitrary-precision decimal library, is the oracle: a result that fits 18 digits is exact, any other an error.
func TestMoneyArithmeticAgreesWithAnOracle(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	ctx := apd.BaseContext.WithPrecision(60)
	random := func() (cxmodel.Money, *apd.Decimal) {
		c, scale := rng.Int64N(math.MaxInt64), rng.IntN(19)
		for range rng.IntN(19) {
			c /= 10
		}
		if rng.IntN(2) == 0 {
			c = -c
		}
		m, err := cxmodel.NewMoney(c, scale, "EUR")
		require.NoError(t, err)
		return m, apd.New(c, -int32(scale))
	}
	value := func(m cxmodel.Money) *apd.Decimal {
		text := m.String()
		d, _, err := apd.NewFromString(text[:len(text)-len(" EUR")])
		require.NoError(t, err)
		return d
	}
	exact, refused := 0, 0
	check := func(got cxmodel.Money, err error, want *apd.Decimal) {
		if err != nil {
			require.ErrorIs(t, err, cxmodel.ErrOverflow)
			want.Reduce(want)
			require.True(t, want.NumDigits() > 15 || want.Exponent < -15 || want.Exponent > 0, "refused %s", want)
			refused++
			return
		}
		require.Zero(t, value(got).Cmp(want), "%s is not %s", got, want)
		exact++
	}
	for range 20_000 {
		a, da := random()
		b, db := random()
		var want apd.Decimal
		_, err := ctx.Add(&want, da, db)
		require.NoError(t, err)
		sum, err := a.Add(b)
		check(sum, err, &want)
		n := rng.Int64N(2001) - 1000
		_, err2 := ctx.Mul(&want, da, apd.New(n, 0))
		require.NoError(t, err2)
		product, err := a.Mul(n)
		check(product, err, &want)
		if c, err := a.Cmp(b); err == nil {
			require.Equal(t, da.Cmp(db), c, "%s against %s", a, b)
		}
		rounded := apd.BaseContext.WithPrecision(60)
		rounded.Rounding = apd.RoundHalfEven
		_, err = rounded.Quantize(&want, da, -2)
		require.NoError(t, err)
		require.Zero(t, value(a.Round()).Cmp(&want), "%s rounds to %s, not %s", a, &want, a.Round())
		f, err := da.Float64()
		require.NoError(t, err)
		require.Equal(t, f, a.Float64(), a.String())
	}
	t.Logf("%d exact results, %d refused as out of range", exact, refused)
	assert.Greater(t, exact, 20_000)
}

func TestAmountsNameWhatTheyAreCountedBy(t *testing.T) {
	a, err := cxmodel.ParseAmount("1200 EUR/month")
	require.NoError(t, err)
	assert.Equal(t, "1200.00 EUR/month", a.String())
	yearly, ok := a.PerYear()
	assert.True(t, ok)
	assert.Equal(t, 14400., yearly)
	a, err = cxmodel.ParseAmount("4.20 EUR/unit")
	require.NoError(t, err)
	_, ok = a.PerYear()
	assert.False(t, ok, "nobody knows how many units there are")
	_, err = cxmodel.ParseAmount("4.20 EUR/week")
	require.ErrorContains(t, err, "month, quarter, year, unit, once")
}

func FuzzParseMoney(f *testing.F) {
	f.Add("12.50 EUR")
	f.Add("-0.000 JPY")
	f.Fuzz(func(t *testing.T, s string) {
		m, err := cxmodel.ParseMoney(s)
		if err != nil {
			return
		}
		again, err := cxmodel.ParseMoney(m.String())
		require.NoError(t, err)
		require.Equal(t, m, again)
	})
}

// 922337203685477581 is .3 more than 922337203685477580.7, and at one scale out of range; as float64 they are the same.
func TestMoneyComparesWhereTheDifferenceIsOutOfRange(t *testing.T) {
	large, err := cxmodel.NewMoney(922337203685477581, 0, "EUR")
	require.NoError(t, err)
	less, err := cxmodel.NewMoney(9223372036854775807, 1, "EUR")
	require.NoError(t, err)
	require.Equal(t, large.Float64(), less.Float64())
	for _, c := range []struct {
		a, b cxmodel.Money
		want int
	}{{large, less, 1}, {less, large, -1}, {large.Neg(), less.Neg(), -1}, {less.Neg(), large.Neg(), 1}, {large, less.Neg(), 1}, {less.Neg(), large, -1}} {
		got, err := c.a.Cmp(c.b)
		require.NoError(t, err)
		assert.Equal(t, c.want, got, "%s and %s", c.a, c.b)
	}
}

// 2026 years of 365 days, and the leap days of the years 1 to 2026: 506 - 20 + 5 (every fourth, no hundredth, every four hundredth).
func TestDaysAreCountedOverCenturies(t *testing.T) {
	first, last := cxmodel.Date{Year: 1, Month: 1, Day: 1}, cxmodel.Date{Year: 2027, Month: 1, Day: 1}
	assert.Equal(t, 2026*365+506-20+5, last.DaysSince(first))
	assert.Equal(t, -last.DaysSince(first), first.DaysSince(last))
	assert.Equal(t, last, first.AddDays(last.DaysSince(first)))
}
