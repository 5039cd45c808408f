// Command cx works on customer experience models in files: it makes, checks, formats, draws, compares and reports them.
//
//	go run ./examples/cx new -o model.yaml small
//	go run ./examples/cx check model.yaml
//	go run ./examples/cx report -o report.html model.yaml
//
// cx help lists the commands, cx help diff explains one.
package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error of writing, so that files are left whole
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
