package main

import (
	"wijknetwerk/geo"
	"wijknetwerk/matcher"
)

// supplyDesk counts where supply is missing, over the wijken that were read in.
func (a *app) supplyDesk() *matcher.SupplyDesk {
	return &matcher.SupplyDesk{Needs: a.kind, Source: a.store, Schemes: a.schemes, Ways: a.ways, Locate: a.locate, Clock: a.now, Log: a.log,
		Wijken: func() []geo.Area { return a.areas.Kind(geo.Wijk) }}
}
