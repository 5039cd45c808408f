package journey

import (
	"math"

	"github.com/cxmodel/cxmodel"
)

// A Metric names what a Measure computes. The vocabulary is open.
type Metric string

// Metrics that are computed from answers to a question.
const (
	MetricNPS      Metric = "nps"       // net promoter score, in [-100, 100]
	MetricENPS     Metric = "enps"      // the same, asked of employees
	MetricCSAT     Metric = "csat"      // share of the top answers, in [0, 1]
	MetricCSATMean Metric = "csat-mean" // mean answer, on the scale
	MetricCES      Metric = "ces"       // customer effort score of 2010: mean of 1 to 5, low is good
	MetricCES2     Metric = "ces2"      // customer effort score 2.0: mean of 1 to 7, high is good
	MetricStars    Metric = "stars"     // mean of 1 to 5
)

// Metrics that are computed from counts, in [0, 1] unless said.
const (
	MetricChurn                  Metric = "churn"
	MetricRetention              Metric = "retention"
	MetricGrossRevenueRetention  Metric = "gross-revenue-retention"
	MetricNetRevenueRetention    Metric = "net-revenue-retention" // may exceed 1
	MetricFirstContactResolution Metric = "first-contact-resolution"
	MetricRepeatPurchase         Metric = "repeat-purchase"
	MetricConversion             Metric = "conversion"
	MetricReferral               Metric = "referral"
	MetricNegativeShare          Metric = "negative-share"
	MetricResponseTime           Metric = "response-time" // in the measure's Unit, as is the next
	MetricWaitingTime            Metric = "waiting-time"
)

// known returns the metrics above.
func (Metric) known() []Metric {
	return []Metric{MetricNPS, MetricENPS, MetricCSAT, MetricCSATMean, MetricCES, MetricCES2, MetricStars, MetricChurn, MetricRetention,
		MetricGrossRevenueRetention, MetricNetRevenueRetention, MetricFirstContactResolution, MetricRepeatPurchase,
		MetricConversion, MetricReferral, MetricNegativeShare, MetricResponseTime, MetricWaitingTime}
}

// Asked reports whether the metric is computed from answers to a question.
func (m Metric) Asked() bool {
	switch m {
	case MetricNPS, MetricENPS, MetricCSAT, MetricCSATMean, MetricCES, MetricCES2, MetricStars:
		return true
	}
	return false
}

// Scale returns the answer scale that belongs to the metric by its definition. CSAT has none: it is asked on many.
func (m Metric) Scale() (cxmodel.Scale, bool) {
	switch m {
	case MetricNPS, MetricENPS:
		return cxmodel.Scale{Min: 0, Max: 10}, true
	case MetricCES:
		return cxmodel.Scale{Min: 1, Max: 5, LowIsGood: true}, true
	case MetricCES2:
		return cxmodel.Scale{Min: 1, Max: 7}, true
	case MetricStars:
		return cxmodel.Scale{Min: 1, Max: 5}, true
	}
	return cxmodel.Scale{}, false
}

// bounds returns the range of the metric's value, false where it has none; scale is that of the answers, zero: not known.
func (m Metric) bounds(scale cxmodel.Scale) (low, high float64, ok bool) {
	switch m {
	case MetricNPS, MetricENPS:
		return -100, 100, true
	case MetricCSATMean, MetricCES, MetricCES2, MetricStars:
		return float64(scale.Min), float64(scale.Max), scale != cxmodel.Scale{}
	case MetricCSAT, MetricChurn, MetricRetention, MetricGrossRevenueRetention, MetricFirstContactResolution,
		MetricRepeatPurchase, MetricConversion, MetricReferral, MetricNegativeShare:
		return 0, 1, true
	case MetricNetRevenueRetention, MetricResponseTime, MetricWaitingTime:
		return 0, math.MaxFloat64, true
	}
	return 0, 0, false
}

// lessIsBetter reports whether a smaller value is the better one, and whether that is known.
func (m Metric) lessIsBetter(scale cxmodel.Scale) (less, known bool) {
	switch m {
	case MetricCSATMean, MetricCES, MetricCES2, MetricStars:
		return scale.LowIsGood, scale != cxmodel.Scale{}
	case MetricChurn, MetricNegativeShare, MetricResponseTime, MetricWaitingTime:
		return true, true
	}
	_, _, known = m.bounds(scale)
	return false, known
}
