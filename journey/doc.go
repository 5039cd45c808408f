// Package journey describes the path of a customer: stages, touchpoints, personas, moments of truth, and the questions
// that are asked on the way.
package journey
