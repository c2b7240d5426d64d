// Dapr's control plane as far as a small cluster needs it, one program for all: `controlplane injector`, or called by
// that name. For tests; clusters take Dapr's own images.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	injector "github.com/dapr/dapr/cmd/injector/app"
	operator "github.com/dapr/dapr/cmd/operator/app"
	sentry "github.com/dapr/dapr/cmd/sentry/app"
)

func main() {
	name := filepath.Base(os.Args[0])
	if name == "controlplane" && len(os.Args) > 1 {
		name = os.Args[1]
		os.Args = append(os.Args[:1], os.Args[2:]...)
	}
	programs := map[string]func(){"injector": injector.Run, "operator": operator.Run, "sentry": sentry.Run}
	run, known := programs[name]
	if !known {
		fmt.Fprintf(os.Stderr, "controlplane: there is no %q; say injector, operator or sentry\n", name)
		os.Exit(2)
	}
	run()
}
