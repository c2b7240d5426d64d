// Dapr's sidecar, with SQLite name resolution beside the stable components, and, as `daprd sentry`, the authority that
// gives sidecars their certificates.
package main

import (
	"os"

	"github.com/dapr/components-contrib/nameresolution/sqlite"
	daprd "github.com/dapr/dapr/cmd/daprd/app"
	sentry "github.com/dapr/dapr/cmd/sentry/app"
	"github.com/dapr/dapr/pkg/components/nameresolution"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "sentry" {
		os.Args = append(os.Args[:1], os.Args[2:]...)
		sentry.Run()
		return
	}
	nameresolution.DefaultRegistry.RegisterComponent(sqlite.NewResolver, "sqlite")
	daprd.Run()
}
