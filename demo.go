// Package wijknetwerk is the root of Kind in Kaart. It only holds the invented demo wijk.
package wijknetwerk

import "embed"

// Demo is the invented demo wijk: schools, partners, activities and children who do not exist, as data files in the
// exchange formats. testdata/wijk/manifest.json lists the files in load order with the anchor day they were written for;
// testdata/wijk/README.md tells how the dates move along.
//
//go:embed testdata/wijk
var Demo embed.FS
