// Package models holds the example models, as files: a café on one screen, the restaurant of the worked example, running
// shoes, an online shop, and a business that serves businesses. They are read as any model is:
//
//	m, issues, err := alignment.Load(models.Files, "shop.yaml", nil)
package models

import "embed"

// Files are the example models, by name: cafe.yaml, restaurant.yaml, running-shoes.yaml, shop.yaml, b2b.yaml.
//
//go:embed *.yaml
var Files embed.FS
