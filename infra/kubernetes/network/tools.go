//go:build tools

// Package network pins what keeps the network policies of the chart in the cluster of the tests.
package network

import _ "github.com/cloudnativelabs/kube-router/v2/cmd/kube-router"
