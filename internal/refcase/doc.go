// Package refcase holds the reference cases of package metrics and its subpackages, numbers that other tools printed, and
// proves that the tests of the package which owns a case run it. Only tests import it.
//
// Each owner has one test that calls [Run] with a function for each of its cases:
//
//	refcase.Run(t, "control", map[string]func(*refcase.Case){"spc.p": orangeJuice, ...})
//
// It fails where a case of the owner has no function, where a function compares no number and where it has no case; and
// package metrics fails where an owner has no such test.
package refcase
