//go:build tools

// Package gateway pins the controller that the chart's Gateway is tested with.
package gateway

import _ "github.com/envoyproxy/gateway/cmd/envoy-gateway"
