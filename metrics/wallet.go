package metrics

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// WalletAllocation returns the share of a customer's spending in a category that goes to the brand ranked rank (1 is the
// best liked; ties take their mean rank) among the number of brands that the customer uses, by the wallet allocation rule
//
//	share = (1 - rank/(brands+1)) 2/brands
//
// (T. L. Keiningham et al., Customer loyalty isn't enough. Grow your share of wallet, Harvard Business Review, October
// 2011). The shares of a customer's brands sum to 1. It fails with [ErrValue] where rank is not in [1, brands].
func WalletAllocation(rank float64, brands int) (float64, error) {
	n := float64(brands)
	if !(rank >= 1 && rank <= n) {
		return math.NaN(), fmt.Errorf("%w: rank %v of %d brands", ErrValue, rank, brands)
	}
	return (1 - rank/(n+1)) * 2 / n, nil
}

// WalletShares returns the shares of one customer's wallet by [WalletAllocation], one for each brand rated, in the order
// given; a higher rating is a better rank, and equal ratings share their mean rank. It fails with [ErrNoData] without
// ratings and with [ErrValue] on NaN: leave out brands that the customer does not use.
func WalletShares[T Number](ratings []T) ([]float64, error) {
	if len(ratings) == 0 {
		return nil, fmt.Errorf("%w for shares of wallet: no brand is rated", ErrNoData)
	}
	order := make([]int, len(ratings))
	for i, r := range ratings {
		if r != r {
			return nil, fmt.Errorf("%w: rating %d is NaN; leave the brand out", ErrValue, i)
		}
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(ratings[b], ratings[a]) })
	shares := make([]float64, len(ratings))
	for i := 0; i < len(order); {
		j := i + 1
		for j < len(order) && ratings[order[j]] == ratings[order[i]] {
			j++
		}
		rank := float64(i+1+j) / 2 // of the places i+1 to j
		share, err := WalletAllocation(rank, len(ratings))
		if err != nil {
			return nil, err
		}
		for ; i < j; i++ {
			shares[order[i]] = share
		}
	}
	return shares, nil
}

// ShareOfWallet returns the mean of one brand's shares of wallet over its customers, each in [0, 1], measured or allocated,
// with Student's t interval clamped to [0, 1]. NaN counts as missing. Every customer counts alike, however much it spends.
func ShareOfWallet(shares []float64, opts *MeanOptions) (Estimate, error) {
	for i, s := range shares {
		if s < 0 || s > 1 {
			return unavailable("share of wallet", UnitShare), fmt.Errorf("%w: share %d is %v; it must be in [0, 1]", ErrValue, i, s)
		}
	}
	d, err := Describe(shares, opts)
	e := d.Mean
	e.Metric, e.Unit = "share of wallet", UnitShare
	if err != nil {
		return e, err
	}
	e.Definition = "mean of the customers' shares"
	if e.HasInterval() {
		e.clamp(0, 1)
	}
	return e, nil
}
