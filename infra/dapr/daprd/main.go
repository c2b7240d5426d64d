// Command daprd is Dapr's sidecar with the components that the suite uses. It exists to build daprd from the Go module
// proxy, where no release binaries are, and to find other sidecars on one machine without multicast.
package main

import (
	"github.com/dapr/components-contrib/nameresolution/sqlite"
	"github.com/dapr/dapr/cmd/daprd/app"
	"github.com/dapr/dapr/pkg/components/nameresolution"
)

func main() {
	nameresolution.DefaultRegistry.RegisterComponent(sqlite.NewResolver, "sqlite")
	app.Run()
}
